using System.Text.RegularExpressions;

namespace MiniosBuild.Tool.Sources;

/// <summary>
/// Which of the user's sources read one another and the headers of the set, as their #include lines say. Include folders are not known: a header name
/// that does not lead to a file from the folder of its line stands for every source whose path ends with it.
/// </summary>
internal sealed partial class IncludeGraph
{
    private readonly IReadOnlyList<SourceFile> _sources;
    private readonly List<int>[] _included;
    private readonly HashSet<int> _users = [];

    /// <param name="sources">The sources.</param>
    /// <param name="isOfSet">Whether a header name, without its delimiters, is a header of the set.</param>
    public IncludeGraph(IReadOnlyList<SourceFile> sources, Func<string, bool> isOfSet)
    {
        _sources = sources;
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < sources.Count; i++)
        {
            places.Add(sources[i].Target, i);
        }

        ILookup<string, int> named = Enumerable.Range(0, sources.Count).ToLookup(i => Path.GetFileName(sources[i].Target), StringComparer.Ordinal);
        _included = new List<int>[sources.Count];
        var direct = new HashSet<int>();
        for (int i = 0; i < sources.Count; i++)
        {
            _included[i] = [];
            foreach (Match include in IncludeLine().Matches(sources[i].Text))
            {
                string name = include.Groups["name"].Value;
                List<int> found = Find(i, name, places, named);
                _included[i].AddRange(found);
                if (found.Count == 0 && isOfSet(name))
                {
                    direct.Add(i);
                }
            }
        }

        // A header may rely on what was included before it, so those that users include are users too.
        foreach (int i in Enumerable.Range(0, sources.Count))
        {
            HashSet<int> closure = Closure(i);
            if (closure.Overlaps(direct))
            {
                _users.UnionWith(closure);
            }
        }
    }

    /// <summary>Whether a source reads a header of the set, itself or through others, or is included by one that does.</summary>
    public bool UsesSet(int source) => _users.Contains(source);

    /// <summary>A source and all that it includes.</summary>
    public HashSet<int> Closure(int source)
    {
        var closure = new HashSet<int> { source };
        var rest = new Stack<int>([source]);
        while (rest.TryPop(out int next))
        {
            foreach (int included in _included[next].Where(closure.Add))
            {
                rest.Push(included);
            }
        }

        return closure;
    }

    private List<int> Find(int from, string name, Dictionary<string, int> places, ILookup<string, int> named)
    {
        if (name.Contains('\0'))
        {
            return [];
        }

        string near = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(_sources[from].Target)!, name));
        if (places.TryGetValue(near, out int file))
        {
            return [file];
        }

        string ending = "/" + string.Join('/', name.Split('/').Where(part => part is not ("." or ".." or "")));
        return [.. named[Path.GetFileName(name)].Where(i => _sources[i].Target.EndsWith(ending, StringComparison.Ordinal))];
    }

    [GeneratedRegex("""^[ \t]*#[ \t]*(?:include|include_next|import)[ \t]*[<"](?<name>[^<>"\r\n]+)[>"]""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex IncludeLine();
}
