using System.Text.Json;
using MiniosBuild.Namespaces;

namespace MiniosBuild.Tool.Headers;

/// <summary>How many names of a kind public headers have, and what becomes of them.</summary>
/// <param name="Kind">macro, function, variable, typedef, tag or enumerator.</param>
/// <param name="Renamed">How many get a new name.</param>
/// <param name="Removed">How many leave the headers.</param>
/// <param name="Kept">How many stay as they are: inside the policy already, or kept by it.</param>
internal readonly record struct KindCounts(string Kind, int Renamed, int Removed, int Kept)
{
    public int Total => Renamed + Removed + Kept;

    /// <summary>One for each kind that the headers have, in the order of the kinds.</summary>
    public static IReadOnlyList<KindCounts> Of(HeaderPlan plan) =>
    [
        .. plan.Decisions.GroupBy(decision => decision.Kind.Text()).OrderBy(kind => kind.Min(decision => decision.Kind)).Select(kind => new KindCounts(
            kind.Key,
            kind.Count(decision => decision.Action == HeaderAction.Rename),
            kind.Count(decision => decision.Action == HeaderAction.Remove),
            kind.Count(decision => decision.Action == HeaderAction.Keep))),
    ];

    public override string ToString() => $"{Kind,-12}{Total,7}{Renamed + Removed,9}{Kept,8}";

    /// <summary>The line above the counts.</summary>
    public static string Heading => $"{"",-12}{"names",7}{"outside",9}{"stay",8}";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("kind", Kind);
        json.WriteNumber("total", Total);
        json.WriteNumber("renamed", Renamed);
        json.WriteNumber("removed", Removed);
        json.WriteNumber("kept", Kept);
        json.WriteEndObject();
    }
}
