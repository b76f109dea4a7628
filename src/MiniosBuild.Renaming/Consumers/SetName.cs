namespace MiniosBuild.Renaming;

/// <summary>A definition of the set under its names before and after the pass.</summary>
/// <param name="OldName">The name that the source has.</param>
/// <param name="NewName">The name that the archive has.</param>
/// <param name="IsLocal">Whether only its own object can see it.</param>
/// <param name="IsWeak">Whether a definition elsewhere takes its place; false when not known.</param>
/// <param name="Library">The library that defines it.</param>
/// <param name="Place">The object, or archive(member).</param>
internal sealed record SetName(string OldName, string NewName, bool IsLocal, bool IsWeak, string Library, string Place);
