using System.Globalization;
using System.Text;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>One run of the preprocessor over a source that includes several headers.</summary>
internal sealed class HeaderUmbrella(ToolRunner runner, string compiler, string workingDirectory)
{
    private const int LinesOfHeader = 4;

    /// <summary>What a run gave.</summary>
    /// <param name="Text">What the preprocessor wrote; null after an error, unless nothing was forgotten and it went on to the end all the same.</param>
    /// <param name="Inputs">Absolute paths of the files that were read; empty after an error.</param>
    /// <param name="Error">The first error.</param>
    /// <param name="Culprits">The places of the headers that have errors, as far as they could be told.</param>
    internal sealed record Result(UmbrellaText? Text, IReadOnlyList<string> Inputs, Diagnostic? Error, IReadOnlyCollection<int> Culprits);

    /// <summary>Reads headers one after the other.</summary>
    /// <param name="headers">Absolute paths.</param>
    /// <param name="forgotten">Macros that are undefined in front of each header; null for none.</param>
    /// <param name="source">Where the source is written.</param>
    /// <param name="options">Definitions and include folders.</param>
    /// <param name="cancellation">Ends the preprocessor.</param>
    public Result Read(
        IReadOnlyList<string> headers, KnownMacros? forgotten, string source, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        string forgetting = source + ".undef", directives = forgotten?.Directives ?? "";
        AtomicFile.Write(source, Source(headers, directives.Length > 0 ? forgetting : null));
        if (directives.Length > 0)
        {
            AtomicFile.Write(forgetting, directives);
        }

        // A pipe would hand over megabytes in blocks of a few kilobytes. But of a file nothing is left after an error, while what came through the pipe tells the others' macros.
        using AtomicFile depfile = new(source + ".d"), output = new(source + ".i");
        bool isPiped = directives.Length == 0 && headers.Count > 1;
        var result = runner.Run(
            new ToolCommand(compiler, ["-w", .. options, "-E", "-dD", "-MD", "-MF", depfile.Draft, "-MT", "headers", .. isPiped ? [] : new[] { "-o", output.Draft }, source], workingDirectory), cancellation);
        if (result.ExitCode != 0)
        {
            var errors = CompilerOutput.WithCause(CompilerOutput.Parse(result.Errors, workingDirectory, wrapper: source), result, source);
            var text = isPiped ? new UmbrellaText(result.Output) : null;
            return new Result(
                text?.Parts.Count == headers.Count ? text : null, [], errors.First(d => d.Severity == DiagnosticSeverity.Error), Culprits(result.Errors, source, headers.Count, LinesOfHeader));
        }

        var inputs = Depfile.Prerequisites(File.ReadAllText(depfile.Draft))
            .Select(p => RealPath.Absolute(p, workingDirectory)).Where(p => p != source && p != forgetting).ToList();
        return new Result(new UmbrellaText(isPiped ? result.Output : File.ReadAllText(output.Draft)), inputs, null, []);
    }

    private static string Source(IReadOnlyList<string> headers, string? forgetting)
    {
        var source = new StringBuilder();
        for (int i = 0; i < headers.Count; i++)
        {
            source.Append(forgetting is null ? "\n" : $"#include \"{forgetting}\"\n").Append(CultureInfo.InvariantCulture, $"{UmbrellaText.Begin}{i}\n#include \"{headers[i]}\"\n{UmbrellaText.End}\n");
        }

        return source.ToString();
    }

    // The place in the umbrella that an error's include chain starts from stands before it or in its own line. What has the same chain as the error before it is told without.
    internal static SortedSet<int> Culprits(string errors, string source, int count, int linesOfHeader)
    {
        var culprits = new SortedSet<int>();
        for (int error = Next(0); error >= 0; error = Next(error + 1))
        {
            if (errors.LastIndexOf(source + ":", error, StringComparison.Ordinal) is not (>= 0 and int place))
            {
                continue;
            }

            int start = place + source.Length + 1, end = start;
            while (end < errors.Length && char.IsAsciiDigit(errors[end]))
            {
                end++;
            }

            if (int.TryParse(errors.AsSpan(start, end - start), CultureInfo.InvariantCulture, out int line) && line <= count * linesOfHeader)
            {
                culprits.Add((line - 1) / linesOfHeader);
            }
        }

        return culprits;

        int Next(int from) => errors.IndexOf("error:", from, StringComparison.Ordinal);
    }
}
