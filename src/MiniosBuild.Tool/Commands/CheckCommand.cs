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

    public CheckCommand()
        : base("check", "Checks that archives and objects, and the headers beside them, keep to a policy. All of them are one set: names are looked up among them.")
    {
        _set = new SetOptions(this);
        _headers = new HeaderOptions(this);
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _set.Policy(parsed);
        PublicDeclarations? declarations = _headers.Read(parsed, cancellation);
        using ObjectSet set = _set.Open(parsed);
        var validator = new NamespaceValidator(policy, _set.Libc(parsed));
        var found = validator.ValidateSet(set.Files, declarations).Select(ReportedFinding.Of).ToList();
        if (declarations is not null)
        {
            found.AddRange(validator.ValidateHeaders(declarations).Select(ReportedFinding.Of));
        }

        return new Report(Name) { Findings = found, FindingsAreTheResult = true, Summary = Summary(found, set.Files.Count, policy) };
    }

    private static string Summary(List<ReportedFinding> found, int files, NamespacePolicy policy)
    {
        int errors = found.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Error);
        int warnings = found.Count(finding => finding.Diagnostic.Severity == DiagnosticSeverity.Warning);
        string what = $"{Words.Count(files, "file")} against the policy {policy.Name}";
        return $"{what}: {Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}";
    }
}
