using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniosBuild.Linking.Contracts;

/// <summary>Writes a contract as JSON: the same contract, the same bytes on every machine.</summary>
internal static class ContractJson
{
    public const int Version = 1;

    public static string Write(LibcContract contract)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(buffer, options))
        {
            json.WriteStartObject();
            json.WriteNumber("contract", Version);
            json.WriteString("arch", contract.Arch);
            json.WriteString("libc", ContractWords.WordOf(ContractWords.Modes, contract.Libc));
            json.WriteStartObject("policy");
            json.WriteString("name", contract.PolicyName);
            json.WriteString("digest", contract.PolicyDigest);
            json.WriteEndObject();
            json.WriteStartArray("needs");
            foreach (ContractNeed need in contract.Needs)
            {
                Write(json, need);
            }

            json.WriteEndArray();
            json.WriteStartArray("gives");
            foreach (ContractGift gift in contract.Gifts)
            {
                Write(json, gift);
            }

            json.WriteEndArray();
            Write(json, "hooks", contract.Hooks);
            Write(json, "linkerNames", contract.LinkerNames);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void Write(Utf8JsonWriter json, ContractNeed need)
    {
        json.WriteStartObject();
        json.WriteString("name", need.Name);
        json.WriteString("kind", ContractWords.WordOf(ContractWords.NameKinds, need.Kind));
        json.WriteString("party", ContractWords.WordOf(ContractWords.Parties, need.Party));
        json.WriteStartArray("users");
        foreach (ContractUse use in need.Uses)
        {
            json.WriteStartObject();
            json.WriteString("library", use.Library);
            json.WriteString("archive", use.Archive);
            WriteIf(json, "member", use.Member);
            WriteIf(json, "weak", use.IsWeak);
            if (use.Position is { } position)
            {
                json.WriteString("file", position.File);
                json.WriteNumber("line", position.Line);
                if (position.Column > 0)
                {
                    json.WriteNumber("column", position.Column);
                }
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("givenBy");
        foreach (ContractGiver giver in need.GivenBy)
        {
            json.WriteStartObject();
            json.WriteString("party", ContractWords.WordOf(ContractWords.Parties, giver.Party));
            json.WriteString("library", giver.Library);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ContractGift gift)
    {
        json.WriteStartObject();
        json.WriteString("name", gift.Name);
        json.WriteString("party", ContractWords.WordOf(ContractWords.Parties, gift.Party));
        json.WriteString("library", gift.Library);
        json.WriteString("kind", ContractWords.WordOf(ContractWords.SymbolKinds, gift.Kind));
        WriteIf(json, "weak", gift.IsWeak);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string property, IReadOnlyList<string> names)
    {
        json.WriteStartArray(property);
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void WriteIf(Utf8JsonWriter json, string property, string? text)
    {
        if (text is not null)
        {
            json.WriteString(property, text);
        }
    }

    private static void WriteIf(Utf8JsonWriter json, string property, bool value)
    {
        if (value)
        {
            json.WriteBoolean(property, true);
        }
    }
}
