using System.CommandLine;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Tool.Sets;

/// <summary>The options about findings that are known and accepted.</summary>
internal sealed class BaselineOptions
{
    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "A file of findings that are accepted. Its entries that accept nothing are reported.",
        HelpName = "file",
    };

    private readonly Option<bool> _update = new("--update-baseline")
    {
        Description = "Write what is found into the baseline, which accepts it from then on.",
    };

    public BaselineOptions(Command command)
    {
        command.Add(_baseline);
        command.Add(_update);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_update) && result.GetValue(_baseline) is null)
            {
                result.AddError("--update-baseline needs --baseline, which says where the baseline is.");
            }
        });
    }

    /// <summary>The findings that are not accepted, and those about the baseline itself.</summary>
    /// <exception cref="DiagnosticException">MINIOS1441 no baseline, 1801 unreadable.</exception>
    public (IReadOnlyList<Finding> Findings, int Accepted) Apply(ParseResult parsed, IReadOnlyList<Finding> found, FindingLevels levels)
    {
        if (parsed.GetValue(_baseline) is not { } path)
        {
            return (found, 0);
        }

        string text = parsed.GetValue(_update) ? Baseline.Write(found) : InputText.Read(path);
        if (parsed.GetValue(_update))
        {
            AtomicFile.Write(Path.GetFullPath(path), text);
        }

        BaselineResult result = Baseline.Parse(text, path).Apply(found, levels);
        return ([.. result.Remaining, .. result.Stale], result.Accepted);
    }
}
