using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniosBuild.Renaming.Planning;

/// <summary>What the files of plans have in common: one JSON object with the number of its form, and lists with a line for each element, so that two plans can be compared by eye.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(string formatProperty, int format, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber(formatProperty, format);
            members(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="DiagnosticException">MINIOS1316: not JSON, of another form, or what <paramref name="read"/> does not find as it should be.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> data, string path, string formatProperty, int expected, Func<JsonElement, T> read)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            int format = document.RootElement.GetProperty(formatProperty).GetInt32();
            return format == expected ? read(document.RootElement) : throw new FormatException($"format {format}, expected {expected}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            throw new DiagnosticException(Diagnostic.Error(PlanCodes.NotAPlan, $"not a plan of this version: {e.Message.TrimEnd('.')}. Delete the file, and it is made anew.", path));
        }
    }

    public static void List<T>(Utf8JsonWriter json, string property, IEnumerable<T> elements, Action<Utf8JsonWriter, T> write)
    {
        json.WritePropertyName(property);
        json.WriteStartArray();
        foreach (T element in elements)
        {
            using var line = new MemoryStream();
            using (var part = new Utf8JsonWriter(line, Compact))
            {
                write(part, element);
            }

            json.WriteRawValue([(byte)'\n', .. line.ToArray()], skipInputValidation: true);
        }

        json.WriteEndArray();
    }

    /// <summary>A list of rows: arrays of texts, numbers and lists of texts.</summary>
    public static void Rows<T>(Utf8JsonWriter json, string property, IEnumerable<T> elements, Func<T, object?[]> fieldsOf) =>
        List(json, property, elements, (writer, element) => Row(writer, fieldsOf(element)));

    public static void Diagnostics(Utf8JsonWriter json, IEnumerable<Diagnostic> diagnostics) =>
        Rows(json, "diagnostics", diagnostics, d => [d.Code, d.Severity.ToString(), d.Message, d.File, d.Line, d.Column]);

    public static IEnumerable<JsonElement> Rows(JsonElement json, string property) => json.GetProperty(property).EnumerateArray();

    public static Diagnostic[] Diagnostics(JsonElement json) =>
    [
        .. Rows(json, "diagnostics").Select(row => new Diagnostic(
            Text(row[0]), Choice<DiagnosticSeverity>(row[1]), Text(row[2]), row[3].GetString(), row[4].GetInt32(), row[5].GetInt32())),
    ];

    public static string[] Texts(JsonElement json) => [.. json.EnumerateArray().Select(Text)];

    public static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("null where a text was expected.");

    /// <summary>By name only: Enum.Parse takes numbers as well, those that mean nothing too.</summary>
    public static T Choice<T>(JsonElement json)
        where T : struct, Enum =>
        Enum.IsDefined(typeof(T), Text(json)) ? Enum.Parse<T>(Text(json)) : throw new FormatException($"\"{Text(json)}\" is no {typeof(T).Name}");

    public static void Row(Utf8JsonWriter json, IEnumerable<object?> fields)
    {
        json.WriteStartArray();
        foreach (object? field in fields)
        {
            switch (field)
            {
                case int number:
                    json.WriteNumberValue(number);
                    break;
                case bool isSo:
                    json.WriteBooleanValue(isSo);
                    break;
                case IEnumerable<string> texts:
                    Row(json, texts);
                    break;
                default:
                    json.WriteStringValue((string?)field);
                    break;
            }
        }

        json.WriteEndArray();
    }
}
