namespace MiniosBuild.Renaming;

/// <summary>Something that a check found, before it is put into words: of thousands of a kind only the first are.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The number of the name that it is about.</param>
/// <param name="Object">The number of the object that it is about.</param>
/// <param name="Other">The number of another name or object that is part of it.</param>
internal readonly record struct PlanFinding(PlanFindingKind Kind, int Name, int Object, int Other = -1);
