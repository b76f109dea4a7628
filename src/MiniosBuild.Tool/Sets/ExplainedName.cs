using MiniosBuild.CSource.Names;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Tool.Sets;

/// <summary>What is known about a name, with the places in the sources.</summary>
/// <param name="Name">What census and plan know.</param>
/// <param name="Definitions">Its definitions, each with its place; null where debug information does not say.</param>
/// <param name="Referrers">The objects that refer to it, each with the place of its first use.</param>
internal sealed record ExplainedName(
    NameExplanation Name,
    IReadOnlyList<(NameExplanation.Definition Definition, SourcePosition? Position)> Definitions,
    IReadOnlyList<(NameExplanation.Referrer Referrer, SourcePosition? Position)> Referrers)
{
    public static ExplainedName Of(NameExplanation name, SourcePositions positions) => new(
        name,
        [.. name.Definitions.Select(definition => (definition, positions.Of(definition.Object, name.Name)))],
        [.. name.Referrers.Select(referrer => (referrer, positions.Of(referrer.Object, name.Name)))]);
}

/// <summary>A name of public headers, as it is explained.</summary>
/// <param name="Decision">What happens to it and why.</param>
/// <param name="Sites">Where the headers declare it.</param>
internal sealed record ExplainedHeaderName(HeaderDecision Decision, IReadOnlyList<DeclarationSite> Sites);
