using System.Globalization;
using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Linking;

/// <summary>Reads what GNU ld and lld print to standard error into coded diagnostics, located where ld knows the line.</summary>
public static partial class LinkerOutput
{
    /// <summary>The errors and warnings in order, each once.</summary>
    /// <param name="text">What the linker wrote to standard error.</param>
    /// <param name="paths">The names that objects have for folders.</param>
    /// <param name="workingDirectory">The folder that relative paths start from.</param>
    /// <param name="hint">What helps with a name (first) that an object or <c>archive(member)</c> lacks, or null; empty where the linker does not name the object.</param>
    public static IReadOnlyList<Diagnostic> Parse(string text, PathMap paths, string workingDirectory, Func<string, string, string?>? hint = null)
    {
        var found = new List<Diagnostic>();
        string function = "", inObject = "";
        foreach (string raw in text.Split('\n'))
        {
            string line = raw.TrimEnd('\r');
            if (InFunction().Match(line) is { Success: true } inside)
            {
                function = inside.Groups["name"].Value;
                inObject = inside.Groups["object"].Value;
                continue;
            }

            if (Undefined().Match(line) is { Success: true } undefined)
            {
                string name = undefined.Groups["name"].Value, place = undefined.Groups["file"].Value;
                string help = hint?.Invoke(name, place.EndsWith(".o", StringComparison.Ordinal) || place.EndsWith(')') ? place : inObject) is { } more ? "; " + more : "";
                found.Add(At(undefined, ToolchainCodes.UndefinedReference,
                    $"'{name}' is used{(function.Length > 0 ? $" in {function}" : "")} but nothing in the link defines it. Under the policy minios, Mini-OS functions are called minios_NAME (drivers: NAMEfront_…); check the spelling against the staged headers, and that the driver is listed in MiniosDriver{help}"));
            }
            else if (Multiple().Match(line) is { Success: true } multiple)
            {
                found.Add(At(multiple, ToolchainCodes.DuplicateDefinition,
                    $"'{multiple.Groups["name"].Value}' is defined here and in {multiple.Groups["other"].Value}"));
            }
            else if (Warned().Match(line) is { Success: true } warned)
            {
                found.Add(Diagnostic.Warning(ToolchainCodes.LinkWarning, warned.Groups["message"].Value));
            }
        }

        return [.. found.Distinct()];

        Diagnostic At(Match match, string code, string message)
        {
            string place = match.Groups["file"].Value;
            if (match.Groups["line"].Success && !place.EndsWith(".o", StringComparison.Ordinal))
            {
                return Diagnostic.Error(
                    code, message, paths.Original(place, workingDirectory), int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture));
            }

            // Without debug information ld names the source as the symbol table does, without its folder.
            return Diagnostic.Error(code, message, inObject.Length > 0 ? inObject : place);
        }
    }

    /// <summary>Makes sure that a failed link has an error that says so.</summary>
    public static IReadOnlyList<Diagnostic> WithCause(IReadOnlyList<Diagnostic> diagnostics, ToolResult result, string image) =>
        diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) ? diagnostics :
        [
            .. diagnostics,
            Diagnostic.Error(
                ToolchainCodes.LinkFailed,
                $"the linker ended with exit code {result.ExitCode}: {(result.Errors.Trim().Length == 0 ? "it printed nothing" : result.Errors.Trim())}",
                image),
        ];

    // "ld: main.o: in function `app_main':" and, by older versions, "main.o: In function `app_main':"
    [GeneratedRegex(@"^(?:[^\s:]*ld[^\s:]*: )?(?<object>.+?): [iI]n function [`'](?<name>[^']+)':$")]
    private static partial Regex InFunction();

    // "ld: ./main.c:5: undefined reference to `foo'", "main.c:(.text+0x5): undefined reference to `foo'",
    // "ld: main.o:./main.c:5: undefined reference to `foo'"
    [GeneratedRegex(@"^(?:[^\s:]*ld[^\s:]*: )?(?:[^:]+\.o:(?=[^:(]))?(?<file>[^:]+):(?:(?<line>\d+)|\([^)]*\)): undefined reference to [`'](?<name>[^']+)'")]
    private static partial Regex Undefined();

    [GeneratedRegex(@"^(?:[^\s:]*ld[^\s:]*: )?(?:[^:]+\.o:(?=[^:(]))?(?<file>[^:]+):(?:(?<line>\d+)|\([^)]*\)): multiple definition of [`'](?<name>[^']+)'; (?<other>.+?):(?:\d+|\([^)]*\))?: first defined here")]
    private static partial Regex Multiple();

    [GeneratedRegex(@"^(?:[^\s:]*ld[^\s:]*: )?warning: (?<message>.*)$")]
    private static partial Regex Warned();
}
