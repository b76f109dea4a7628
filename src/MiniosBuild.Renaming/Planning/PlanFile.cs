using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MiniosBuild.Renaming.Planning;

/// <summary>The plan's file: one JSON object, one decision a line, in a fixed order.</summary>
internal static class PlanFile
{
    private const int Format = 2;

    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(NamespacePlan plan)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("policy", plan.PolicyName);
            json.WriteString("libc", plan.Libc.ToString());
            List(json, "objects", plan.Objects, WriteObject);
            List(json, "headers", plan.HeaderOnlyRenames, (writer, rename) => Texts(writer, [rename.Key, rename.Value]));
            List(json, "unresolved", plan.Unresolved, WriteUnresolved);
            List(json, "diagnostics", plan.Diagnostics, WriteDiagnostic);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    public static NamespacePlan Read(ReadOnlyMemory<byte> data, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(data);
            JsonElement root = document.RootElement;
            int format = root.GetProperty("format").GetInt32();
            if (format != Format)
            {
                throw NotAPlan(path, $"format {format}, expected {Format}");
            }

            // Read whole now: the document does not outlive this call.
            PlannedObject[] objects = [.. root.GetProperty("objects").EnumerateArray().Select(ReadObject)];
            UnresolvedName[] unresolved = [.. root.GetProperty("unresolved").EnumerateArray().Select(ReadUnresolved)];
            var plan = new NamespacePlan(
                Text(root, "policy"),
                Choice<LibcMode>(Text(root, "libc")),
                () => objects,
                new SortedDictionary<string, string>(
                    root.GetProperty("headers").EnumerateArray().ToDictionary(pair => pair[0].GetString()!, pair => pair[1].GetString()!),
                    StringComparer.Ordinal),
                () => unresolved,
                [.. root.GetProperty("diagnostics").EnumerateArray().Select(ReadDiagnostic)]);
            RequireRenames(plan, path);
            return plan;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            throw NotAPlan(path, e.Message);
        }
    }

    /// <summary>A pass does one thing to a name, whoever defines it, and looks up what the names that an object uses become.</summary>
    private static void RequireRenames(NamespacePlan plan, string path)
    {
        var outcomes = new Dictionary<string, (SymbolAction Action, string NewName)>(StringComparer.Ordinal);
        foreach (SymbolDecision decision in plan.Objects.SelectMany(planned => planned.Decisions))
        {
            if (!outcomes.TryAdd(decision.Name, (decision.Action, decision.NewName)) && outcomes[decision.Name] != (decision.Action, decision.NewName))
            {
                throw NotAPlan(path, $"two things happen to \"{decision.Name}\"");
            }
        }

        foreach (PlannedObject planned in plan.Objects)
        {
            foreach (string name in planned.RenamedReferences)
            {
                if (!plan.Renames.ContainsKey(name))
                {
                    throw NotAPlan(path, $"{planned.Path} uses \"{name}\" under a new name, but no object renames it");
                }
            }
        }
    }

    private static void WriteObject(Utf8JsonWriter json, PlannedObject planned)
    {
        json.WriteStartObject();
        json.WriteString("library", planned.Library);
        json.WriteString("path", planned.Path);
        List(json, "names", planned.Decisions, WriteDecision);
        json.WritePropertyName("uses");
        Texts(json, planned.RenamedReferences);
        json.WriteEndObject();
    }

    private static PlannedObject ReadObject(JsonElement json)
    {
        string library = Text(json, "library");
        string path = Text(json, "path");
        return new PlannedObject(
            library,
            path,
            [
                .. json.GetProperty("names").EnumerateArray().Select(part => new SymbolDecision(
                    library, path, Text(part[0]), Choice<SymbolAction>(Text(part[1])), Text(part[2]), part[3].GetInt32(), Text(part[4]), part[5].GetBoolean())),
            ],
            ReadTexts(json.GetProperty("uses")));
    }

    private static void WriteDecision(Utf8JsonWriter json, SymbolDecision decision)
    {
        json.WriteStartArray();
        json.WriteStringValue(decision.Name);
        json.WriteStringValue(decision.Action.ToString());
        json.WriteStringValue(decision.NewName);
        json.WriteNumberValue(decision.Rule);
        json.WriteStringValue(decision.Reason);
        json.WriteBooleanValue(decision.IsPublic);
        json.WriteEndArray();
    }

    private static void WriteUnresolved(Utf8JsonWriter json, UnresolvedName unresolved)
    {
        json.WriteStartArray();
        json.WriteStringValue(unresolved.Name);
        json.WriteBooleanValue(unresolved.IsWeak);
        Texts(json, unresolved.Objects);
        json.WriteEndArray();
    }

    private static UnresolvedName ReadUnresolved(JsonElement json) => new(Text(json[0]), json[1].GetBoolean(), ReadTexts(json[2]));

    private static void WriteDiagnostic(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartArray();
        json.WriteStringValue(diagnostic.Code);
        json.WriteStringValue(diagnostic.Severity.ToString());
        json.WriteStringValue(diagnostic.Message);
        json.WriteStringValue(diagnostic.File);
        json.WriteNumberValue(diagnostic.Line);
        json.WriteNumberValue(diagnostic.Column);
        json.WriteEndArray();
    }

    private static Diagnostic ReadDiagnostic(JsonElement json) => new(
        Text(json[0]), Choice<DiagnosticSeverity>(Text(json[1])), Text(json[2]), json[3].GetString(), json[4].GetInt32(), json[5].GetInt32());

    /// <summary>By name only: Enum.Parse takes numbers as well, those that mean nothing too.</summary>
    private static T Choice<T>(string text)
        where T : struct, Enum =>
        Enum.IsDefined(typeof(T), text) ? Enum.Parse<T>(text) : throw new FormatException($"\"{text}\" is no {typeof(T).Name}");

    /// <summary>An array with a line for each element, so that two plans can be compared by eye.</summary>
    private static void List<T>(Utf8JsonWriter json, string property, IEnumerable<T> elements, Action<Utf8JsonWriter, T> write)
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

    private static void Texts(Utf8JsonWriter json, IEnumerable<string> texts)
    {
        json.WriteStartArray();
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string[] ReadTexts(JsonElement json) => [.. json.EnumerateArray().Select(Text)];

    private static string Text(JsonElement json, string property) => Text(json.GetProperty(property));

    private static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("null where a text was expected.");

    private static DiagnosticException NotAPlan(string path, string message) =>
        new(Diagnostic.Error(PlanCodes.NotAPlan, $"not a plan of this version: {message.TrimEnd('.')}. Delete the file, and it is made anew.", path));
}
