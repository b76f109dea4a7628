namespace MiniosBuild.Renaming;

/// <summary>The global names of one object.</summary>
/// <param name="Library">The library that it goes into.</param>
/// <param name="Path">What diagnostics call it.</param>
/// <param name="Definitions">Global, weak, unique and common definitions, sorted by name.</param>
/// <param name="References">Undefined references, sorted by name.</param>
/// <param name="Note">The text that an earlier pass left in it (<see cref="PassNote"/>); null when there was none.</param>
public sealed record ObjectSymbols(
    string Library,
    string Path,
    IReadOnlyList<SymbolDefinition> Definitions,
    IReadOnlyList<SymbolReference> References,
    string? Note = null);
