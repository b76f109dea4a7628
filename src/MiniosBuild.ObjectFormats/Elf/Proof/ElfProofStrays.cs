namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>
/// Pairs symbols that are not where they were expected, by sorting what they are. Of symbols that are equal in everything, any may be
/// paired with any.
/// </summary>
internal sealed class ElfProofStrays
{
    private readonly ElfFile _before;
    private readonly ElfFile _after;
    private readonly ElfProofSections _sections;
    private readonly Dictionary<int, ElfSymbolChange> _changes = [];

    public ElfProofStrays(ElfFile before, ElfFile after, ElfProofSections sections, ReadOnlySpan<ElfSymbolChange> changes)
    {
        _before = before;
        _after = after;
        _sections = sections;
        foreach (ref readonly ElfSymbolChange change in changes)
        {
            _changes.Add(change.Index, change);
        }
    }

    /// <param name="afterOf">The pairs that are known; those that are found are added.</param>
    /// <param name="strays">The symbols of the file before the pass that have no pair yet.</param>
    public void Pair(Span<int> afterOf, List<int> strays)
    {
        List<int> left = LeftOver(afterOf);
        Key[] expected = new Key[strays.Count];
        for (int number = 0; number < expected.Length; number++)
        {
            ElfSymbol symbol = _before.Symbols[strays[number]];
            _changes.TryGetValue(symbol.Index, out ElfSymbolChange wanted);
            expected[number] = new Key(
                symbol.Index, ElfProofIdentity.Expected(symbol, wanted, _sections), wanted.NewName.IsEmpty ? symbol.NameBytes : wanted.NewName.Span);
        }

        Key[] found = new Key[left.Count];
        for (int number = 0; number < found.Length; number++)
        {
            ElfSymbol symbol = _after.Symbols[left[number]];
            found[number] = new Key(symbol.Index, ElfProofIdentity.Of(symbol), symbol.NameBytes);
        }

        Array.Sort(expected);
        Array.Sort(found);
        int next = 0;
        List<Key> lost = [];
        List<Key> made = [];
        foreach (Key key in expected)
        {
            for (; next < found.Length && found[next].CompareTo(key) < 0; next++)
            {
                made.Add(found[next]);
            }

            if (next < found.Length && IsSame(key, found[next]))
            {
                afterOf[key.Symbol] = found[next++].Symbol;
            }
            else
            {
                lost.Add(key);
            }
        }

        made.AddRange(found.AsSpan(next));
        Refuse(lost, made);
    }

    private List<int> LeftOver(ReadOnlySpan<int> afterOf)
    {
        bool[] isPaired = new bool[_after.Symbols.Count];
        foreach (int after in afterOf)
        {
            if (after >= 0 && after < isPaired.Length)
            {
                isPaired[after] = true;
            }
        }

        List<int> left = [];
        for (int index = 1; index < isPaired.Length; index++)
        {
            if (!isPaired[index])
            {
                left.Add(index);
            }
        }

        return left;
    }

    private bool IsSame(in Key expected, in Key found)
    {
        ElfSymbol before = _before.Symbols[expected.Symbol];
        ElfSymbol after = _after.Symbols[found.Symbol];
        _changes.TryGetValue(expected.Symbol, out ElfSymbolChange wanted);
        return expected.Identity == found.Identity
            && after.NameBytes.SequenceEqual(wanted.NewName.IsEmpty ? before.NameBytes : wanted.NewName.Span);
    }

    /// <summary>Symbols of sections may come and go: who refers to one finds it through the section.</summary>
    private void Refuse(List<Key> lost, List<Key> made)
    {
        lost.RemoveAll(key => StandsForSection(key.Identity));
        made.RemoveAll(key => StandsForSection(key.Identity));
        if (lost.Count > 0)
        {
            Key key = lost[0];
            _changes.TryGetValue(key.Symbol, out ElfSymbolChange wanted);
            ElfSymbol symbol = _before.Symbols[key.Symbol];
            string name = wanted.NewName.IsEmpty ? symbol.Name : System.Text.Encoding.UTF8.GetString(wanted.NewName.Span);
            int other = made.FindIndex(candidate => _after.Symbols[candidate.Symbol].Name == name);
            string found = other >= 0 ? made[other].Identity.ToString()
                : made.Count > 0 ? $"{_after.Symbols[made[0].Symbol].Name}: {made[0].Identity}" : "none like it";
            throw ElfProof.Failed(ObjectCodes.SymbolChanged, At(other >= 0 ? made[other].Symbol : 0),
                $"symbol {key.Symbol} ({symbol.Name}) should be {name}: {key.Identity}; found {found}");
        }

        if (made.Count > 0)
        {
            throw ElfProof.Failed(ObjectCodes.SymbolChanged, At(made[0].Symbol),
                $"symbol {made[0].Symbol} ({_after.Symbols[made[0].Symbol].Name}) was not there before");
        }
    }

    private static bool StandsForSection(in ElfProofIdentity symbol) =>
        symbol is { Type: ElfSymbolType.Section, Binding: ElfSymbolBinding.Local, Value: 0 };

    private ulong At(int symbol) => _after.Symbols.SectionIndex < 0 ? 0
        : _after.SectionSpan[_after.Symbols.SectionIndex].Offset + ((ulong)symbol * (ulong)_after.Format.SymbolSize);

    /// <summary>Sorts what is equal together; what has the same hash is compared by the user.</summary>
    private readonly struct Key : IComparable<Key>
    {
        private readonly ulong _hash;

        public Key(int symbol, ElfProofIdentity identity, ReadOnlySpan<byte> name)
        {
            Symbol = symbol;
            Identity = identity;
            HashCode hash = default;
            hash.AddBytes(name);
            _hash = ((ulong)(uint)hash.ToHashCode() << 32) | (uint)identity.GetHashCode();
        }

        public int Symbol { get; }

        public ElfProofIdentity Identity { get; }

        public int CompareTo(Key other)
        {
            int byHash = _hash.CompareTo(other._hash);
            if (byHash != 0)
            {
                return byHash;
            }

            int byValue = Identity.Value.CompareTo(other.Identity.Value);
            return byValue != 0 ? byValue : Identity.Section.CompareTo(other.Identity.Section);
        }
    }
}
