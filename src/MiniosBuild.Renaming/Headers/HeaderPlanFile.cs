using System.Text.Json;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Headers;

/// <summary>The plan's file: one JSON object, one decision a line, in a fixed order.</summary>
internal static class HeaderPlanFile
{
    private const string FormatProperty = "headerFormat";
    private const int Format = 3;

    public static byte[] Write(HeaderPlan plan) => PlanJson.Write(FormatProperty, Format, json =>
    {
        PlanJson.Rows(json, "decisions", plan.Decisions, d =>
            [d.Kind.Word(), d.Name, d.Place, d.Site.File, d.Site.Line, d.Action.ToString(), d.NewName, d.Reason]);
        PlanJson.Rows(json, "names", plan.Names.Entries, entry => [entry.Kind.Word(), entry.Old, entry.New]);
        PlanJson.Rows(json, "guards", plan.Guards, guard => [guard.Key, guard.Value.Old, guard.Value.New]);
        PlanJson.Rows(json, "types", plan.Types.Order(StringComparer.Ordinal), type => [type]);
        PlanJson.Rows(json, "joins", plan.Joins.OrderBy(header => header.Key, StringComparer.Ordinal).SelectMany(header => header.Value.OrderBy(word => word.Key), (header, word) => (header.Key, word)), join =>
            [join.Key, join.word.Key, join.word.Value.Old, join.word.Value.New]);
        PlanJson.Rows(json, "joinedNames", plan.JoinedNames.Order(StringComparer.Ordinal), name => [name]);
        PlanJson.Diagnostics(json, plan.Diagnostics);
    });

    public static HeaderPlan Read(ReadOnlyMemory<byte> data, string path) => PlanJson.Read(data, path, FormatProperty, Format, root => new HeaderPlan(
        [.. PlanJson.Rows(root, "decisions").Select(row => new HeaderDecision(
            Kind(row[0]), PlanJson.Text(row[1]), PlanJson.Text(row[2]), new DeclarationSite(PlanJson.Text(row[3]), row[4].GetInt32()), PlanJson.Choice<HeaderAction>(row[5]),
            PlanJson.Text(row[6]), PlanJson.Text(row[7])))],
        NameMap.Of([.. PlanJson.Rows(root, "names").Select(row => new NameMapEntry(Kind(row[0]), PlanJson.Text(row[1]), PlanJson.Text(row[2])))]),
        new SortedDictionary<string, GuardRename>(
            PlanJson.Rows(root, "guards").ToDictionary(row => PlanJson.Text(row[0]), row => new GuardRename(PlanJson.Text(row[1]), PlanJson.Text(row[2]))), StringComparer.Ordinal),
        PlanJson.Rows(root, "types").Select(row => PlanJson.Text(row[0])).ToHashSet(StringComparer.Ordinal),
        PlanJson.Rows(root, "joins").GroupBy(row => PlanJson.Text(row[0]), StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => (IReadOnlyDictionary<int, JoinedWord>)group.ToDictionary(row => row[1].GetInt32(), row => new JoinedWord(PlanJson.Text(row[2]), row[3].GetString())), StringComparer.Ordinal),
        PlanJson.Rows(root, "joinedNames").Select(row => PlanJson.Text(row[0])).ToHashSet(StringComparer.Ordinal),
        PlanJson.Diagnostics(root)));

    private static HeaderNameKind Kind(JsonElement json) =>
        HeaderNameKinds.Parse(PlanJson.Text(json)) ?? throw new FormatException($"\"{PlanJson.Text(json)}\" is no kind of name");
}
