using System.Globalization;
using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>Reads what gcc and clang print to standard error into located diagnostics.</summary>
public static partial class CompilerOutput
{
    /// <summary>
    /// The errors and warnings in a compiler's output, in order. A note belongs to the message before it and is put
    /// into its text with its own place; an error in a header names the files that include it, the innermost first.
    /// </summary>
    /// <param name="text">What the compiler wrote to standard error.</param>
    /// <param name="workingDirectory">The folder that relative paths in it start from.</param>
    /// <param name="source">The source that was compiled; errors in its inline assembly come with a temporary file's name.</param>
    /// <param name="wrapper">A source of ours that includes what is meant: nobody wants to read its name.</param>
    public static IReadOnlyList<Diagnostic> Parse(string text, string workingDirectory, string? source = null, string? wrapper = null)
    {
        var found = new List<Diagnostic>();
        var real = new RealPath();
        var includers = new List<string>(); // Of the file that messages are about: they are not repeated for each.
        string about = "";
        bool isNewChain = false;
        foreach (string line in text.Split('\n'))
        {
            if (IncludedFrom().Match(line) is { Success: true } from)
            {
                if (!isNewChain)
                {
                    includers.Clear();
                    isNewChain = true;
                }

                // gcc goes outwards, in lines that go on; clang inwards, in lines of their own.
                string includer = RealPath.Absolute(from.Groups["file"].Value, workingDirectory);
                if (includer != wrapper)
                {
                    includers.Insert(from.Groups["on"].Success ? includers.Count : 0, $"{real.Of(includer)}({from.Groups["line"].Value})");
                }

                continue;
            }

            var match = Located().Match(line.TrimEnd('\r'));
            if (!match.Success)
            {
                continue;
            }

            string file = real.Of(RealPath.Absolute(match.Groups["file"].Value, workingDirectory));
            int number = int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture);
            int column = match.Groups["column"].Success ? int.Parse(match.Groups["column"].Value, CultureInfo.InvariantCulture) : 0;
            string message = match.Groups["message"].Value;
            if (!isNewChain && file != about)
            {
                includers.Clear();
            }

            (about, isNewChain) = (file, false);
            if (source is not null && file.EndsWith(".s", StringComparison.Ordinal) && file != source)
            {
                (file, number, column) = (source, 0, 0);
            }

            switch (match.Groups["severity"].Value)
            {
                case "warning" or "Warning":
                    found.Add(Diagnostic.Warning(ToolchainCodes.CompileWarning, message, file, number, column));
                    break;
                case "note" when found.Count > 0:
                    found[^1] = found[^1] with { Message = $"{found[^1].Message}; note at {file}({number},{column}): {message}" };
                    break;
                case "note":
                    break;
                default:
                    // The assembler says "Error:", the preprocessor "fatal error:".
                    message += string.Concat(includers.Select((includer, i) => $"{(i == 0 ? "; included" : ",")} from {includer}"));
                    found.Add(Diagnostic.Error(ToolchainCodes.CompileError, message, file, number, column));
                    break;
            }
        }

        return found;
    }

    /// <summary>Makes sure that a failed run has an error that says so, even if its output has no line that can be parsed.</summary>
    public static IReadOnlyList<Diagnostic> WithCause(IReadOnlyList<Diagnostic> diagnostics, ToolResult result, string source)
    {
        if (diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error))
        {
            return diagnostics;
        }

        string said = result.Errors.Trim();
        return [.. diagnostics, Diagnostic.Error(
            ToolchainCodes.CompilerFailed,
            $"the compiler ended with exit code {result.ExitCode}: {(said.Length == 0 ? "it printed nothing" : said)}", source)];
    }

    [GeneratedRegex(@"^(?:In file included|(?<on>\s+)) ?from (?<file>[^:\n]+):(?<line>\d+)(?::\d+)?[:,]")]
    private static partial Regex IncludedFrom();

    [GeneratedRegex(@"^(?<file>[^:\n]+):(?<line>\d+):(?:(?<column>\d+):)? (?:fatal )?(?<severity>error|Error|warning|Warning|note): (?<message>.*)$", RegexOptions.IgnoreCase)]
    private static partial Regex Located();
}
