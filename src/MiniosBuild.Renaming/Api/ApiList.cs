using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Api;

/// <summary>
/// The formal API of a set: its public symbols in one configuration. As text it is the file <c>minios.api.txt</c>, which the owner
/// of a tree checks in: comments that name the configuration, and then <c>NAME KIND LIBRARY</c> lines sorted by name.
/// </summary>
public sealed class ApiList
{
    private const string Title = "# The public symbols: NAME KIND LIBRARY, sorted by name. Written by MiniosBuild.";

    /// <param name="settings">The configuration, see <see cref="ApiSetting.Of"/>; each setting once.</param>
    /// <param name="symbols">The symbols in any order, each name once.</param>
    public ApiList(IReadOnlyList<ApiSetting> settings, IEnumerable<ApiSymbol> symbols)
        : this(settings, [.. symbols.OrderBy(symbol => symbol.Name, StringComparer.Ordinal)], 0)
    {
    }

    /// <param name="settings">The configuration.</param>
    /// <param name="symbols">The symbols, sorted by name.</param>
    /// <param name="lineCount">How many lines they were read from.</param>
    internal ApiList(IReadOnlyList<ApiSetting> settings, IReadOnlyList<ApiSymbol> symbols, int lineCount)
    {
        Settings = settings;
        Symbols = symbols;
        LineCount = lineCount;
    }

    /// <summary>The configuration that the list is for: each setting once, in the order of the text.</summary>
    public IReadOnlyList<ApiSetting> Settings { get; }

    /// <summary>The symbols, each name once, sorted by name (ordinally).</summary>
    public IReadOnlyList<ApiSymbol> Symbols { get; }

    /// <summary>How many lines the list was read from; 0 when it was not read.</summary>
    internal int LineCount { get; }

    /// <summary>
    /// What a plan makes public: every name that stays global, but for those that compilers and linkers give (rule 1), those under the
    /// internal prefix, and those that are global only since objects of the set need them from one another. A name with several definitions is what its strong one is, or the first one.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="census">The objects that the plan was made for.</param>
    /// <param name="policy">The policy that the plan was made from.</param>
    /// <param name="settings">The configuration, see <see cref="ApiSetting.Of"/>; each setting once.</param>
    /// <param name="declarations">What the headers declare, under names before the pass; null when not known.</param>
    public static ApiList Of(
        NamespacePlan plan, SymbolCensus census, NamespacePolicy policy, IReadOnlyList<ApiSetting> settings, PublicDeclarations? declarations = null)
    {
        Dictionary<string, (SymbolDefinition Definition, string Library)> owners = Owners(census);
        WildcardPatterns toolNames = WildcardPatterns.OfTools(policy);

        var symbols = new Dictionary<string, ApiSymbol>(StringComparer.Ordinal);
        foreach (SymbolDecision decision in plan.Decisions)
        {
            // Of an object that was passed before, rule 3 keeps every name, those of rule 1 too.
            if (!decision.IsPublic || symbols.ContainsKey(decision.NewName) || (decision.Rule == 3 && toolNames.Matches(Encoding.UTF8.GetBytes(decision.NewName))))
            {
                continue;
            }

            (SymbolDefinition definition, string library) = owners[decision.Name];
            symbols.Add(decision.NewName, new ApiSymbol(decision.NewName, definition.Kind, library));
        }

        var list = new ApiList(settings, symbols.Values);
        return declarations is null ? list : list.Declared(declarations, plan.Renames);
    }

    /// <summary>Reads a list.</summary>
    /// <param name="text">The list; lines may end as on any system.</param>
    /// <param name="path">What diagnostics call it.</param>
    /// <exception cref="DiagnosticException">MINIOS1601 with the line: no such list.</exception>
    public static ApiList Parse(string text, string path) => new ApiListReader(path).Read(text);

