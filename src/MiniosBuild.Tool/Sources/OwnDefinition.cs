using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Tool.Sources;

/// <summary>A name of the table that a source of the user's defines, so that it is not the set's there.</summary>
/// <param name="Entry">The rename that the table has for it.</param>
/// <param name="Source">Which source defines it.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column; 0 when unknown.</param>
/// <param name="IsEverywhere">Whether it has a symbol, which all sources see; else those that read the source at hand.</param>
internal readonly record struct OwnDefinition(NameMapEntry Entry, int Source, int Line, int Column, bool IsEverywhere);
