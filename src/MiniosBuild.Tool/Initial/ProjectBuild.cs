using System.Globalization;
using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tool.Initial;

/// <summary>What a build of the new project said.</summary>
/// <param name="Succeeded">Whether it ended well.</param>
/// <param name="Errors">Its errors, each once, in order.</param>
/// <param name="Warnings">Its warnings, likewise.</param>
/// <param name="Output">All that it printed.</param>
internal sealed record BuildAnswer(bool Succeeded, IReadOnlyList<Diagnostic> Errors, IReadOnlyList<Diagnostic> Warnings, string Output);

/// <summary>Runs <c>dotnet build</c> of a project, as its user will, and reads what it says.</summary>
internal sealed partial class ProjectBuild(ToolRunner runner, string dotnet, string project, CancellationToken cancellation)
{
    /// <summary>Builds a target of the project.</summary>
    public BuildAnswer Run(params string[] arguments)
    {
        var result = runner.Run(
            new ToolCommand(dotnet, ["build", project, "-nologo", "-nodeReuse:false", "-clp:NoSummary", "-v:minimal", .. arguments], Path.GetDirectoryName(project)!), cancellation);
        string output = result.Output + result.Errors;
        var said = output.Split('\n').Select(Read).OfType<Diagnostic>().Distinct().ToList();
        return new(
            result.ExitCode == 0,
            [.. said.Where(d => d.Severity == DiagnosticSeverity.Error)],
            [.. said.Where(d => d.Severity == DiagnosticSeverity.Warning)],
            output);
    }

    private static Diagnostic? Read(string line)
    {
        var match = Canonical().Match(line.TrimEnd('\r'));
        return !match.Success ? null : new Diagnostic(
            match.Groups["code"].Value,
            match.Groups["level"].Value == "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
            match.Groups["text"].Value,
            match.Groups["file"].Value.Trim(),
            match.Groups["line"].Success ? int.Parse(match.Groups["line"].Value, CultureInfo.InvariantCulture) : 0);
    }

    // MSBuild, "MSBuild and Visual Studio format for diagnostic messages"; the project stands behind in brackets.
    [GeneratedRegex(@"^\s*(?<file>[^:(]*?(?:\([^)0-9][^)]*\))?)(?:\((?<line>\d+)(?:,\d+)*\))?\s?: (?<level>error|warning) (?<code>[A-Z]+\d+): (?<text>.*?)(?: \[[^\]]*\])?$")]
    private static partial Regex Canonical();
}
