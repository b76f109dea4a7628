using MiniosBuild.ObjectFormats.Dwarf;

namespace MiniosBuild.Linking;

/// <summary>One object that needs a name.</summary>
/// <param name="Library">Its library.</param>
/// <param name="Archive">The file name of its archive, or its own.</param>
/// <param name="Member">The member of the archive; null for a file by itself.</param>
/// <param name="IsWeak">Whether it can do without.</param>
/// <param name="Position">Where its source first refers to the name, if that is known.</param>
public sealed record ContractUse(string Library, string Archive, string? Member, bool IsWeak, SourcePosition? Position);