    /// <summary>Reads a list from its file.</summary>
    /// <exception cref="DiagnosticException">MINIOS1602 when it cannot be read, or as <see cref="Parse"/>.</exception>
    public static ApiList Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ApiCodes.Unreadable,
                $"cannot read the list of public symbols: {e.Message} Make it with the target MiniosUpdateApi, or with minios api --update.",
                path), e);
        }
    }

    /// <summary>The same list, each symbol with the place where a header declares it.</summary>
    /// <param name="declarations">What the headers declare, under names before the pass.</param>
    /// <param name="renames">Old name to new name.</param>
    public ApiList Declared(PublicDeclarations declarations, IReadOnlyDictionary<string, string> renames)
    {
        var sites = new Dictionary<string, DeclarationSite>(StringComparer.Ordinal);
        foreach ((string name, DeclarationSite site) in declarations.Functions.Concat(declarations.Variables))
        {
            sites.TryAdd(renames.GetValueOrDefault(name, name), site);
        }

        return new ApiList(
            Settings,
            [.. Symbols.Select(symbol => sites.TryGetValue(symbol.Name, out DeclarationSite site) ? symbol with { Declaration = site } : symbol)],
            LineCount);
    }

    /// <summary>The list as text in lines that end in LF; <see cref="Parse"/> reads it. Equal lists give equal text.</summary>
    public string ToText()
    {
        var text = new StringBuilder(Title).Append('\n');
        foreach (ApiSetting setting in Settings)
        {
            text.Append("# ").Append(setting.Name).Append(setting.Value.Length > 0 ? ": " : ":").Append(setting.Value).Append('\n');
        }

        foreach (ApiSymbol symbol in Symbols)
        {
            text.Append(ApiText.Escape(symbol.Name)).Append(' ').Append(ApiText.Word(symbol.Kind)).Append(' ').Append(ApiText.Escape(symbol.Library)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What changes when this list becomes another one, sorted by line and name.</summary>
    /// <param name="actual">What the set has now.</param>
    public IReadOnlyList<ApiChange> ChangesTo(ApiList actual)
    {
        var changes = new List<ApiChange>();
        int i = 0, j = 0;
        while (i < Symbols.Count || j < actual.Symbols.Count)
        {
            int order = i == Symbols.Count ? 1 : j == actual.Symbols.Count ? -1 : string.CompareOrdinal(Symbols[i].Name, actual.Symbols[j].Name);
            if (order < 0)
            {
                changes.Add(new ApiChange(ApiChangeKind.Removed, Symbols[i], null, Symbols[i].Line));
                i++;
            }
            else if (order > 0)
            {
                changes.Add(new ApiChange(ApiChangeKind.Added, null, actual.Symbols[j], i < Symbols.Count ? Symbols[i].Line : LineCount + 1));
                j++;
            }
            else
            {
                Compare(Symbols[i++], actual.Symbols[j++], changes);
            }
        }

        return changes;
    }

    /// <summary>
    /// Checks that this list is what a set has. A list of another configuration is one error, not one for each symbol that differs;
    /// a setting that only one of the two names is not compared.
    /// </summary>
    /// <param name="actual">What the set has now.</param>
    /// <param name="path">What diagnostics call this list.</param>
    /// <returns>MINIOS1603 to 1607, each with its line; empty when the two are equal.</returns>
    public IReadOnlyList<Diagnostic> Check(ApiList actual, string path)
    {
        foreach (ApiSetting listed in Settings)
        {
            if (actual.Settings.FirstOrDefault(setting => setting.Name == listed.Name) is { } now && now.Value != listed.Value)
            {
                return [Diagnostic.Error(
                    ApiCodes.OtherConfiguration,
                    $"the list is for another configuration: {listed.Name} is \"{listed.Value}\" there and \"{now.Value}\" here. Keep a list for each configuration (property MiniosApiFile), or update this one (target MiniosUpdateApi, or minios api --update).",
                    path,
                    listed.Line)];
            }
        }

        return [.. ChangesTo(actual).Select(change => change.ToDiagnostic(path))];
    }

    private static void Compare(ApiSymbol listed, ApiSymbol actual, List<ApiChange> changes)
    {
        if (ApiText.Word(listed.Kind) != ApiText.Word(actual.Kind))
        {
            changes.Add(new ApiChange(ApiChangeKind.KindChanged, listed, actual, listed.Line));
        }

        if (listed.Library != actual.Library)
        {
            changes.Add(new ApiChange(ApiChangeKind.LibraryChanged, listed, actual, listed.Line));
        }
    }

    private static Dictionary<string, (SymbolDefinition Definition, string Library)> Owners(SymbolCensus census)
    {
        var owners = new Dictionary<string, (SymbolDefinition Definition, string Library)>(StringComparer.Ordinal);
        foreach (ObjectSymbols source in census.Objects)
        {
            foreach (SymbolDefinition definition in source.Definitions)
            {
                if (!owners.TryGetValue(definition.Name, out var owner) || (owner.Definition.IsWeak && !definition.IsWeak))
                {
                    owners[definition.Name] = (definition, source.Library);
                }
            }
        }

        return owners;
    }
}

/// <summary>One public symbol: a name that guests may use or override.</summary>
/// <param name="Name">Its name in the finished archives.</param>
/// <param name="Kind">What it is; a common symbol is data.</param>
/// <param name="Library">The library that defines it; where several do, the one that a link takes it from.</param>
/// <param name="Line">The 1-based line of the list that it was read from; 0 when it was not read.</param>
/// <param name="Declaration">Where a public header declares it; null when that is not known.</param>
public sealed record ApiSymbol(string Name, SymbolKind Kind, string Library, int Line = 0, DeclarationSite? Declaration = null);

/// <summary>One thing that a list of public symbols depends on: the machine, the libc, the drivers, ….</summary>
/// <param name="Name">What it is called in the list's header: lower-case letters.</param>
/// <param name="Value">Its words, sorted, with a blank between them; empty when there are none.</param>
/// <param name="Line">The 1-based line of the list that it was read from; 0 when it was not read.</param>
public sealed record ApiSetting(string Name, string Value, int Line = 0)
{
    /// <summary>A setting made of words in any order.</summary>
    public static ApiSetting Of(string name, params IEnumerable<string> words) => new(
        name, string.Join(' ', words.SelectMany(word => word.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal)));
}
