using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Sources;

/// <summary>Puts rewritten sources in the place of the old ones: all are written beside them first, so that what fails leaves every source as it was.</summary>
internal static class SourceWriter
{
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <exception cref="DiagnosticException">MINIOS1812 a file that is read-only.</exception>
    public static void Write(IReadOnlyList<MigratedFile> files, CancellationToken cancellation)
    {
        foreach (MigratedFile file in files)
        {
            RequireWritable(file.Source);
        }

        using var written = new AtomicFiles(files.Select(file => file.Source.Target));
        for (int i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            File.WriteAllBytes(written[i].Draft, files[i].Text.Bytes);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(written[i].Draft, File.GetUnixFileMode(files[i].Source.Target));
            }
        }

        for (int i = 0; i < files.Count; i++)
        {
            written[i].Publish();
        }
    }

    // The rename that publishes a file asks for no right to write it, and the superuser has every right.
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
