using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Tool.Sources;

/// <summary>
/// The names of a table that the user's own sources define: macros, and functions, variables, types and tags at file scope. They are the user's and stay:
/// those with a symbol in all sources, others in the source that defines them and in those that include it.
/// </summary>
internal sealed class OwnDefinitions
{
    private readonly List<OwnDefinition> _names = [];
    private readonly ILookup<int, OwnDefinition> _bySource;
    private readonly IncludeGraph _graph;
    private readonly NameMap _table;
    private readonly Dictionary<string, NameMap> _maps = new(StringComparer.Ordinal);

    public OwnDefinitions(IReadOnlyList<SourceFile> sources, IncludeGraph graph, NameMap table, MacroUses macros, CancellationToken cancellation)
    {
        _graph = graph;
        _table = table;
        var types = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < sources.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (sources[i].IsAssembly)
            {
                ReadAssembly(sources[i], i);
            }
            else
            {
                Read(sources[i], i, types, macros);
            }
        }

        Types = types;
        HashSet<NameMapEntry> own = [.. _names.Select(name => name.Entry)];
        Table = NameMap.Of(table.Entries.Where(entry => !own.Contains(entry)));
        _bySource = _names.ToLookup(name => name.Source);
    }

    /// <summary>Every definition, in the order of the sources.</summary>
    public IReadOnlyList<OwnDefinition> Names => _names;

    /// <summary>The names of all types that the sources define.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>The table without what is the user's own in any source.</summary>
    public NameMap Table { get; }

    /// <summary>The table without what is the user's own in a source.</summary>
    public NameMap TableFor(int source)
    {
        NameMapEntry[] own =
        [
            .. _graph.Closure(source).SelectMany(file => _bySource[file]).Concat(_names.Where(name => name.IsEverywhere))
                .Select(name => name.Entry).Distinct().OrderBy(entry => entry.Kind).ThenBy(entry => entry.Old, StringComparer.Ordinal),
        ];
        string key = string.Join(' ', own.Select(entry => $"{entry.Kind}:{entry.Old}"));
        if (!_maps.TryGetValue(key, out NameMap? map))
        {
            var left = own.ToHashSet();
            map = left.Count == 0 ? _table : NameMap.Of(_table.Entries.Where(entry => !left.Contains(entry)));
            _maps.Add(key, map);
        }

        return map;
    }

    private void Read(SourceFile source, int index, HashSet<string> types, MacroUses macros)
    {
        foreach (HeaderName name in HeaderScanner.ReadPlain(source.Text, source.Path, macros).Names)
        {
            if (name.Kind == HeaderNameKind.Typedef)
            {
                types.Add(name.Name);
            }

            if (name.IsDefinition || name.Kind.IsMacro() || name.Kind is HeaderNameKind.Typedef or HeaderNameKind.Enumerator)
            {
                bool isEverywhere = name.Symbol is not null && name.Kind is HeaderNameKind.Function or HeaderNameKind.Variable;
                Add(name.Name, name.Kind, index, name.Site.Line, 0, isEverywhere);
            }
        }
    }

    private void ReadAssembly(SourceFile source, int index)
    {
        foreach (AssemblyName name in new AssemblyReader(source.Text).Read().Where(name => name.IsDefinition))
        {
            Add(name.Text, name.IsInDirective ? HeaderNameKind.Macro : HeaderNameKind.Function, index, name.Line, name.Column, !name.IsInDirective);
        }
    }

    // A macro hides whatever else has its name, and an own function is not called through a macro of the set.
    private void Add(string name, HeaderNameKind kind, int source, int line, int column, bool isEverywhere)
    {
        if (kind != HeaderNameKind.Tag)
        {
            Add(_table.Macro(name));
            Add(_table.Ordinary(name));
        }

        if (kind == HeaderNameKind.Tag || kind.IsMacro())
        {
            Add(_table.Tag(name));
        }

        void Add(NameMapEntry? entry)
        {
            if (entry is { } own)
            {
                _names.Add(new OwnDefinition(own, source, line, column, isEverywhere));
            }
        }
    }
}
