using System.CommandLine;
using System.Text.Json;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Headers;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Validation.Headers;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios headers</c>: the names that public headers give to whoever includes them, and the headers with names inside a policy.</summary>
internal sealed class HeadersCommand : ReportingCommand
{
    private readonly Argument<string[]> _headers = new("header")
    {
        Description = "A folder of public headers (every *.h below it), or one header.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly PublicHeaderOptions _public;
    private readonly PolicyOption _policy;
    private readonly SymbolPlanOptions _symbols;
    private readonly CompilerOptions _compiler;

    private readonly Option<string?> _rewrite = new("--rewrite")
    {
        Description = "Write the headers with their new names into this folder's include, and the table of names into its share/minios.",
        HelpName = "folder",
    };

    private readonly Option<bool> _noProof = new("--no-proof")
    {
        Description = "Write the headers without having the compiler prove that they say what the originals say.",
    };

    public HeadersCommand()
        : base("headers", "Says which macros, functions, variables, types, tags and enumerators of public headers are outside a policy, and writes the headers with names inside it.")
    {
        Add(_headers);
        _public = new PublicHeaderOptions(this);
        _policy = new PolicyOption(this);
        _symbols = new SymbolPlanOptions(this);
        _compiler = new CompilerOptions(this);
        Add(_rewrite);
        Add(_noProof);
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _policy.Load(parsed);
        string below = _public.Below(parsed), compiler = _compiler.Program(parsed);
        string[] options = _compiler.Options(parsed);
        var headers = _public.Of(parsed, policy, parsed.GetRequiredValue(_headers));
        CensusRun run = CensusRun.Of(headers, compiler, options, isChecked: false, cancellation);
        NamespacePlan symbols = _symbols.Read(parsed, policy, run);
        HeaderPlan plan = HeaderPlanner.Plan(policy, run.Census, symbols);
        List<Diagnostic> findings = [.. run.Remarks, .. symbols.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), .. plan.Diagnostics];
        bool isSound = findings.All(finding => finding.Severity != DiagnosticSeverity.Error);
        HeaderRewrite? rewrite = null;
        HeaderProofResult? proof = null;
        if (parsed.GetValue(_rewrite) is { } folder && isSound)
        {
            rewrite = HeaderRewrite.Of(policy, run, plan, symbols, below, cancellation);
            findings.AddRange(rewrite.Findings);
            if (!parsed.GetValue(_noProof))
            {
                proof = rewrite.Prove(run, plan, compiler, options, cancellation);
                findings.AddRange(proof.Findings);
                isSound = proof.IsProven;
            }

            if (isSound)
            {
                rewrite.Write(Path.GetFullPath(folder), plan.Names);
            }
        }

        HeaderCounts counts = HeaderCounts.Of(policy, run.Census);
        return new Report(Name)
        {
            Findings = [.. findings.Select(ReportedFinding.Of)],
            Lines = rewrite is null ? [.. plan.Decisions.Where(decision => decision.Action != HeaderAction.Keep).Select(HeaderDecisionText.Line), "", .. Table(counts)] : [],
            Summary = Summary(run, counts, rewrite, proof, isSound),
            WriteProperties = json => WriteProperties(json, policy, plan, counts, rewrite),
        };
    }

    private static IEnumerable<string> Table(HeaderCounts counts) =>
    [
        $"{"",-12}{"names",7}{"inside",8}{"kept",7}{"outside",9}",
        .. Rows(counts).Select(kind => $"{kind.Kind,-12}{kind.Total,7}{kind.Inside,8}{kind.Kept,7}{kind.Outside,9}"),
    ];

    private static IEnumerable<HeaderCount> Rows(HeaderCounts counts) => counts.Kinds.Append(counts.Guards with { Kind = "guard" }).Where(kind => kind.Total > 0);

    private static string Summary(CensusRun run, HeaderCounts counts, HeaderRewrite? rewrite, HeaderProofResult? proof, bool isSound)
    {
        string census = $"{Words.Count(run.Headers.All.Count, "header")} in {Words.Count(run.Readings.RunCount, "run")} of the preprocessor: {Words.Count(counts.Kinds.Sum(kind => kind.Total), "name")}, {counts.Outside} outside the policy";
        string proven = proof is null ? "rewritten" : $"rewritten, proven and compiled as {string.Join(", ", proof.Languages)}";
        return rewrite is not null && isSound ? $"{census}, and {proven}; {rewrite.Compatibility.ServedCount} old names in {CompatibilityHeader.Place}, {rewrite.Compatibility.LeakedMacros.Count} of them as macros"
            : isSound ? census
            : proof is not null ? census + "; the rewrite could not be proven, and nothing was written"
            : census + "; the plan has errors, and nothing was written";
    }

    private static void WriteProperties(Utf8JsonWriter json, NamespacePolicy policy, HeaderPlan plan, HeaderCounts counts, HeaderRewrite? rewrite)
    {
        json.WriteString("policy", policy.Name);
        json.WriteString("policyDigest", policy.Digest);
        json.WriteStartArray("kinds");
        foreach (HeaderCount kind in Rows(counts))
        {
            json.WriteStartObject();
            json.WriteString("kind", kind.Kind);
            json.WriteNumber("total", kind.Total);
            json.WriteNumber("inside", kind.Inside);
            json.WriteNumber("kept", kind.Kept);
            json.WriteNumber("outside", kind.Outside);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (rewrite is not null)
        {
            json.WriteStartObject("compatibility");
            json.WriteNumber("names", rewrite.Compatibility.ServedCount);
            json.WriteStartArray("macros");
            foreach (string macro in rewrite.Compatibility.LeakedMacros)
            {
                json.WriteStringValue(macro);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteStartArray("decisions");
        foreach (HeaderDecision decision in plan.Decisions)
        {
            json.WriteStartObject();
            HeaderDecisionText.WriteProperties(json, decision);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
