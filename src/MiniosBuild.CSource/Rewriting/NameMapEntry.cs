namespace MiniosBuild.CSource;

/// <summary>A name of the sources and its new one.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Old">The name in the sources.</param>
/// <param name="New">The name in the namespace.</param>
public readonly record struct NameMapEntry(HeaderNameKind Kind, string Old, string New);
