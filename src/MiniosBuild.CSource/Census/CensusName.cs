namespace MiniosBuild.CSource;

/// <summary>A name that a header gives to whoever includes it.</summary>
/// <param name="Name">The name, and where it is declared.</param>
/// <param name="Origin">Whose it is, as seen from that header.</param>
/// <param name="View">Who sees it.</param>
public sealed record CensusName(HeaderName Name, HeaderOrigin Origin, HeaderView View);
