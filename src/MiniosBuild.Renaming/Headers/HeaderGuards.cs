using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Headers;

/// <summary>Include guards that no other header of a program has: they are made of the place where a header is staged.</summary>
internal static class HeaderGuards
{
    private const string Folder = "mini-os/";

    /// <summary>New guards by place, for the headers that have one and not that one already. What is a guard here and any other macro there is renamed as that.</summary>
    /// <param name="policy">The rules.</param>
    /// <param name="names">The headers' own names, the guards they have among them.</param>
    /// <param name="taken">The names that all others will have.</param>
    /// <param name="census">The headers: two that are one text keep each other out, and get one guard.</param>
    public static SortedDictionary<string, GuardRename> Of(NamespacePolicy policy, IReadOnlyList<OwnName> names, IEnumerable<string> taken, HeaderCensus census)
    {
        var guards = new SortedDictionary<string, GuardRename>(StringComparer.Ordinal);
        if (!policy.Headers.Kinds.Contains(HeaderNameKind.Macro))
        {
            return guards;
        }

        // A pattern for all that are not renamed by name is about names for users, which guards are not.
        var kept = new NameList(policy.Headers.Keep.Concat(policy.Keep).Select(name => name.Text).Where(text => text != "*"));
        var unfree = new HashSet<string>(taken, StringComparer.Ordinal);
        var words = census.Headers.ToDictionary(header => header.Place, header => header.Words, StringComparer.Ordinal);
        var known = new List<(string Place, GuardRename Guard)>();
        foreach ((string place, CensusName entry) in names.Where(name => name.IsGuard).SelectMany(name => name.Declarations)
            .Where(declaration => !kept.Has(declaration.Entry.Name.Name) && !census.Asked.Contains(declaration.Entry.Name.Name)).DistinctBy(declaration => declaration.Place)
            .OrderBy(declaration => declaration.Place, StringComparer.Ordinal))
        {
            if (known.Find(other => other.Guard.Old == entry.Name.Name && words[place].Count > 0 && words[other.Place].SequenceEqual(words[place])) is { Guard: { } same })
            {
                guards.Add(place, same);
                continue;
            }

            string guard = GuardOf(policy.Headers.MacroPrefix, place);
            string free = guard;
            for (int number = 2; !unfree.Add(free); number++)
            {
                free = $"{guard}_{number}"; // a-b.h beside a_b.h
            }

            if (free != entry.Name.Name)
            {
                guards.Add(place, new GuardRename(entry.Name.Name, free));
                known.Add((place, guards[place]));
            }
        }

        return guards;
    }

    private static string GuardOf(string prefix, string place)
    {
        string path = place.StartsWith(Folder, StringComparison.Ordinal) ? place[Folder.Length..] : place;
        return prefix + string.Concat(path.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_'));
    }
}
