namespace MiniosBuild.CSource;

/// <summary>One identifier that got its new name.</summary>
/// <param name="Entry">The rename.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column, in bytes.</param>
public readonly record struct Replacement(NameMapEntry Entry, int Line, int Column);
