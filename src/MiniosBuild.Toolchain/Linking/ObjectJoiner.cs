using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Linking;

/// <summary>Joins objects and archives into one relocatable object, with <c>ld -r</c>.</summary>
public sealed class ObjectJoiner(ToolRunner runner, string linker, string workingDirectory)
{
    /// <summary>Joins the objects and every member of the archives, in that order.</summary>
    /// <param name="emulation">ld's <c>-m</c>.</param>
    /// <param name="objects">Absolute paths.</param>
    /// <param name="archives">Absolute paths.</param>
    /// <param name="output">The object to make.</param>
    /// <param name="cancellation">Ends the linker.</param>
    /// <exception cref="DiagnosticException">MINIOS1203, with what the linker says.</exception>
    public void Join(string emulation, IReadOnlyList<string> objects, IReadOnlyList<string> archives, string output, CancellationToken cancellation)
    {
        // A group that stays one would be dropped for another object's group of the same name, with symbols that are local by then: it is dissolved
        // (--force-group-allocation), as a final link does. Common symbols are allocated (-d), since they cannot be local.
        var result = runner.Run(
            new ToolCommand(
                linker,
                ["-m", emulation, "-r", "--build-id=none", "-d", "--force-group-allocation", .. objects, "--whole-archive", .. archives, "--no-whole-archive", "-o", output],
                workingDirectory),
            cancellation);
        if (result.ExitCode != 0 || !File.Exists(output))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.JoinFailed,
                $"{linker} -r could not join the set: it ended with exit code {result.ExitCode}: {(result.Errors.Trim().Length == 0 ? "it printed nothing" : result.Errors.Trim())}. Mend what it names, or leave MiniosOneObject out",
                objects.Count > 0 ? objects[0] : output));
        }
    }
}
