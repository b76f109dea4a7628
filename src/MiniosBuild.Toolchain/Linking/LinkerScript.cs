using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Linking;

/// <summary>Makes the linker script: a <c>.lds.S</c> goes through the preprocessor, a plain <c>.lds</c> is used as it is.</summary>
public sealed class LinkerScript(ToolRunner runner, string compiler, string identity, string workingDirectory)
{
    /// <summary>Makes the script if it is out of date.</summary>
    /// <param name="source">Absolute path of the .lds.S or .lds.</param>
    /// <param name="script">Absolute path of the script to make.</param>
    /// <param name="record">Absolute path of the step's record; not beside the script, which is handed out.</param>
    /// <param name="options">Definitions and include folders for the preprocessor.</param>
    /// <param name="cancellation">Ends the preprocessor.</param>
    /// <returns>The reason for making it, or null when it was up to date.</returns>
    /// <exception cref="DiagnosticException">The first error of the preprocessor, located.</exception>
    public string? Make(string source, string script, string record, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        string fingerprint = Fingerprint.Of([identity, compiler, source, script, .. options]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            return null;
        }

        var started = DateTime.UtcNow;
        IEnumerable<string> inputs = [source];
        if (source.EndsWith(".S", StringComparison.Ordinal))
        {
            using AtomicFile made = new(script), depfile = new(record + ".d");

            // A script may ask for __x86_64__, but must not see "linux" in a path as 1; of assembly gcc defines these whatever -std says. -P: no line markers.
            var result = runner.Run(
                new ToolCommand(compiler, ["-E", "-P", "-Ulinux", "-Uunix", "-Ui386", "-x", "assembler-with-cpp", .. options, "-MD", "-MF", depfile.Draft, "-MT", "script", source, "-o", made.Draft], workingDirectory),
                cancellation).WithFile(made.Draft, script);
            if (result.ExitCode != 0)
            {
                throw new DiagnosticException(CompilerOutput
                    .WithCause(CompilerOutput.Parse(result.Errors, workingDirectory), result, source).First(d => d.Severity == DiagnosticSeverity.Error));
            }

            inputs = Depfile.Prerequisites(File.ReadAllText(depfile.Draft)).Select(p => RealPath.Absolute(p, workingDirectory));
            made.Publish();
        }
        else
        {
            AtomicFile.Write(script, File.ReadAllBytes(source));
        }

        StepRecord.Write(record, fingerprint, started, inputs, [script]);
        return reason;
    }
}
