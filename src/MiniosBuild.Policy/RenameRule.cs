using System.Text.RegularExpressions;

namespace MiniosBuild.Policy;

/// <summary>An explicit rename: one exact name, or every name that a pattern matches as a whole.</summary>
/// <param name="From">The exact name, or the regular expression as the policy writes it.</param>
/// <param name="Expression">The anchored, non-backtracking expression; null for an exact name.</param>
/// <param name="To">The new name; with an expression, its replacement (<c>$1</c>, <c>${name}</c>).</param>
/// <param name="Library">The library whose definitions it is for; null for all.</param>
/// <param name="Line">1-based line in the policy file.</param>
/// <param name="Column">1-based column, in characters.</param>
public sealed record RenameRule(string From, Regex? Expression, string To, string? Library, int Line, int Column);
