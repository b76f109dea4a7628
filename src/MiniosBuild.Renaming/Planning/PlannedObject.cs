namespace MiniosBuild.Renaming;

/// <summary>What the plan does to one object.</summary>
/// <param name="Library">Its library.</param>
/// <param name="Path">Its path, as in the census.</param>
/// <param name="Decisions">Its own global definitions, sorted by name.</param>
/// <param name="RenamedReferences">The names, before the pass, of renamed definitions of other objects that it refers to; sorted.</param>
public sealed record PlannedObject(
    string Library, string Path, IReadOnlyList<SymbolDecision> Decisions, IReadOnlyList<string> RenamedReferences);
