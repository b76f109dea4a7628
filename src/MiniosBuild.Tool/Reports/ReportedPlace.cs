namespace MiniosBuild.Tool.Reports;

/// <summary>The place of a diagnostic as programs want it: a file that is there, and the member of it apart.</summary>
/// <param name="File">The file.</param>
/// <param name="Member">The member of an archive; null when it is about the file.</param>
internal readonly record struct ReportedPlace(string File, string? Member)
{
    /// <summary>Parts <c>archive(member)</c>, which diagnostics about the objects of a set have for a file.</summary>
    public static ReportedPlace Of(string place)
    {
        for (int open = place.IndexOf('('); place.EndsWith(')') && open > 0; open = place.IndexOf('(', open + 1))
        {
            if (System.IO.File.Exists(place[..open]))
            {
                return new ReportedPlace(place[..open], place[(open + 1)..^1]);
            }
        }

        return new ReportedPlace(place, null);
    }

    /// <summary>A diagnostic at a path as people write it.</summary>
    public static Diagnostic WithPlainFile(Diagnostic diagnostic) => diagnostic.File is { } file ? diagnostic with { File = Plain(file) } : diagnostic;

    /// <summary>A path as people write it. Compilers record <c>./</c> where the source lies in the folder they ran in.</summary>
    public static string Plain(string path)
    {
        while (path.StartsWith("./", StringComparison.Ordinal) && path.Length > 2)
        {
            path = path[2..];
        }

        return path;
    }
}
