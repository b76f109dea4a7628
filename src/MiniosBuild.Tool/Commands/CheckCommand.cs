using System.CommandLine;
using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Tool.Headers;
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

    private readonly Option<string[]> _unpassed = new("--unpassed")
    {
        Description = "An object or archive, or LIBRARY=FILE, as it was before the pass: its export marks count, and are checked. May be repeated.",
        HelpName = "file",
    };

    public CheckCommand()
        : base("check", "Checks that archives and objects, and the headers beside them, keep to a policy. All of them are one set: names are looked up among them.")
    {
        _set = new SetOptions(this, mayBeEmpty: true);
        _headers = new HeaderOptions(this);
        _consumers = new ConsumerOption(this);
        _levels = new LevelOptions(this);
        _baseline = new BaselineOptions(this);
        _pathMap = new PathMapOption(this);
        Add(_unpassed);
        Validators.Add(result =>
        {
            if (!_set.HasFiles(result) && !_headers.AreGiven(result))
            {
                result.AddError("give archives or objects, or headers with --headers.");
            }
        });
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _set.Policy(parsed);
        CensusRun? headers = _headers.Census(parsed, policy, cancellation, isChecked: true);
        ConsumerNeeds? needs = _consumers.Needs(parsed);
        if (policy.Public.WhyEmpty(hasMarks: true, needs is { Names.Count: > 0 }) is { } reason && _set.HasFiles(parsed.CommandResult))
        {
            throw new DiagnosticException(Diagnostic.Error(PolicyCodes.NothingPublic, reason, policy.Path));
        }

        using ObjectSet unpassed = ObjectSet.Open(parsed.GetValue(_unpassed) ?? []);
        var settings = new ValidationSettings
        {
            Headers = headers?.Census,
            Levels = _levels.Read(parsed),
            PathMap = _pathMap.Read(parsed),
            ConsumerNeeds = needs?.FinishedNames(policy) ?? new HashSet<string>(),
            ConsumerDefinitions = needs?.Definitions ?? new HashSet<string>(),
            Unpassed = unpassed.Files,
        };
        PublicDeclarations? list = _headers.List(parsed);
        using ObjectSet set = _set.Open(parsed);
        var validator = new NamespaceValidator(policy, _set.Libc(parsed), settings);
        IReadOnlyList<Finding> found = validator.ValidateSet(set.Files, HeaderOptions.Merge(headers?.Declarations, list));
        if (list is not null)
        {
            found = [.. found, .. validator.ValidateHeaders(list)];
        }

        if (headers is not null)
        {
            found = [.. found, .. validator.ValidateHeaders(headers.Census, file => File.Exists(file) ? Encoding.Latin1.GetString(File.ReadAllBytes(file)) : null)];
        }

        (found, int accepted) = _baseline.Apply(parsed, found, policy.Levels.With(settings.Levels));
        ReportedFinding[] reported = [.. _levels.Remarks(parsed).Concat(headers?.Uncompiled ?? []).Select(ReportedFinding.Of), .. found.Select(ReportedFinding.Of)];
        return new Report(Name)
        {
            Findings = reported,
            FindingsAreTheResult = true,
            Summary = Summary(reported, Checked(set.Files.Count, headers?.Headers.All.Count ?? 0), policy, accepted),
        };
    }

    private static string Checked(int files, int headers) =>
        headers == 0 ? Words.Count(files, "file") : files == 0 ? Words.Count(headers, "header") : $"{Words.Count(files, "file")} and {Words.Count(headers, "header")}";

    private static string Summary(IReadOnlyList<ReportedFinding> found, string what, NamespacePolicy policy, int accepted)
    {
        int errors = found.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Error);
        int warnings = found.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Warning);
        string counts = $"{Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}{(accepted == 0 ? "" : $", {accepted} accepted by the baseline")}";
        return $"{what} against the policy {policy.Name}: {counts}";
    }
}
