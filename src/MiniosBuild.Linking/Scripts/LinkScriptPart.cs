namespace MiniosBuild.Linking;

/// <summary>What a linker script says between two of the files that it names.</summary>
/// <param name="Externs">The names that it asks for.</param>
/// <param name="Assignments">The names that it gives.</param>
internal sealed record LinkScriptPart(IReadOnlyList<string> Externs, IReadOnlyList<LinkerAssignment> Assignments);
