namespace MiniosBuild.Policy;

/// <summary>A name that a policy lists, and where.</summary>
/// <param name="Text">The symbol name.</param>
/// <param name="Library">The driver library whose entry lists it; null for an entry of the whole set.</param>
/// <param name="Line">1-based line in the policy file.</param>
/// <param name="Column">1-based column, in characters.</param>
public sealed record PolicyName(string Text, string? Library, int Line, int Column);
