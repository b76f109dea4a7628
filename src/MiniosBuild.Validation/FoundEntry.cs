namespace MiniosBuild.Validation;

/// <summary>A finding in numbers; words are made of it when somebody reads them.</summary>
/// <param name="Code">Its code; 0 for a finding that is kept in words.</param>
/// <param name="Name">The name's number; with code 0 the finding's.</param>
/// <param name="Site">The symbol that it is about.</param>
/// <param name="Other">The other symbol that it names, if there is one.</param>
internal readonly record struct FoundEntry(SetFinding Code, int Name, SymbolSite Site, SymbolSite Other);
