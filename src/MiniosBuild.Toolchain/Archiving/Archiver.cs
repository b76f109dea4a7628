using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Archiving;

/// <summary>Makes archives anew from the whole list of their members, with ar.</summary>
public sealed class Archiver(ToolRunner runner, string program, string identity, string workingDirectory)
{
    /// <summary>Makes an archive if it is out of date.</summary>
    /// <param name="archive">Absolute path.</param>
    /// <param name="objects">Absolute paths of the members, in order.</param>
    /// <param name="record">Absolute path of the step's record; not beside the archive, whose folder is a user's.</param>
    /// <param name="cancellation">Ends the archiver.</param>
    /// <returns>The reason for making it, or null when it was up to date.</returns>
    /// <exception cref="DiagnosticException">MINIOS1201.</exception>
    public string? Make(string archive, IReadOnlyList<string> objects, string record, CancellationToken cancellation)
    {
        string fingerprint = Fingerprint.Of([identity, program, archive, .. objects]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            return null;
        }

        // The archiver makes files of its own beside the archive, which stay when it is killed: in a folder that the next one empties.
        string folder = record + ".work", temporary = Path.Combine(folder, Path.GetFileName(archive));
        Clear(folder);
        Directory.CreateDirectory(folder);
        Directory.CreateDirectory(Path.GetDirectoryName(archive)!);
        var started = DateTime.UtcNow;
        try
        {
            // D: no time stamps and owners, whatever the distribution's default is. s: with an index.
            var result = runner.Run(new ToolCommand(program, ["rcsD", temporary, .. objects], workingDirectory), cancellation);
            if (result.ExitCode != 0)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.ArchiverFailed, $"{program} ended with exit code {result.ExitCode}: {result.Errors.Trim()}", archive));
            }

            AtomicFile.Publish(temporary, archive);
        }
        finally
        {
            Clear(folder);
        }

        StepRecord.Write(record, fingerprint, started, objects, [archive]);
        return reason;
    }

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
