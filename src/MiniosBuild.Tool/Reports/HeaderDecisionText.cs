using System.Text.Json;
using MiniosBuild.CSource.Names;
using MiniosBuild.Renaming.Headers;

namespace MiniosBuild.Tool.Reports;

/// <summary>How reports tell what becomes of a name in headers.</summary>
internal static class HeaderDecisionText
{
    /// <summary>One line: where, what, and why.</summary>
    public static string Line(HeaderDecision decision) => $"{decision.Site.File}({decision.Site.Line}): {decision.Kind.Text()} {What(decision)} ({decision.Reason})";

    /// <summary>What happens, for the middle of a sentence.</summary>
    public static string What(HeaderDecision decision) => decision.Action switch
    {
        HeaderAction.Rename => $"{decision.Name} -> {decision.NewName}",
        HeaderAction.Remove => $"{decision.Name} leaves the headers",
        _ => $"{decision.Name} stays",
    };

    public static void WriteProperties(Utf8JsonWriter json, HeaderDecision decision)
    {
        json.WriteString("name", decision.Name);
        json.WriteString("kind", decision.Kind.Word());
        json.WriteString("action", decision.Action.ToString().ToLowerInvariant());
        json.WriteString("newName", decision.NewName);
        json.WriteString("header", decision.Place);
        json.WriteString("file", decision.Site.File);
        json.WriteNumber("line", decision.Site.Line);
        json.WriteString("reason", decision.Reason);
    }
}
