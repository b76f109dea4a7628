namespace MiniosBuild.Renaming;

/// <summary>One file of the set: a relocatable object, or an archive of them.</summary>
/// <param name="Library">The library that its objects belong to.</param>
/// <param name="Path">Where it is, and what diagnostics call it.</param>
public sealed record CensusFile(string Library, string Path);
