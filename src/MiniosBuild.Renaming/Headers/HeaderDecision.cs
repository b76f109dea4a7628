namespace MiniosBuild.Renaming;

/// <summary>What happens to one name of public headers, and why.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The name in the sources.</param>
/// <param name="Place">The first public header that has it, by the place where it is staged.</param>
/// <param name="Site">Where that header declares it.</param>
/// <param name="Action">What happens.</param>
/// <param name="NewName">The name afterwards; the same when it is kept or removed.</param>
/// <param name="Reason">Why, for reports.</param>
public sealed record HeaderDecision(HeaderNameKind Kind, string Name, string Place, DeclarationSite Site, HeaderAction Action, string NewName, string Reason);
