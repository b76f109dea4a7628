namespace MiniosBuild.Policy;

/// <summary>One member of a JSON object, with where its name stands.</summary>
public sealed record JsonMember(string Name, JsonValue Value, int Line, int Column);
