namespace MiniosBuild.Renaming;

/// <summary>One public symbol: a name that guests may use or override.</summary>
/// <param name="Name">Its name in the finished archives.</param>
/// <param name="Kind">What it is; a common symbol is data.</param>
/// <param name="Library">The library that defines it; where several do, the one that a link takes it from.</param>
/// <param name="Line">The 1-based line of the list that it was read from; 0 when it was not read.</param>
/// <param name="Declaration">Where a public header declares it; null when that is not known.</param>
public sealed record ApiSymbol(string Name, SymbolKind Kind, string Library, int Line = 0, DeclarationSite? Declaration = null);
