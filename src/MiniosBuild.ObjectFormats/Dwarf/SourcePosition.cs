namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Where in a source file something is, as debug information tells it.</summary>
/// <param name="File">The file as the compiler recorded it, joined with its directory.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column; 0 when unknown.</param>
public readonly record struct SourcePosition(string File, int Line, int Column);
