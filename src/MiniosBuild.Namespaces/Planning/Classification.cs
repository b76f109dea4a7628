namespace MiniosBuild.Namespaces;

/// <summary>The outcome of the rules for one name.</summary>
internal readonly record struct Classification(SymbolAction Action, string NewName, int Rule, string Reason);
