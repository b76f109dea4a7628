using System.CommandLine;
using MiniosBuild.Namespaces;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios check</c>: whether finished archives and headers keep to a policy.</summary>
internal sealed class CheckCommand : ReportingCommand
{
    private readonly SetOptions _set;
    private readonly HeaderOptions _headers;
    private readonly ConsumerOption _consumers;
    private readonly LevelOptions _levels;
    private readonly BaselineOptions _baseline;
    private readonly PathMapOption _pathMap;

    public CheckCommand()
        : base("check", "Checks that archives and objects, and the headers beside them, keep to a policy. All of them are one set: names are looked up among them.")
    {
        _set = new SetOptions(this);
        _headers = new HeaderOptions(this);
        _consumers = new ConsumerOption(this);
        _levels = new LevelOptions(this);
        _baseline = new BaselineOptions(this);
        _pathMap = new PathMapOption(this);
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _set.Policy(parsed);
        var settings = new ValidationSettings
        {
            Levels = _levels.Read(parsed),
            PathMap = _pathMap.Read(parsed),
            ConsumerNeeds = _consumers.Needs(parsed)?.FinishedNames(policy) ?? new HashSet<string>(),
        };
        PublicDeclarations? declarations = _headers.Read(parsed, cancellation);
        using ObjectSet set = _set.Open(parsed);
        var validator = new NamespaceValidator(policy, _set.Libc(parsed), settings);
        IReadOnlyList<Finding> found = validator.ValidateSet(set.Files, declarations);
        if (declarations is not null)
        {
            found = [.. found, .. validator.ValidateHeaders(declarations)];
        }

        (found, int accepted) = _baseline.Apply(parsed, found, policy.Levels.With(settings.Levels));
        ReportedFinding[] reported = [.. _levels.Remarks(parsed).Select(ReportedFinding.Of), .. found.Select(ReportedFinding.Of)];
        return new Report(Name)
        {
            Findings = reported,
            FindingsAreTheResult = true,
            Summary = Summary(reported, set.Files.Count, policy, accepted),
        };
    }

    private static string Summary(IReadOnlyList<ReportedFinding> found, int files, NamespacePolicy policy, int accepted)
    {
        int errors = found.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Error);
        int warnings = found.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Warning);
        string counts = $"{Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}{(accepted == 0 ? "" : $", {accepted} accepted by the baseline")}";
        return $"{Words.Count(files, "file")} against the policy {policy.Name}: {counts}";
    }
}
