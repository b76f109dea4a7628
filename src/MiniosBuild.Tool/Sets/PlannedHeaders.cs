using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Renaming.Headers;

namespace MiniosBuild.Tool.Sets;

/// <summary>What becomes of the names in public headers, and what that was made from.</summary>
/// <param name="Census">The names.</param>
/// <param name="Plan">What happens to each.</param>
internal sealed record PlannedHeaders(HeaderCensus Census, HeaderPlan Plan)
{
    /// <summary>The decisions about a name, by its old or its new spelling, and where the headers declare it.</summary>
    public IReadOnlyList<ExplainedHeaderName> Explain(string name) =>
    [
        .. Plan.Decisions.Where(decision => decision.Name == name || decision.NewName == name)
            .Select(decision => new ExplainedHeaderName(decision, SitesOf(decision))),
    ];

    // Every mention of a tag declares it; its definition says more.
    private DeclarationSite[] SitesOf(HeaderDecision decision)
    {
        HeaderName[] names =
        [
            .. Census.Headers.SelectMany(header => header.Own).Select(entry => entry.Name)
                .Where(name => name.Name == decision.Name && SpaceOf(name.Kind) == SpaceOf(decision.Kind)),
        ];
        return [.. names.Where(name => name.IsDefinition || !names.Any(other => other.IsDefinition)).Select(name => name.Site).Distinct()];
    }

    // Macros, tags, and all other names are apart.
    private static int SpaceOf(HeaderNameKind kind) => kind.IsMacro() ? 0 : kind == HeaderNameKind.Tag ? 1 : 2;
}
