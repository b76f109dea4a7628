namespace MiniosBuild.Namespaces;

/// <summary>One member of a JSON object, with where its name stands.</summary>
internal sealed record JsonMember(string Name, JsonValue Value, int Line, int Column);
