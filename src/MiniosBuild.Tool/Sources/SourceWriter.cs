namespace MiniosBuild.Tool.Sources;

/// <summary>Writes rewritten sources, all or none.</summary>
internal static class SourceWriter
{
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <param name="path">The first path of the command line.</param>
    /// <param name="files">The sources that change.</param>
    /// <param name="cancellation">Ends the work as long as no source has changed.</param>
    /// <exception cref="DiagnosticException">MINIOS1812 a file that is read-only, 1818 another run is at work.</exception>
    public static void Write(string path, IReadOnlyList<MigratedFile> files, CancellationToken cancellation)
    {
        foreach (MigratedFile file in files)
        {
            RequireWritable(file.Source);
        }

        SourceJournal.Write(path, [.. files.Select(file => (file.Source.Target, file.Source.Bytes, file.Text.Bytes))], cancellation);
    }

    // The superuser has every right.
    private static void RequireWritable(SourceFile source)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(source.Target) & Writable) == 0)
            {
                throw ReadOnly(source, "nobody may write it");
            }

            using FileStream stream = File.Open(source.Target, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (UnauthorizedAccessException e)
        {
            throw ReadOnly(source, e.Message);
        }
    }

    private static DiagnosticException ReadOnly(SourceFile source, string why) => new(Diagnostic.Error(
        ToolCodes.ReadOnlySource, $"this source would change, but is read-only: {why}. Nothing was written. Make it writable, or leave it out of the paths", source.Path));
}
