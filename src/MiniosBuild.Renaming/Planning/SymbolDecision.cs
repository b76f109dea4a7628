namespace MiniosBuild.Renaming;

/// <summary>What happens to one global definition, and why.</summary>
/// <param name="Library">The library of the object that defines it.</param>
/// <param name="Object">The object's path, as in the census.</param>
/// <param name="Name">Its name in the object now.</param>
/// <param name="Action">What happens to it.</param>
/// <param name="NewName">Its name afterwards; the same unless <paramref name="Action"/> is <see cref="SymbolAction.Rename"/>.</param>
/// <param name="Rule">The rule that decided, 1 to 8, as docs and policies number them.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="IsPublic">Whether programs outside the set may use the name; else it is local, a tool's, or the set's own affair.</param>
public sealed record SymbolDecision(
    string Library, string Object, string Name, SymbolAction Action, string NewName, int Rule, string Reason, bool IsPublic);
