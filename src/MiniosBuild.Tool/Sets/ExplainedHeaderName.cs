
namespace MiniosBuild.Tool.Sets;

/// <summary>A name of public headers, as it is explained.</summary>
/// <param name="Decision">What happens to it and why.</param>
/// <param name="Sites">Where the headers declare it.</param>
internal sealed record ExplainedHeaderName(HeaderDecision Decision, IReadOnlyList<DeclarationSite> Sites);
