using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>What the checks of staged headers look up: who has a name, and what each header brings along.</summary>
internal sealed class StagedNames
{
    private readonly Dictionary<(NameSpace, string), List<(CensusHeader Header, HeaderName Name)>> _own = [];
    private readonly Dictionary<(NameSpace, string), List<HeaderName>> _foreign = [];
    private readonly Dictionary<string, CensusHeader> _byPath = new(StringComparer.Ordinal);

    public StagedNames(HeaderCensus census)
    {
        Census = census;
        foreach (CensusHeader header in census.Headers)
        {
            _byPath.TryAdd(header.Path, header);
            foreach (CensusName entry in header.Own)
            {
                Add(_own, entry.Name, (header, entry.Name));
            }
        }

        foreach (HeaderName name in census.Foreign())
        {
            Add(_foreign, name, name);
        }
    }

    public HeaderCensus Census { get; }

    /// <summary>All own names, each with everything that declares it.</summary>
    public IEnumerable<IReadOnlyList<(CensusHeader Header, HeaderName Name)>> All => _own.Values;

    /// <summary>The public headers' own declarations of a name.</summary>
    public IReadOnlyList<(CensusHeader Header, HeaderName Name)> Own(NameSpace space, string name) => _own.GetValueOrDefault((space, name), []);

    /// <summary>Others' declarations of a name.</summary>
    public IReadOnlyList<HeaderName> Foreign(NameSpace space, string name) => _foreign.GetValueOrDefault((space, name), []);

    /// <summary>The public header that a file is; null when it is none.</summary>
    public CensusHeader? HeaderAt(string path) => _byPath.GetValueOrDefault(path);

    private static void Add<T>(Dictionary<(NameSpace, string), List<T>> names, HeaderName name, T entry)
    {
        (NameSpace, string) key = (name.Kind.Space(), name.Name);
        if (!names.TryGetValue(key, out List<T>? list))
        {
            names.Add(key, list = []);
        }

        list.Add(entry);
    }
}
