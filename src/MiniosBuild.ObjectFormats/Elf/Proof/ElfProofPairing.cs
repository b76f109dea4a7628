namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>
/// Pairs symbols in the order that they should have: those that were local, those that became so, the others. Raw entries are compared
/// as bytes where that is enough, so that nothing is decoded while all is equal.
/// </summary>
internal ref struct ElfProofPairing
{
    private const int NameSize = 4; // st_name, the first field of an entry
    private const ushort Extended = 0xffff; // SHN_XINDEX

    private readonly ElfFile _before;
    private readonly ElfFile _after;
    private readonly ReadOnlySpan<byte> _entries;
    private readonly ReadOnlySpan<byte> _newEntries;
    private readonly ReadOnlySpan<byte> _names;
    private readonly ReadOnlySpan<byte> _newNames;
    private readonly ReadOnlySpan<ElfSymbolChange> _changes;
    private readonly Span<int> _afterOf;
    private readonly ElfProofSections _sections;
    private readonly int _size;
    private readonly int _section;
    private readonly bool _isBig;
    private int _next = 1;
    private List<int>? _strays;

    public ElfProofPairing(
        ElfFile before, ElfFile after, ElfProofSections sections, Span<int> afterOf, ReadOnlySpan<ElfSymbolChange> changes)
    {
        _before = before;
        _after = after;
        _sections = sections;
        _afterOf = afterOf;
        _changes = changes;
        _entries = Entries(before, out _names);
        _newEntries = Entries(after, out _newNames);
        _size = before.Format.SymbolSize;
        _section = before.Format.Is64 ? 6 : 14; // st_shndx
        _isBig = before.Format.IsBig;
    }

    /// <summary>Whether each symbol got the number that it had.</summary>
    public bool IsIdentity { get; private set; } = true;

    /// <returns>The symbols for which the next one was not it; null if there is none, and nothing is left over.</returns>
    public List<int>? PairInOrder()
    {
        if (_afterOf.Length > 0 && _newEntries.Length > 0 && !_entries[NameSize.._size].SequenceEqual(_newEntries[NameSize.._size]))
        {
            throw ElfProof.Failed(ObjectCodes.SymbolChanged, _after.SectionSpan[_after.Symbols.SectionIndex].Offset, "the null symbol differs from before");
        }

        bool anyLocal = false;
        foreach (ref readonly ElfSymbolChange change in _changes)
        {
            anyLocal |= change.MakeLocal;
        }

        if (anyLocal)
        {
            Walk(locals: true, others: false);
            foreach (ref readonly ElfSymbolChange change in _changes)
            {
                if (change.MakeLocal && !IsLocal(change.Index))
                {
                    Pair(change.Index, change);
                }
            }

            Walk(locals: false, others: true);
        }
        else
        {
            Walk(locals: true, others: true);
        }

        return _strays is null && _next == Math.Max(_after.Symbols.Count, 1) ? null : _strays ?? [];
    }

    private void Walk(bool locals, bool others)
    {
        int change = 0;
        for (int index = 1; index < _afterOf.Length; index++)
        {
            ElfSymbolChange wanted = default;
            if (change < _changes.Length && _changes[change].Index == index)
            {
                wanted = _changes[change++];
            }

            if (IsLocal(index) ? locals : others && !(wanted.MakeLocal && !locals))
            {
                Pair(index, wanted);
            }
        }
    }

    private void Pair(int index, in ElfSymbolChange wanted)
    {
        if (_next < _after.Symbols.Count && IsSame(index, _next, wanted))
        {
            IsIdentity &= index == _next;
            _afterOf[index] = _next++;
            return;
        }

        (_strays ??= []).Add(index);
    }

    private readonly bool IsSame(int before, int after, in ElfSymbolChange wanted)
    {
        ReadOnlySpan<byte> entry = _entries.Slice(before * _size, _size);
        ReadOnlySpan<byte> newEntry = _newEntries.Slice(after * _size, _size);
        bool isRaw = _sections.AreInPlace && !wanted.MakeLocal && ElfWords.Half(entry[_section..], _isBig) != Extended;
        return isRaw
            ? entry[NameSize..].SequenceEqual(newEntry[NameSize..])
                && HasName((int)ElfWords.Word(entry, _isBig), (int)ElfWords.Word(newEntry, _isBig), wanted.NewName.Span)
            : ElfProofIdentity.Expected(_before.Symbols[before], wanted, _sections).Equals(ElfProofIdentity.Of(_after.Symbols[after]))
                && HasName((int)ElfWords.Word(entry, _isBig), (int)ElfWords.Word(newEntry, _isBig), wanted.NewName.Span);
    }

    private readonly bool HasName(int before, int after, ReadOnlySpan<byte> newName)
    {
        ReadOnlySpan<byte> found = after < _newNames.Length ? _newNames[after..] : "\0"u8;
        if (!newName.IsEmpty)
        {
            return found.Length > newName.Length && found[newName.Length] == 0 && found.StartsWith(newName);
        }

        ReadOnlySpan<byte> expected = before < _names.Length ? _names[before..] : "\0"u8;
        return found.StartsWith(expected[..(expected.IndexOf((byte)0) + 1)]);
    }

    private readonly bool IsLocal(int index) => _entries[(index * _size) + (_size == 24 ? 4 : 12)] < 0x10; // st_info

    private static ReadOnlySpan<byte> Entries(ElfFile file, out ReadOnlySpan<byte> names)
    {
        int table = file.Symbols.SectionIndex;
        names = table < 0 ? [] : file.Contents((int)file.SectionSpan[table].Link).Span;
        return table < 0 ? [] : file.Contents(table).Span;
    }
}
