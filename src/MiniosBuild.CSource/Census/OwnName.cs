using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>A name of the public headers in one of C's name spaces, with everything that declares it there.</summary>
/// <param name="Space">Its name space.</param>
/// <param name="Text">The name.</param>
/// <param name="Declarations">What declares it, by place of the header.</param>
public sealed record OwnName(NameSpace Space, string Text, IReadOnlyList<(string Place, CensusName Entry)> Declarations)
{
    /// <summary>The first declaration of the kind that counts: of a macro in both forms the one that every token meets.</summary>
    public (string Place, CensusName Entry) First { get; } = Declarations.MinBy(declaration => declaration.Entry.Name.Kind);

    public HeaderNameKind Kind => First.Entry.Name.Kind;

    /// <summary>Whether only the kernel's own sources see it.</summary>
    public bool IsInsideOnly => Declarations.All(declaration => declaration.Entry.View == HeaderView.Inside);

    public bool IsGuard => Declarations.All(declaration => declaration.Entry.Name.IsGuard);

    /// <summary>The symbol of a function or variable; null when it has none anywhere.</summary>
    public string? Symbol => Declarations.Select(declaration => declaration.Entry.Name.Symbol).FirstOrDefault(symbol => symbol is not null);

    /// <summary>All of the public headers' own names, sorted by name space and name.</summary>
    public static IReadOnlyList<OwnName> Of(HeaderCensus census) =>
    [
        .. census.Headers.SelectMany(header => header.Own, (header, entry) => (header.Place, Entry: entry)).Concat(BehindOthers(census))
            .GroupBy(declaration => (Space: declaration.Entry.Name.Kind.Space(), declaration.Entry.Name.Name))
            .OrderBy(group => group.Key.Space)
            .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
            .Select(group => new OwnName(group.Key.Space, group.Key.Name, [.. group])),
    ];

    /// <summary>What a header gives only where another one includes it, which has defined something before.</summary>
    private static IEnumerable<(string Place, CensusName Entry)> BehindOthers(HeaderCensus census)
    {
        var known = census.Headers.SelectMany(header => header.Own).Select(entry => entry.Name).ToHashSet<HeaderName>(ReferenceEqualityComparer.Instance);
        var places = census.Headers.DistinctBy(header => header.Path).ToDictionary(header => header.Path, header => header.Place, StringComparer.Ordinal);
        return census.Headers.SelectMany(header => header.Names)
            .Where(entry => entry.Origin == HeaderOrigin.Public && places.ContainsKey(entry.Name.Site.File) && known.Add(entry.Name))
            .Select(entry => (places[entry.Name.Site.File], entry))
            .ToList();
    }
}
