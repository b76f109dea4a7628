namespace MiniosBuild.Tool.Sets;

/// <summary>A list of names that are to be public: a name a line, or a list of public symbols; <c>#</c> begins a comment.</summary>
internal static class PublicNames
{
    /// <exception cref="DiagnosticException">MINIOS1801.</exception>
    public static IReadOnlySet<string> Load(string path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string line in InputText.Read(path).Split('\n'))
        {
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0][0] != '#')
            {
                names.Add(words[0]);
            }
        }

        return names;
    }
}
