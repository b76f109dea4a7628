using MiniosBuild.CSource.Joining;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>Makes a census from scans. Headers of one set share most of what they bring along: equal names become one object.</summary>
public sealed class CensusBuilder(Func<string, string>? fileOf, Func<string, bool>? isTree, Func<HeaderInclude, string?>? hostName)
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

        scans = [.. scans.Select(scan => scan.Refusal is null || scan.Place.Length == 0 ? scan : Settled(scan, scans))];
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
        return new HeaderCensus(headers, others, HostHeaders(scans), HeaderJoins.Of([.. scans.Where(scan => scan is { Inside: false, Place.Length: > 0 })], FileOf), Asked(scans, headers));
    }

    /// <summary>A header that cannot be read alone, with the names that it has where another one includes it; itself if none does.</summary>
    private ScannedHeader Settled(ScannedHeader scan, IReadOnlyList<ScannedHeader> scans)
    {
        string path = FileOf(scan.Path);
        ScannedHeader? includer = scans.Where(other => other.Inside == scan.Inside && other.Refusal is null && other.Place.Length > 0)
            .OrderBy(other => other.Place, StringComparer.Ordinal)
            .FirstOrDefault(other => other.Includes.Any(include => FileOf(include.File) == path));
        string judged = includer is not null ? $"; it is judged as {includer.Place} includes it"
            : scan.IsPlain ? "; its text is judged as it is written"
            : "; it is judged as it is after all others";
        HeaderRefusal refusal = scan.Refusal! with { Message = scan.Refusal.Message + judged, Site = scan.Refusal.Site with { File = FileOf(scan.Refusal.Site.File) } };
        return includer is null
            ? scan with { Refusal = refusal }
            : scan with { Refusal = refusal, Names = includer.Names, AssemblyTexts = includer.AssemblyTexts };
    }

    private HashSet<string> Asked(IReadOnlyList<ScannedHeader> scans, CensusHeader[] headers)
    {
        HashSet<string> macros = [.. headers.SelectMany(header => header.Own).Select(entry => entry.Name).Where(name => name.Kind.IsMacro()).Select(name => name.Name)];
        return [.. scans.SelectMany(scan => scan.Asked).DistinctBy(asked => asked.Key).Where(asked => OriginOf(FileOf(asked.Key), "") == HeaderOrigin.Foreign).SelectMany(asked => asked.Value).Where(macros.Contains)];
    }

    private HeaderInclude[] HostHeaders(IReadOnlyList<ScannedHeader> scans) => hostName is null ? [] :
    [
        .. scans.Where(scan => scan is { Inside: false, Place.Length: > 0 }).OrderBy(scan => scan.Place, StringComparer.Ordinal)
            .SelectMany(scan => scan.Includes)
            .Select(include => include with { Site = include.Site with { File = FileOf(include.Site.File) } })
            .Where(include => _public.Contains(include.Site.File))
            .Select(include => (Include: include, Name: hostName(include)))
            .Where(host => host.Name is not null)
            .Select(host => host.Include with { File = host.Name! })
            .DistinctBy(include => include.File)
            .OrderBy(include => include.File, StringComparer.Ordinal),
    ];

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
        return new CensusHeader(place, path, names)
        {
            Words = text is null ? [] : HeaderWords.Of(text),
            AssemblyTexts =
            [
                .. scans.Where(scan => !scan.Inside).SelectMany(scan => scan.AssemblyTexts)
                    .Select(assembly => assembly with { Site = assembly.Site with { File = FileOf(assembly.Site.File) } })
                    .Where(assembly => assembly.Site.File == path).Distinct(),
            ],
            Refusal = scans.Where(scan => !scan.Inside).Select(scan => scan.Refusal).FirstOrDefault(refusal => refusal is not null),
        };
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

    private HeaderOrigin OriginOf(HeaderName name, string path) => OriginOf(name.Site.File, path);

    private HeaderOrigin OriginOf(string file, string path)
    {
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
