using System.Globalization;
using System.Text;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>One run of the preprocessor over a source that includes several headers.</summary>
internal sealed class HeaderUmbrella(ToolRunner runner, string compiler, string workingDirectory)
{
    private const string Begin = "#pragma minios_header ", End = "#pragma minios_header_end";
    private const int LinesOfHeader = 4;

    /// <summary>The parts of the headers, or the first error and the header in which it is.</summary>
    internal sealed record Result(IReadOnlyList<HeaderPart> Parts, IReadOnlySet<string> Predefined, IReadOnlyList<string> Inputs, Diagnostic? Error, int? Culprit);

    /// <summary>Reads headers one after the other.</summary>
    /// <param name="headers">Absolute paths.</param>
    /// <param name="forgotten">Macros that are undefined in front of each header.</param>
    /// <param name="source">Where the source is written.</param>
    /// <param name="options">Definitions and include folders.</param>
    /// <param name="cancellation">Ends the preprocessor.</param>
    public Result Read(
        IReadOnlyList<string> headers, IReadOnlyCollection<string> forgotten, string source, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        string forgetting = source + ".undef";
        AtomicFile.Write(source, Source(headers, forgotten.Count > 0 ? forgetting : null));
        if (forgotten.Count > 0)
        {
            // The condition keeps what is not defined out of the output.
            AtomicFile.Write(forgetting, string.Concat(forgotten.Select(name => $"#ifdef {name}\n#undef {name}\n#endif\n")));
        }

        string depfile = source + ".d";
        var result = runner.Run(
            new ToolCommand(compiler, ["-w", .. options, "-E", "-dD", "-MD", "-MF", depfile, "-MT", "headers", source], workingDirectory), cancellation);
        if (result.ExitCode != 0)
        {
            var errors = CompilerOutput.WithCause(CompilerOutput.Parse(result.Errors, workingDirectory, wrapper: source), result, source);
            return new Result([], new HashSet<string>(), [], errors.First(d => d.Severity == DiagnosticSeverity.Error), Culprit(result.Errors, source, headers.Count));
        }

        var inputs = Depfile.Prerequisites(File.ReadAllText(depfile))
            .Select(p => Path.GetFullPath(p, workingDirectory)).Where(p => p != source && p != forgetting).ToList();
        File.Delete(depfile);
        string text = result.Output;
        int first = text.IndexOf("\n" + Begin, StringComparison.Ordinal) + 1;
        return new Result(Parts(text, first), MacroLines.Names(text[..first], "#define ").ToHashSet(StringComparer.Ordinal), inputs, null, null);
    }

    private static string Source(IReadOnlyList<string> headers, string? forgetting)
    {
        var source = new StringBuilder();
        for (int i = 0; i < headers.Count; i++)
        {
            source.Append(forgetting is null ? "\n" : $"#include \"{forgetting}\"\n").Append(CultureInfo.InvariantCulture, $"{Begin}{i}\n#include \"{headers[i]}\"\n{End}\n");
        }

        return source.ToString();
    }

    private static List<HeaderPart> Parts(string text, int at)
    {
        var parts = new List<HeaderPart>();
        for (; at > 0; at = text.IndexOf("\n" + Begin, at, StringComparison.Ordinal) + 1)
        {
            int start = text.IndexOf('\n', at) + 1, end = text.IndexOf("\n" + End, at, StringComparison.Ordinal) + 1;
            parts.Add(new HeaderPart(text[start..end]));
        }

        return parts;
    }

    // The place in the umbrella that the first error's include chain starts from stands before it or in its own line.
    private static int? Culprit(string errors, string source, int count)
    {
        int error = errors.IndexOf("error:", StringComparison.Ordinal);
        if (error < 0 || errors.LastIndexOf(source + ":", error, StringComparison.Ordinal) is not (>= 0 and int place))
        {
            return null;
        }

        int start = place + source.Length + 1, end = start;
        while (end < errors.Length && char.IsAsciiDigit(errors[end]))
        {
            end++;
        }

        return int.TryParse(errors.AsSpan(start, end - start), CultureInfo.InvariantCulture, out int line) && line <= count * LinesOfHeader ? (line - 1) / LinesOfHeader : null;
    }
}
