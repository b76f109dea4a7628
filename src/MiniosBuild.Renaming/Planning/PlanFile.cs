using System.Text.Json;

namespace MiniosBuild.Renaming.Planning;

/// <summary>The plan's file: one JSON object, one decision a line, in a fixed order.</summary>
internal static class PlanFile
{
    private const string FormatProperty = "format";
    private const int Format = 2;

    public static byte[] Write(NamespacePlan plan) => PlanJson.Write(FormatProperty, Format, json =>
    {
        json.WriteString("policy", plan.PolicyName);
        json.WriteString("libc", plan.Libc.ToString());
        PlanJson.List(json, "objects", plan.Objects, WriteObject);
        PlanJson.Rows(json, "headers", plan.HeaderOnlyRenames, rename => [rename.Key, rename.Value]);
        PlanJson.Rows(json, "unresolved", plan.Unresolved, unresolved => [unresolved.Name, unresolved.IsWeak, unresolved.Objects]);
        PlanJson.Diagnostics(json, plan.Diagnostics);
    });

    public static NamespacePlan Read(ReadOnlyMemory<byte> data, string path) => PlanJson.Read(data, path, FormatProperty, Format, root =>
    {
        // Read whole now: the document does not outlive this call.
        PlannedObject[] objects = [.. PlanJson.Rows(root, "objects").Select(ReadObject)];
        UnresolvedName[] unresolved =
            [.. PlanJson.Rows(root, "unresolved").Select(row => new UnresolvedName(PlanJson.Text(row[0]), row[1].GetBoolean(), PlanJson.Texts(row[2])))];
        var plan = new NamespacePlan(
            PlanJson.Text(root.GetProperty("policy")),
            PlanJson.Choice<LibcMode>(root.GetProperty("libc")),
            () => objects,
            new SortedDictionary<string, string>(PlanJson.Rows(root, "headers").ToDictionary(row => PlanJson.Text(row[0]), row => PlanJson.Text(row[1])), StringComparer.Ordinal),
            () => unresolved,
            PlanJson.Diagnostics(root));
        RequireRenames(plan);
        return plan;
    });

    /// <summary>A pass does one thing to a name, whoever defines it, and looks up what the names that an object uses become.</summary>
    private static void RequireRenames(NamespacePlan plan)
    {
        var outcomes = new Dictionary<string, (SymbolAction Action, string NewName)>(StringComparer.Ordinal);
        foreach (SymbolDecision decision in plan.Objects.SelectMany(planned => planned.Decisions))
        {
            if (!outcomes.TryAdd(decision.Name, (decision.Action, decision.NewName)) && outcomes[decision.Name] != (decision.Action, decision.NewName))
            {
                throw new FormatException($"two things happen to \"{decision.Name}\"");
            }
        }

        foreach (PlannedObject planned in plan.Objects)
        {
            foreach (string name in planned.RenamedReferences)
            {
                if (!plan.Renames.ContainsKey(name))
                {
                    throw new FormatException($"{planned.Path} uses \"{name}\" under a new name, but no object renames it");
                }
            }
        }
    }

    private static void WriteObject(Utf8JsonWriter json, PlannedObject planned)
    {
        json.WriteStartObject();
        json.WriteString("library", planned.Library);
        json.WriteString("path", planned.Path);
        PlanJson.Rows(json, "names", planned.Decisions, d => [d.Name, d.Action.ToString(), d.NewName, d.Rule, d.Reason, d.IsPublic]);
        json.WritePropertyName("uses");
        PlanJson.Row(json, planned.RenamedReferences);
        json.WriteEndObject();
    }

    private static PlannedObject ReadObject(JsonElement json)
    {
        string library = PlanJson.Text(json.GetProperty("library")), path = PlanJson.Text(json.GetProperty("path"));
        return new PlannedObject(
            library,
            path,
            [
                .. PlanJson.Rows(json, "names").Select(row => new SymbolDecision(
                    library, path, PlanJson.Text(row[0]), PlanJson.Choice<SymbolAction>(row[1]), PlanJson.Text(row[2]), row[3].GetInt32(), PlanJson.Text(row[4]), row[5].GetBoolean())),
            ],
            PlanJson.Texts(json.GetProperty("uses")));
    }
}
