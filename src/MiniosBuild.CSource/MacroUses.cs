namespace MiniosBuild.CSource;

/// <summary>What macros with parameters make of their arguments, by name. Immutable.</summary>
public sealed class MacroUses
{
    private const int MostRounds = 8; // Of macros that hand their arguments on to one that a later text defines.

    private readonly Dictionary<string, IReadOnlyList<CParameterUse>> _uses;

    private MacroUses(Dictionary<string, IReadOnlyList<CParameterUse>> uses) => _uses = uses;

    /// <summary>No macros.</summary>
    public static MacroUses None { get; } = new([]);

    /// <summary>Every macro, and what becomes of each parameter; of several of one name all that any of them does.</summary>
    public IEnumerable<(string Name, IReadOnlyList<CParameterUse> Uses)> All => _uses.Select(entry => (entry.Key, entry.Value));

    /// <summary>Macros of which only the names are known.</summary>
    public static MacroUses Named(IEnumerable<string> names) => new(names.Distinct(StringComparer.Ordinal).ToDictionary(name => name, _ => (IReadOnlyList<CParameterUse>)[], StringComparer.Ordinal));

    /// <summary>The macros of texts, which may hand arguments on to each other and to those of others.</summary>
    public static MacroUses Of(IReadOnlyList<CTokens> texts, MacroUses outside)
    {
        var found = new MacroUses([]);
        for (int round = 0; round < MostRounds; round++)
        {
            var next = new MacroUses([]);
            MacroUses known = outside.With(found);
            foreach (CStructure structure in texts.Select(text => CParser.Parse(text, [], [], outside: known)))
            {
                foreach (CMacro macro in structure.Macros.Where(macro => macro.IsFunction))
                {
                    next.Add(structure.Tokens.Word(macro.Token), macro.Uses);
                }
            }

            if (next.IsSame(found))
            {
                break;
            }

            found = next;
        }

        return found;
    }

    /// <summary>These and others.</summary>
    public MacroUses With(MacroUses others)
    {
        if (_uses.Count == 0 || others._uses.Count == 0)
        {
            return _uses.Count == 0 ? others : this;
        }

        var both = new MacroUses(new(_uses));
        foreach ((string name, IReadOnlyList<CParameterUse> uses) in others.All)
        {
            both.Add(name, uses);
        }

        return both;
    }

    private void Add(string name, IReadOnlyList<CParameterUse> uses)
    {
        if (!_uses.TryGetValue(name, out IReadOnlyList<CParameterUse>? before))
        {
            _uses.Add(name, uses);
            return;
        }

        var all = new CParameterUse[Math.Max(uses.Count, before.Count)];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = (i < uses.Count ? uses[i] : CParameterUse.None) | (i < before.Count ? before[i] : CParameterUse.None);
        }

        _uses[name] = all;
    }

    private bool IsSame(MacroUses other) => _uses.Count == other._uses.Count
        && _uses.All(entry => other._uses.TryGetValue(entry.Key, out IReadOnlyList<CParameterUse>? uses) && uses.SequenceEqual(entry.Value));
}
