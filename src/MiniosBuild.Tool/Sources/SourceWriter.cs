using MiniosBuild.Toolchain.Files;

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

        // A source may be called as temporary files usually are.
        string suffix = $".{Environment.ProcessId}";
        string[] temporary = [.. files.Select(file => AtomicFile.TemporaryPath(file.Source.Target + suffix))];
        try
        {
            for (int i = 0; i < files.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                AtomicFile.WriteTemporary(temporary[i], files[i].Source.Target, files[i].Text.Bytes);
            }

            for (int i = 0; i < files.Count; i++)
            {
                AtomicFile.Publish(temporary[i], files[i].Source.Target);
            }
        }
        finally
        {
            foreach (string path in temporary)
            {
                File.Delete(path);
            }
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
