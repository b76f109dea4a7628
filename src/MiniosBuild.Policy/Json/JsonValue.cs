using System.Text.Json;

namespace MiniosBuild.Policy.Json;

/// <summary>One value of a JSON file, with where it stands, so that a complaint about it can say so.</summary>
/// <param name="Path">JSON path from the root, such as <c>$.rename[2].to</c>.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Text">The text of a string or a number; null otherwise.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column, in characters.</param>
public sealed record JsonValue(string Path, JsonValueKind Kind, string? Text, int Line, int Column)
{
    /// <summary>Members of an object, in order.</summary>
    public List<JsonMember> Members { get; } = [];

    /// <summary>The value of an object's member; null when there is none.</summary>
    public JsonValue? this[string name] => Members.Find(member => member.Name == name)?.Value;

    /// <summary>Elements of an array, in order.</summary>
    public List<JsonValue> Elements { get; } = [];

    /// <summary>A type in words, for complaints.</summary>
    public static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}

/// <summary>One member of a JSON object, with where its name stands.</summary>
public sealed record JsonMember(string Name, JsonValue Value, int Line, int Column);
