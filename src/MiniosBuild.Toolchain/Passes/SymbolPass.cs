using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Passes;

/// <summary>
/// Renames and localises symbols with objcopy. Two runs an object: in one, GNU objcopy matches the second list against
/// new names and LLVM's against old ones, and the wrong choice is silent.
/// </summary>
public sealed class SymbolPass(ToolRunner runner, string objcopy, string identity, string workingDirectory)
{
    /// <summary>Applies a pass if its output is out of date.</summary>
    /// <param name="pass">What to do.</param>
    /// <param name="check">Reads the finished object before it is published, and throws if it is not what was asked for.</param>
    /// <param name="cancellation">Ends objcopy.</param>
    /// <returns>The reason for running, or null when the output was up to date.</returns>
    /// <exception cref="DiagnosticException">MINIOS1320.</exception>
    public string? Apply(ObjectPass pass, Action<string> check, CancellationToken cancellation)
    {
        string record = pass.Output + ".step";
        string fingerprint = Fingerprint.Of(
            [identity, objcopy, pass.Input, .. pass.Renames.SelectMany(r => new[] { r.Old, r.New }), "locals", .. pass.Locals]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(pass.Output)!);
        string temporary = AtomicFile.TemporaryPath(pass.Output);
        var started = DateTime.UtcNow;
        File.Copy(pass.Input, temporary, overwrite: true);
        try
        {
            if (pass.Renames.Count > 0)
            {
                Run("--redefine-syms=", pass.Renames.Select(r => $"{r.Old} {r.New}"), temporary, pass, cancellation);
            }

            if (pass.Locals.Count > 0)
            {
                Run("--localize-symbols=", pass.Locals, temporary, pass, cancellation);
            }

            check(temporary);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        AtomicFile.Publish(temporary, pass.Output);
        StepRecord.Write(record, fingerprint, started, [pass.Input], [pass.Output]);
        return reason;
    }

    private void Run(string option, IEnumerable<string> lines, string file, ObjectPass pass, CancellationToken cancellation)
    {
        string list = pass.Output + ".list";
        File.WriteAllText(list, string.Join('\n', lines) + "\n");
        try
        {
            var result = runner.Run(new ToolCommand(objcopy, ["-D", option + list, file], workingDirectory), cancellation);
            if (result.ExitCode != 0)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.SymbolPassFailed, $"{objcopy} {option.TrimEnd('=')} ended with exit code {result.ExitCode}: {result.Errors.Trim()}", pass.Input));
            }
        }
        finally
        {
            File.Delete(list);
        }
    }
}
