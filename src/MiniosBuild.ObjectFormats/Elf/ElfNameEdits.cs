namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The changes to names and bindings of one object, checked, and the edits of its symbol and string tables.</summary>
internal sealed class ElfNameEdits : IDisposable
{
    private readonly ElfFile _file;
    private readonly ElfAddedNames? _added;
    private readonly bool _renames;
    private readonly bool _localises;

    /// <exception cref="ObjectFormatException">MINIOS2012 to 2014.</exception>
    public ElfNameEdits(ElfFile file, ReadOnlySpan<ElfSymbolChange> changes)
    {
        _file = file;
        if (changes.IsEmpty)
        {
            return;
        }

        long size = 0;
        foreach (ref readonly ElfSymbolChange change in changes)
        {
            size += change.NewName.Length;
        }

        _added = new ElfAddedNames(changes.Length, size);
        ElfSharedSections? shared = null;
        ElfNamedChange[] named = new ElfNamedChange[changes.Length];
        int count = 0;
        int previous = -1;
        foreach (ref readonly ElfSymbolChange change in changes)
        {
            if (change.Index <= previous || change.Index >= file.Symbols.Count)
            {
                throw new ArgumentException("the changes are not sorted by index, or one is of a symbol that the file does not have", nameof(changes));
            }

            previous = change.Index;
            ElfSymbol symbol = file.Symbols[change.Index];
            ReadOnlyMemory<byte> name = change.NewName;
            bool isRenamed = !name.IsEmpty && !symbol.NameBytes.SequenceEqual(name.Span);
            bool becomesLocal = change.MakeLocal && symbol.IsGlobal;
            if (becomesLocal)
            {
                ElfChangeRules.RequireLocalisable(file, symbol, shared ??= new ElfSharedSections(file));
                _localises = true;
            }

            int offset = -1;
            if (isRenamed)
            {
                ElfChangeRules.RequireRenamable(file, symbol, name.Span);
                int owner = _added.Add(name.Span, becomesLocal ? 0 : change.Index, out offset);
                if (owner != 0)
                {
                    throw ElfChangeRules.NameTaken(file, change.Index, owner, name.Span);
                }

                _renames = true;
            }

            if (isRenamed || becomesLocal)
            {
                named[count++] = new ElfNamedChange(change.Index, offset, becomesLocal);
            }
        }

        Changes = count == named.Length ? named : named[..count];
    }

    public void Dispose() => _added?.Dispose();

    /// <summary>What changes something, sorted by symbol.</summary>
    public ElfNamedChange[] Changes { get; } = [];

    /// <summary>The new order of symbols; null if none becomes local.</summary>
    public ElfSymbolOrder? Order { get; private set; }

    /// <summary>Adds the edits of the symbol table, its string table and the section name table.</summary>
    /// <returns>The edit of the section name table; null if it stays as it is.</returns>
    public ElfStringEdit? AddTables(List<ElfEdit> edits, bool addSectionName)
    {
        ReadOnlySpan<ElfSection> sections = _file.SectionSpan;
        int nameTable = _file.NameTableIndex;
        int strings = _renames ? (int)sections[_file.Symbols.SectionIndex].Link : -1;
        ReadOnlyMemory<byte> sectionName = addSectionName ? ElfPassNote.SectionName.ToArray() : default;
        if (addSectionName)
        {
            RequireSectionNames(_file);
        }

        bool isShared = strings == nameTable; // as LLVM writes it
        ElfStringEdit? symbolNames = null;
        if (_renames)
        {
            symbolNames = new ElfStringEdit(sections[strings], DroppedNames(strings, isShared), _added, isShared ? sectionName : default);
            edits.Add(symbolNames);
        }

        ElfStringEdit? sectionNames = isShared ? symbolNames : null;
        if (addSectionName && !isShared)
        {
            sectionNames = new ElfStringEdit(sections[nameTable], dropped: null, added: null, sectionName);
            edits.Add(sectionNames);
        }

        if (Changes.Length > 0)
        {
            ref readonly ElfSection table = ref sections[_file.Symbols.SectionIndex];
            Order = _localises ? ElfSymbolOrder.Of(Symbols(), Changes) : null;
            edits.Add(new ElfSymbolEdit(table, _file.Format, symbolNames, Changes, Order));
        }

        return sectionNames;
    }

    /// <summary>Refuses to add a section where sections have no names.</summary>
    public static void RequireSectionNames(ElfFile file)
    {
        if (file.SectionSpan.IsEmpty || !file.SectionSpan[file.NameTableIndex].HasContents)
        {
            throw new ObjectFormatException(ObjectCodes.FixedLayout, file.Format.Is64 ? 62 : 50,
                "the file has no names of sections, so that none can be added; make the object again");
        }
    }

    private ElfSymbolFields Symbols() => new(_file.Contents(_file.Symbols.SectionIndex).Span, _file.Format);

    /// <summary>The old names that nothing refers to any more; null if that cannot be known.</summary>
    private ElfDroppedNames? DroppedNames(int strings, bool isShared)
    {
        ElfDroppedNames? dropped = HasOtherUsers(strings) ? null : new ElfDroppedNames(_file.Contents(strings));
        ElfSymbolFields symbols = Symbols();
        if (dropped is not null)
        {
            foreach (ref readonly ElfNamedChange change in Changes.AsSpan())
            {
                if (change.IsRenamed)
                {
                    dropped.Drop(symbols.Name(change.Symbol));
                }
            }
        }

        ReadKeptNames(symbols, dropped, _file.Contents(strings).Span);
        if (dropped is not null && isShared)
        {
            foreach (ref readonly ElfSection section in _file.SectionSpan)
            {
                dropped.Keep(section.NameOffset);
            }
        }

        dropped?.Count();
        return dropped;
    }

    /// <summary>Keeps the names of all symbols that are not renamed, and refuses new names that one of them has.</summary>
    private void ReadKeptNames(ElfSymbolFields symbols, ElfDroppedNames? dropped, ReadOnlySpan<byte> strings)
    {
        int change = 0;
        for (int index = 0; index < symbols.Count; index++)
        {
            bool becomesLocal = false;
            if (change < Changes.Length && Changes[change].Symbol == index)
            {
                ref readonly ElfNamedChange named = ref Changes[change++];
                if (named.IsRenamed)
                {
                    continue;
                }

                becomesLocal = named.BecomesLocal;
            }

            uint name = symbols.Name(index);
            dropped?.Keep(name);
            if (!becomesLocal && !symbols.IsLocal(index) && _added!.OwnerOf(strings[(int)name..]) is var owner and not 0)
            {
                throw ElfChangeRules.NameTaken(_file, owner, index, _file.Symbols[index].NameBytes);
            }
        }
    }

    /// <summary>Whether another section than the symbol table takes names from that string table.</summary>
    private bool HasOtherUsers(int strings)
    {
        foreach (ref readonly ElfSection section in _file.SectionSpan)
        {
            if (section.Link == (uint)strings && section.Index != _file.Symbols.SectionIndex)
            {
                return true;
            }
        }

        return false;
    }
}
