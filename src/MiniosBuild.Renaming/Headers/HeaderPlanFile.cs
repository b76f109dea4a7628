using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Renaming.Headers;

/// <summary>The plan's file: one JSON object, one decision a line, in a fixed order.</summary>
internal static class HeaderPlanFile
{
    private const int Format = 1;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(HeaderPlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("headerFormat", Format);
            List(json, "decisions", plan.Decisions, d =>
                [d.Kind.Word(), d.Name, d.Place, d.Site.File, d.Site.Line, d.Action.ToString(), d.NewName, d.Reason]);
            List(json, "names", plan.Names.Entries, entry => [entry.Kind.Word(), entry.Old, entry.New]);
            List(json, "guards", plan.Guards, guard => [guard.Key, guard.Value]);
            List(json, "types", plan.Types.Order(StringComparer.Ordinal), type => [type]);
            List(json, "diagnostics", plan.Diagnostics, d => [d.Code, d.Severity.ToString(), d.Message, d.File, d.Line, d.Column]);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    public static HeaderPlan Read(ReadOnlyMemory<byte> data, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            JsonElement root = document.RootElement;
            int format = root.GetProperty("headerFormat").GetInt32();
            if (format != Format)
            {
                throw NotAPlan(path, $"format {format}, expected {Format}");
            }

            return new HeaderPlan(
                [.. Rows(root, "decisions").Select(row => new HeaderDecision(
                    Kind(row[0]), Text(row[1]), Text(row[2]), new DeclarationSite(Text(row[3]), row[4].GetInt32()), Choice<HeaderAction>(row[5]), Text(row[6]), Text(row[7])))],
                NameMap.Of([.. Rows(root, "names").Select(row => new NameMapEntry(Kind(row[0]), Text(row[1]), Text(row[2])))]),
                new SortedDictionary<string, string>(Rows(root, "guards").ToDictionary(row => Text(row[0]), row => Text(row[1])), StringComparer.Ordinal),
                Rows(root, "types").Select(row => Text(row[0])).ToHashSet(StringComparer.Ordinal),
                [.. Rows(root, "diagnostics").Select(row => new Diagnostic(
                    Text(row[0]), Choice<DiagnosticSeverity>(row[1]), Text(row[2]), row[3].GetString(), row[4].GetInt32(), row[5].GetInt32()))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            throw NotAPlan(path, e.Message);
        }
    }

    private static IEnumerable<JsonElement> Rows(JsonElement root, string property) => root.GetProperty(property).EnumerateArray();

    private static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("null where a text was expected.");

    private static HeaderNameKind Kind(JsonElement json) => HeaderNameKinds.Parse(Text(json)) ?? throw new FormatException($"\"{Text(json)}\" is no kind of name");

    /// <summary>By name only: Enum.Parse takes numbers as well.</summary>
    private static T Choice<T>(JsonElement json)
        where T : struct, Enum =>
        Enum.IsDefined(typeof(T), Text(json)) ? Enum.Parse<T>(Text(json)) : throw new FormatException($"\"{Text(json)}\" is no {typeof(T).Name}");

    /// <summary>An array with a line for each element, so that two plans can be compared by eye.</summary>
    private static void List<T>(Utf8JsonWriter json, string property, IEnumerable<T> elements, Func<T, object?[]> fieldsOf)
    {
        json.WritePropertyName(property);
        json.WriteStartArray();
        foreach (T element in elements)
        {
            using var line = new MemoryStream();
            using (var part = new Utf8JsonWriter(line, Compact))
            {
                part.WriteStartArray();
                foreach (object? field in fieldsOf(element))
                {
                    if (field is int number)
                    {
                        part.WriteNumberValue(number);
                    }
                    else
                    {
                        part.WriteStringValue((string?)field);
                    }
                }

                part.WriteEndArray();
            }

            json.WriteRawValue([(byte)'\n', .. line.ToArray()], skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    private static DiagnosticException NotAPlan(string path, string message) =>
        new(Diagnostic.Error(PlanCodes.NotAPlan, $"not a plan of this version: {message.TrimEnd('.')}. Delete the file, and it is made anew.", path));
}
