namespace MiniosBuild.Tool.Sources;

/// <summary>A name in an assembly source.</summary>
/// <param name="Text">The name.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
/// <param name="IsInDirective">Whether the preprocessor reads the line as a directive.</param>
/// <param name="IsCalled">Whether a parenthesis follows.</param>
/// <param name="IsDefinition">Whether it is defined here: a label, an assignment, a macro.</param>
internal readonly record struct AssemblyName(string Text, int Start, int Line, int Column, bool IsInDirective, bool IsCalled, bool IsDefinition);
