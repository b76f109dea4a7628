namespace MiniosBuild.Namespaces;

/// <summary>Makes a census from scans. Headers of one set share most of what they bring along: equal names become one object.</summary>
internal sealed class CensusBuilder(Func<string, string>? fileOf, Func<string, bool>? isTree)
{
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, bool> _tree = new(StringComparer.Ordinal);
    private readonly HashSet<HeaderName> _names = new(HeaderNameEquality.Instance);
    private readonly HashSet<string> _public = new(StringComparer.Ordinal);
    private string _lastName = "";
    private string _lastFile = "";

    public HeaderCensus Build(IReadOnlyList<ScannedHeader> scans)
    {
        foreach (ScannedHeader scan in scans.Where(scan => scan.Place.Length > 0))
        {
            _public.Add(FileOf(scan.Path));
        }

        CensusHeader[] headers =
        [
            .. scans.Where(scan => scan.Place.Length > 0)
                .GroupBy(scan => scan.Place, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Header(group.Key, [.. group])),
        ];
        HeaderName[] others =
        [
            .. scans.Where(scan => scan.Place.Length == 0)
                .OrderBy(scan => scan.Path, StringComparer.Ordinal)
                .SelectMany(scan => scan.Names)
                .Select(Shared)
                .Where(name => OriginOf(name, "") == HeaderOrigin.Foreign)
                .Distinct<HeaderName>(ReferenceEqualityComparer.Instance),
        ];
        return new HeaderCensus(headers, others);
    }

    private CensusHeader Header(string place, IReadOnlyList<ScannedHeader> scans)
    {
        string path = FileOf(scans[0].Path);
        (bool Inside, HeaderName[] Names)[] shared = [.. scans.OrderBy(scan => scan.Inside).Select(scan => (scan.Inside, scan.Names.Select(Shared).ToArray()))];
        HashSet<HeaderName>? inside = Seen(shared.Where(scan => scan.Inside)), outside = Seen(shared.Where(scan => !scan.Inside));
        var names = new List<CensusName>();
        var met = new HashSet<HeaderName>(ReferenceEqualityComparer.Instance);

        // What everybody sees comes in the order in which a user meets it.
        foreach (HeaderName name in shared.SelectMany(scan => scan.Names))
        {
            if (met.Add(name))
            {
                HeaderView view = outside?.Contains(name) == false ? HeaderView.Inside
                    : inside?.Contains(name) == false ? HeaderView.Outside
                    : HeaderView.Always;
                names.Add(new CensusName(name, OriginOf(name, path), view));
            }
        }

        string? text = scans.Select(scan => scan.Text).FirstOrDefault(text => text is not null);
        return new CensusHeader(place, path, names) { Words = text is null ? [] : HeaderWords.Of(text) };
    }

    private static HashSet<HeaderName>? Seen(IEnumerable<(bool Inside, HeaderName[] Names)> scans)
    {
        HashSet<HeaderName>? seen = null;
        foreach ((_, HeaderName[] names) in scans)
        {
            (seen ??= new HashSet<HeaderName>(ReferenceEqualityComparer.Instance)).UnionWith(names);
        }

        return seen;
    }

    private HeaderOrigin OriginOf(HeaderName name, string path)
    {
        string file = name.Site.File;
        if (file == path)
        {
            return HeaderOrigin.Own;
        }

        if (_public.Contains(file))
        {
            return HeaderOrigin.Public;
        }

        if (!_tree.TryGetValue(file, out bool ofTree))
        {
            _tree.Add(file, ofTree = isTree?.Invoke(file) ?? false);
        }

        return ofTree ? HeaderOrigin.Tree : HeaderOrigin.Foreign;
    }

    private HeaderName Shared(HeaderName name)
    {
        string file = FileOf(name.Site.File);
        HeaderName located = file == name.Site.File ? name : name with { Site = name.Site with { File = file } };
        if (_names.TryGetValue(located, out HeaderName? known))
        {
            return known;
        }

        _names.Add(located);
        return located;
    }

    private string FileOf(string name)
    {
        if (ReferenceEquals(name, _lastName))
        {
            return _lastFile; // Names of one file come together.
        }

        if (!_files.TryGetValue(name, out string? file))
        {
            _files.Add(name, file = fileOf?.Invoke(name) ?? name);
        }

        (_lastName, _lastFile) = (name, file);
        return file;
    }
}
