using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>How many names of public headers are inside the namespace, by kind: what a report says before and after.</summary>
public sealed class HeaderCounts
{
    private HeaderCounts(IReadOnlyList<HeaderCount> kinds, HeaderCount guards)
    {
        Kinds = kinds;
        Guards = guards;
    }

    /// <summary>A count for each kind of <see cref="HeaderPolicy.KindWords"/>, in that order.</summary>
    public IReadOnlyList<HeaderCount> Kinds { get; }

    /// <summary>Include guards, which are not among the macros.</summary>
    public HeaderCount Guards { get; }

    /// <summary>All names outside the namespace that are not permitted, guards left out.</summary>
    public int Outside => Kinds.Sum(kind => kind.Outside);

    /// <summary>Counts the public headers' own names, each name once in its name space, whether or not the policy judges its kind.</summary>
    public static HeaderCounts Of(NamespacePolicy policy, HeaderCensus census)
    {
        var names = new StagedNames(census);
        var standings = new HeaderStandings(names, new PermittedHeaderNames(policy, new PermittedNames(policy, LibcMode.Stub, census)));
        var counts = new Dictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var declarations in names.All)
        {
            HeaderName name = declarations.Select(declaration => declaration.Name).OrderBy(name => name.IsGuard).ThenBy(name => name.Kind).First();
            string word = name.IsGuard ? "guard" : name.Kind.Text();
            if (!counts.TryGetValue(word, out int[]? count))
            {
                counts.Add(word, count = new int[3]);
            }

            count[(int)standings.Of(name)]++;
        }

        return new HeaderCounts([.. HeaderPolicy.KindWords.Select(Count)], Count("guard"));

        HeaderCount Count(string word) => counts.TryGetValue(word, out int[]? count)
            ? new HeaderCount(word, count[(int)NameStanding.Inside], count[(int)NameStanding.Kept], count[(int)NameStanding.Outside])
            : new HeaderCount(word, 0, 0, 0);
    }
}

/// <summary>Names of one kind.</summary>
/// <param name="Kind">The kind's word: <c>macro</c>.</param>
/// <param name="Inside">In the namespace.</param>
/// <param name="Kept">Outside, and permitted: kept by the policy, a C library's, another's tag.</param>
/// <param name="Outside">Outside, and not permitted.</param>
public sealed record HeaderCount(string Kind, int Inside, int Kept, int Outside)
{
    /// <summary>All of them.</summary>
    public int Total => Inside + Kept + Outside;
}
