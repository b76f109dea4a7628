namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>A place in a source file, as debug information records it.</summary>
/// <param name="File">The name that the compiler recorded, joined with its directory; relative when both are.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1; 0 when the compiler did not record it.</param>
public readonly record struct SourcePosition(string File, int Line, int Column);
