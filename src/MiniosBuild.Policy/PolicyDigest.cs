using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Policy;

/// <summary>
/// Identifies what a policy does to names. Layout, comments, the policy's name, severities and the order of its lists do not count;
/// the order of the rename rules does, since the first that fits decides.
/// </summary>
public static class PolicyDigest
{
    private const int BytesShown = 8;

    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(NamespacePolicy policy)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("publicPrefix", policy.PublicPrefix);
            json.WriteString("internalPrefix", policy.InternalPrefix);
            json.WriteString("driverPrefix", policy.DriverPrefix);
            json.WriteString("functions", policy.Functions.ToString());
            json.WriteString("data", policy.Data.ToString());
            Public(json, policy.Public);
            List(json, "keep", policy.Keep.Select(name => name.Text));
            List(json, "hooks", policy.Hooks.Select(name => name.Text));
            // The lists that every policy starts from are the engine's, not the policy's.
            List(json, "compilerNames", policy.CompilerNames.Except(ReservedNames.Compiler));
            List(json, "linkerNames", policy.AddedLinkerNames.Select(name => name.Text).Except(ReservedNames.Linker));
            List(json, "cNames", policy.CNames.Except(ReservedNames.C));
            List(json, "drivers", policy.Drivers.Select(driver => $"{driver.Library} {driver.Prefix}"));
            Rules(json, policy.Renames);
            if (policy.Headers.Kinds.Count > 0) // Without kinds the section does nothing, and policies without one keep their digest.
            {
                json.WriteStartObject("headers");
                List(json, "kinds", policy.Headers.Kinds.Select(kind => kind.Text()));
                json.WriteString("macroPrefix", policy.Headers.MacroPrefix);
                List(json, "keep", policy.Headers.Keep.Select(name => name.Text));
                List(json, "internal", policy.Headers.Internal.Select(name => name.Text));
                Rules(json, policy.Headers.Renames);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan).AsSpan(0, BytesShown));
    }

    private static void Public(Utf8JsonWriter json, PublicSources sources)
    {
        if (sources == PublicSources.Default) // What policies said before there was a choice, and their digest.
        {
            return;
        }

        bool[] named = [sources.Headers, sources.Consumers, sources.Marks, sources.List is not null];
        List(json, "public", PublicSources.Words.Where((_, i) => named[i]));
        List(json, "publicList", sources.List?.Names.Select(name => name.Name) ?? []);
    }

    private static void Rules(Utf8JsonWriter json, IReadOnlyList<RenameRule> rules)
    {
        json.WriteStartArray("rename");
        foreach (RenameRule rule in rules)
        {
            json.WriteStartArray();
            json.WriteStringValue(rule.Expression is null ? "from" : "match");
            json.WriteStringValue(rule.From);
            json.WriteStringValue(rule.To);
            json.WriteStringValue(rule.Library);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void List(Utf8JsonWriter json, string property, IEnumerable<string> texts)
    {
        json.WriteStartArray(property);
        foreach (string text in texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
