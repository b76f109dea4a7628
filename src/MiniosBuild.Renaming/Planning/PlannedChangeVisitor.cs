namespace MiniosBuild.Renaming;

/// <summary>Takes one change of a plan; both names are valid during the call only.</summary>
/// <param name="name">The name as it is.</param>
/// <param name="newName">The new one; empty when the definition becomes local.</param>
public delegate void PlannedChangeVisitor(ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName);
