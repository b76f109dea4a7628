using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Joining;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;

namespace MiniosBuild.Tool.Sources;

/// <summary>What the names become that ## makes in a user's sources, of words there and in macros of the set.</summary>
internal sealed class SourceJoins
{
    private static readonly Dictionary<int, JoinedWord> s_none = [];

    private readonly NameMap _table;
    private readonly Dictionary<string, Dictionary<int, JoinedWord>> _words = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NameMapEntry> _made = new(StringComparer.Ordinal);
    private readonly List<(JoinOperand Operand, string Name, string Now)> _missed = [];

    /// <param name="sources">The sources.</param>
    /// <param name="graph">What they include.</param>
    /// <param name="set">The macros of the set.</param>
    /// <param name="table">The names that change, without the sources' own.</param>
    public SourceJoins(IReadOnlyList<SourceFile> sources, IncludeGraph graph, SetMacros set, NameMap table)
    {
        _table = table;
        IReadOnlyList<JoinedName> joins = HeaderJoins.Of([.. Scans(sources, graph, set)], file => file);
        if (joins.Count == 0)
        {
            return;
        }

        HashSet<string> spelled = [.. sources.Select(source => CLexer.Split(source.Text).Words).SelectMany(words => Enumerable.Range(0, words.Count).Select(word => words[word]))];
        var plain = new List<JoinedName>();
        foreach (JoinedName join in joins)
        {
            string before = Text(join, set.Before), after = Text(join, set.After);
            if (before == after)
            {
                plain.Add(join);
            }
            else if (NewNames(before) is { Length: 0 })
            {
                if (spelled.Contains(before))
                {
                    _made.TryAdd(before, new NameMapEntry(HeaderNameKind.Function, before, after));
                }
            }
            else if (NewNames(before) is var now && (now.Length > 1 || now[0] != after))
            {
                Miss(join, before, now[0]);
            }
        }

        Solve(plain, spelled);
        _names.UnionWith(_made.Keys);
    }

    /// <summary>Names that come out right: nobody has to look at them.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>Names of the user's that macros of the set make, and call otherwise now.</summary>
    public IEnumerable<NameMapEntry> Made => _made.Values.SelectMany(entry => new[] { entry, entry with { Kind = HeaderNameKind.Tag } });

    /// <summary>By offset, what becomes of words in a source.</summary>
    public IReadOnlyDictionary<int, JoinedWord> In(SourceFile source) => _words.GetValueOrDefault(source.Target, s_none);

    /// <summary>MINIOS1530: names of the set that ## goes on making in their old spelling.</summary>
    public IEnumerable<Diagnostic> Missed(SourceFile source)
    {
        TextPosition? position = null;
        foreach ((JoinOperand operand, string name, string now) in _missed.Where(missed => missed.Operand.Place == source.Target).OrderBy(missed => missed.Operand.Offset))
        {
            (int line, int column) = (position ??= new TextPosition(source.Text)).Of(operand.Offset);
            yield return Diagnostic.Warning(
                SourceCodes.Pasted, $"## makes \"{name}\" of \"{operand.Text}\", which is \"{now}\" now, and no new spelling of the parts gives all that is made of them; write the name out", source.Path, line, column);
        }
    }

    private static IEnumerable<ScannedHeader> Scans(IReadOnlyList<SourceFile> sources, IncludeGraph graph, SetMacros set)
    {
        HeaderName[][] own = [.. sources.Select(source => source.IsAssembly ? [] : HeaderScanner.ReadPlain(source.Text, source.Target).Names.Where(name => name.Kind.IsMacro()).ToArray())];
        for (int i = 0; i < sources.Count; i++)
        {
            if (!sources[i].IsAssembly)
            {
                int self = i;
                yield return new ScannedHeader(
                    sources[i].Target, sources[i].Target, [.. set.Macros, .. graph.Closure(i).Where(other => other != self).Order().SelectMany(other => own[other]), .. own[i]], Inside: false) { Text = sources[i].Text };
            }
        }
    }

    private static string Text(JoinedName join, Func<string, string> part) => string.Concat(join.Pieces.Select(piece => piece.Operand is null ? part(piece.Text) : piece.Text));

    private string[] NewNames(string name) =>
        [.. new[] { _table.Ordinary(name), _table.Macro(name), _table.Tag(name) }.OfType<NameMapEntry>().Select(entry => entry.New).Distinct(StringComparer.Ordinal)];

    private HeaderNameKind KindOf(string name) => (_table.Ordinary(name) ?? _table.Macro(name) ?? _table.Tag(name))?.Kind ?? HeaderNameKind.Function;

    private void Miss(JoinedName join, string name, string now)
    {
        if (join.Pieces.Select(piece => piece.Operand).OfType<JoinOperand>().FirstOrDefault() is { } operand)
        {
            _missed.Add((operand, name, now));
        }
    }

    private void Solve(List<JoinedName> joins, HashSet<string> spelled)
    {
        // What the table says of a name is final, and other names are the user's, and stay.
        var solver = new JoinSolver(joins, name => NewNames(name) is var news && news.Length > 0
            ? new JoinSubject(news.Length == 1 ? news[0] : null, IsOwn: false, IsFixed: true, IsMeant: true)
            : new JoinSubject(name, IsOwn: false, IsFixed: true, IsMeant: spelled.Contains(name)));
        HashSet<string> solved = [.. solver.Joined];
        JoinedName[] meant = [.. joins.Where(join => solved.Contains(join.Name) || NewNames(join.Name).Length > 0 || spelled.Contains(join.Name))];

        // A word of which one name comes out wrong stays, and with it whatever else it goes into.
        var left = new HashSet<JoinOperand>();
        for (bool isMore = true; isMore;)
        {
            isMore = false;
            foreach (JoinedName join in meant)
            {
                JoinOperand[] operands = [.. join.Pieces.Select(piece => piece.Operand).Append(join.Parameter).OfType<JoinOperand>()];
                if (!solved.Contains(join.Name) || operands.Any(left.Contains))
                {
                    isMore |= solved.Remove(join.Name) | operands.Count(left.Add) > 0;
                }
            }
        }

        HashSet<(string Place, int Offset)> stay = [.. left.Select(operand => (operand.Place, operand.Offset))];
        Dictionary<(string Place, int Offset), HeaderNameKind> kinds = [];
        foreach (JoinedName join in meant.Where(join => solved.Contains(join.Name)))
        {
            foreach (JoinOperand operand in join.Pieces.Select(piece => piece.Operand).Append(join.Parameter).OfType<JoinOperand>())
            {
                kinds.TryAdd((operand.Place, operand.Offset), KindOf(join.Name));
            }
        }

        foreach ((string place, IReadOnlyDictionary<int, JoinedWord> words) in solver.Edits())
        {
            _words.Add(place, words.Where(word => !stay.Contains((place, word.Key))).ToDictionary(word => word.Key, word => word.Value with { Kind = kinds.GetValueOrDefault((place, word.Key)) }));
        }

        _names.UnionWith(solved);
        foreach (JoinedName join in meant.Where(join => !solved.Contains(join.Name) && NewNames(join.Name).Length > 0))
        {
            Miss(join, join.Name, NewNames(join.Name)[0]);
        }
    }
}
