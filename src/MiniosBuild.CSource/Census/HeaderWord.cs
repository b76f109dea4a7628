namespace MiniosBuild.CSource;

/// <summary>A word of a header's text: what a macro of that name would change.</summary>
/// <param name="Text">The identifier.</param>
/// <param name="Line">1-based line of its first use, one outside directives if there is any.</param>
/// <param name="Column">1-based column of that use.</param>
/// <param name="Uses">How it is used anywhere in the text.</param>
public sealed record HeaderWord(string Text, int Line, int Column, HeaderWordUses Uses);
