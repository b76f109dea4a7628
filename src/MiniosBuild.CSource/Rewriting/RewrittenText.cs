namespace MiniosBuild.CSource;

/// <summary>C text after a rewrite: as many lines as before, each with its number.</summary>
/// <param name="Bytes">The text.</param>
/// <param name="Replacements">What was replaced, in order.</param>
/// <param name="Undecided">What a person has to look at (MINIOS1530-1539), in order.</param>
public sealed record RewrittenText(byte[] Bytes, IReadOnlyList<Replacement> Replacements, IReadOnlyList<Diagnostic> Undecided);
