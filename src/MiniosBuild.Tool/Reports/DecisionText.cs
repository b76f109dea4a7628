using System.Text.Json;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Tool.Reports;

/// <summary>How reports tell a decision.</summary>
internal static class DecisionText
{
    /// <summary>One line: where, what, and why.</summary>
    public static string Line(SymbolDecision decision) => $"{decision.Object}: {What(decision)} (rule {decision.Rule}: {decision.Reason})";

    /// <summary>What happens, for the middle of a sentence.</summary>
    public static string What(SymbolDecision decision) => decision.Action switch
    {
        SymbolAction.Rename => $"{decision.Name} -> {decision.NewName}",
        SymbolAction.Localize => $"{decision.Name} becomes local",
        _ => $"{decision.Name} stays",
    };

    public static void WriteProperties(Utf8JsonWriter json, SymbolDecision decision)
    {
        json.WriteString("name", decision.Name);
        json.WriteString("action", decision.Action.ToString().ToLowerInvariant());
        json.WriteString("newName", decision.NewName);
        json.WriteString("library", decision.Library);
        json.WriteString("object", decision.Object);
        json.WriteNumber("rule", decision.Rule);
        json.WriteString("reason", decision.Reason);
        json.WriteBoolean("public", decision.IsPublic);
    }
}
