using System.Text;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>Runs many headers through the preprocessor at once.</summary>
public sealed class Preprocessor(ToolRunner runner, string compiler, string workingDirectory)
{
    /// <summary>The preprocessed text of all headers, one after the other, with line markers.</summary>
    /// <param name="headers">Absolute paths, in order.</param>
    /// <param name="umbrella">Where the source that includes them all is written.</param>
    /// <param name="options">Definitions and include folders.</param>
    /// <param name="cancellation">Ends the preprocessor.</param>
    /// <returns>The text, and every file that was read.</returns>
    /// <exception cref="DiagnosticException">The first error of the preprocessor, located.</exception>
    public (string Text, IReadOnlyList<string> Inputs) Run(
        IReadOnlyList<string> headers, string umbrella, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        var source = new StringBuilder();
        foreach (string header in headers)
        {
            source.Append("#include \"").Append(header).Append("\"\n");
        }

        AtomicFile.Write(umbrella, source.ToString());
        string depfile = umbrella + ".d";
        var result = runner.Run(
            new ToolCommand(compiler, ["-E", "-MD", "-MF", depfile, "-MT", "headers", .. options, umbrella], workingDirectory), cancellation);
        if (result.ExitCode != 0)
        {
            throw new DiagnosticException(CompilerOutput
                .WithCause(CompilerOutput.Parse(result.Errors, workingDirectory), result, umbrella).First(d => d.Severity == DiagnosticSeverity.Error));
        }

        var inputs = Depfile.Prerequisites(File.ReadAllText(depfile))
            .Select(p => Path.GetFullPath(p, workingDirectory)).Where(p => p != umbrella).ToList();
        File.Delete(depfile);
        return (result.Output, inputs);
    }
}
