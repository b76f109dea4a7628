using System.CommandLine;
using System.Text.Json;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios plan</c>: what a policy makes of every global name.</summary>
internal sealed class PlanCommand : ReportingCommand
{
    private readonly SetOptions _set;
    private readonly Planning _planning;

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "Write the plan here, for minios apply --plan, instead of printing it. A plan with errors is not written.",
        HelpName = "file",
    };

    private readonly Option<string?> _map = new("--map")
    {
        Description = "Write the renames here as \"old new\" lines, as objcopy --redefine-syms reads them.",
        HelpName = "file",
    };

    public PlanCommand()
        : base("plan", "Decides by a policy what becomes of every global name of a set: it keeps its name, gets another, or becomes local.")
    {
        _set = new SetOptions(this);
        _planning = new Planning(this);
        Add(_output);
        Add(_map);
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _set.Policy(parsed);
        using ObjectSet set = _set.Open(parsed);
        PlannedSet planned = _planning.Plan(parsed, policy, _set.Libc(parsed), set, cancellation);
        NamespacePlan plan = planned.Plan;
        string? output = parsed.GetValue(_output), map = parsed.GetValue(_map);
        if (!planned.HasErrors)
        {
            Write(output, plan.Serialize);
            Write(map, () => System.Text.Encoding.UTF8.GetBytes(plan.RenameMapText()));
        }

        return new Report(Name)
        {
            Findings = [.. planned.Remarks.Select(ReportedFinding.Of)],
            Lines = output is null && map is null ? plan.Decisions.Select(DecisionText.Line) : [],
            Summary = Summary(plan),
            WriteProperties = json => WriteProperties(json, planned),
        };
    }

    private static void Write(string? path, Func<byte[]> contents)
    {
        if (path is not null)
        {
            AtomicFile.Write(Path.GetFullPath(path), contents());
        }
    }

    private static string Summary(NamespacePlan plan)
    {
        int renamed = plan.Decisions.Count(decision => decision.Action == SymbolAction.Rename);
        int local = plan.Decisions.Count(decision => decision.Action == SymbolAction.Localize);
        return $"{Words.Count(plan.Decisions.Count, "global definition")}: {renamed} renamed, {local} made local, {plan.Decisions.Count - renamed - local} kept; {Words.Count(plan.Unresolved.Count, "name")} to be defined elsewhere";
    }

    private static void WriteProperties(Utf8JsonWriter json, PlannedSet planned)
    {
        json.WriteString("policy", planned.Policy.Name);
        json.WriteString("policyDigest", planned.Policy.Digest);
        json.WriteString("libc", planned.Libc.ToString().ToLowerInvariant());
        json.WriteStartArray("decisions");
        foreach (SymbolDecision decision in planned.Plan.Decisions)
        {
            json.WriteStartObject();
            DecisionText.WriteProperties(json, decision);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("unresolved");
        foreach (UnresolvedName name in planned.Plan.Unresolved)
        {
            json.WriteStartObject();
            json.WriteString("name", name.Name);
            json.WriteBoolean("weak", name.IsWeak);
            json.WriteStartArray("objects");
            foreach (string path in name.Objects)
            {
                json.WriteStringValue(path);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
