using System.CommandLine;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Tool.Sets;

/// <summary>The options that say how serious findings are.</summary>
internal sealed class LevelOptions
{
    private readonly Option<string[]> _levels = new("--level")
    {
        Description = "How serious findings of a code are: CODE=none, message, warning or error. May be repeated; holds over the policy's levels.",
        HelpName = "code=level",
    };

    private readonly Option<string[]> _noWarn = new("--nowarn")
    {
        Description = "Codes of findings to leave out, whatever their level, with commas between them. May be repeated.",
        HelpName = "code,...",
    };

    public LevelOptions(Command command)
    {
        command.Add(_levels);
        command.Add(_noWarn);
    }

    /// <exception cref="DiagnosticException">MINIOS1442.</exception>
    public FindingLevels Read(ParseResult parsed) => FindingLevels.Parse(string.Join(';', parsed.GetValue(_levels) ?? []))
        .With(FindingLevels.Silencing(NoWarn(parsed)));

    /// <summary>MINIOS1813 for codes of --nowarn that leave out nothing; those of other tools are passed over.</summary>
    public IEnumerable<Diagnostic> Remarks(ParseResult parsed) =>
        FindingLevels.WithoutEffect(NoWarn(parsed)).Select(reason => Diagnostic.Warning(ToolCodes.UnknownCode, "--nowarn leaves nothing out here: " + reason));

    private string NoWarn(ParseResult parsed) => string.Join(',', parsed.GetValue(_noWarn) ?? []);
}
