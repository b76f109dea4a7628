namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>Which section is which before and after a pass, and that each is the same.</summary>
internal sealed class ElfProofSections
{
    private const int Gone = -1;

    private readonly ElfFile _before;
    private readonly ElfFile _after;
    private readonly int[] _afterOf;
    private readonly bool _dropsMarks;
    private bool? _keepsNames;

    public ElfProofSections(ElfFile before, ElfFile after, bool dropsMarks)
    {
        _dropsMarks = dropsMarks && before.SectionSpan.ToArray().Any(section => ElfExportMarks.IsMarks(section));
        _before = before;
        _after = after;
        _afterOf = new int[before.Sections.Count];
    }

    /// <summary>Whether every section has the number that it had.</summary>
    public bool AreInPlace { get; private set; } = true;

    /// <summary>The section after the pass that was <paramref name="index"/> before; -1 for a table that need not be there any more.</summary>
    public int AfterOf(int index) => _afterOf[index];

    /// <summary>
    /// Pairs the sections in their order. Relocations and groups are paired by what they belong to, since GNU tools write groups
    /// first and relocations behind their section, wherever they were.
    /// </summary>
    public void Match()
    {
        if (_afterOf.Length == 0)
        {
            return;
        }

        if (_dropsMarks)
        {
            RequireUnused();
        }
        else if (MatchInPlace())
        {
            return;
        }

        Array.Fill(_afterOf, Gone);
        _afterOf[0] = 0;
        MatchTables();
        if (_dropsMarks)
        {
            // The marks may have left an inactive header; marks that are there after the pass are one section too many.
            MatchInOrder((file, section) => IsActive(file, section) && !ElfExportMarks.IsMarks(section), IsActive);
        }
        else
        {
            MatchInOrder(IsOrdinary, IsOrdinary);
        }

        MatchRelocations();
        MatchGroups();
        for (int index = 0; index < _afterOf.Length; index++)
        {
            AreInPlace &= _afterOf[index] == index || _afterOf[index] == Gone;
        }
    }

    /// <summary>Requires equal contents, once the symbols are paired too.</summary>
    public void RequireContents(ElfProofSymbols symbols)
    {
        foreach (ref readonly ElfSection section in _before.SectionSpan)
        {
            int after = _afterOf[section.Index];
            if (after == Gone || section.Index == 0 || section.Type == ElfSectionType.SymbolTableSectionIndices
                || IsNameOrSymbolTable(_before, section) || IsPassNote(section))
            {
                continue;
            }

            if (!AreInPlace || !HasSameHeader(section.Index))
            {
                RequireFields(section, _after.SectionSpan[after]);
            }

            if (section.Type == ElfSectionType.Group)
            {
                continue; // ElfProofGroups compares their members
            }

            if (section.Link != (uint)_before.Symbols.SectionIndex
                || !ElfProofReferences.Require(_before, _after, section, _after.SectionSpan[after], symbols))
            {
                RequireBytes(section.Index, after);
            }
        }

        RequireSharedNames();
    }

    /// <summary>Takes each section for the one of the same number, if nothing speaks against it and only a note comes behind.</summary>
    private bool MatchInPlace()
    {
        int more = _after.SectionSpan.Length - _afterOf.Length;
        if (more is < 0 or > 1 || (more == 1 && !(IsPassNote(_after.SectionSpan[^1]) && ElfPassNote.Find(_before) < 0))
            || _before.Symbols.SectionIndex != _after.Symbols.SectionIndex || _before.NameTableIndex != _after.NameTableIndex
            || _before.Symbols.Count > _after.Symbols.Count)
        {
            return false;
        }

        for (int index = 1; index < _afterOf.Length; index++)
        {
            ref readonly ElfSection before = ref _before.SectionSpan[index];
            ref readonly ElfSection after = ref _after.SectionSpan[index];
            if (before.Type != after.Type || before.Link != after.Link
                || (before.Info != after.Info && before.Type is ElfSectionType.Rel or ElfSectionType.Rela) || !HasSameName(before, after))
            {
                return false;
            }

            _afterOf[index] = index;
        }

        return true;
    }

    private bool HasSameName(in ElfSection before, in ElfSection after)
    {
        // Where names were only added to the table, a name that is where it was is what it was.
        _keepsNames ??= _after.Contents(_after.NameTableIndex).Span.StartsWith(_before.Contents(_before.NameTableIndex).Span);
        return (_keepsNames.Value && before.NameOffset == after.NameOffset) || before.NameBytes.SequenceEqual(after.NameBytes);
    }

    /// <summary>Whether a section that is in its place has the same header, but for where its name and its contents are.</summary>
    private bool HasSameHeader(int index)
    {
        bool is64 = _before.Class == ElfClass.Elf64;
        int size = is64 ? 64 : 40;
        int offset = is64 ? 24 : 16; // sh_offset
        int end = is64 ? 32 : 20;
        ReadOnlySpan<byte> header = _before.Data.Span.Slice((int)_before.Header.SectionHeaderOffset + (index * size), size);
        ReadOnlySpan<byte> newHeader = _after.Data.Span.Slice((int)_after.Header.SectionHeaderOffset + (index * size), size);
        return header[4..offset].SequenceEqual(newHeader[4..offset]) && header[end..].SequenceEqual(newHeader[end..])
            && HasSameName(_before.SectionSpan[index], _after.SectionSpan[index]);
    }

    private void MatchTables()
    {
        Pair(_before.Symbols.SectionIndex, _after.Symbols.SectionIndex);
        if (_before.Symbols.SectionIndex > 0 && _after.Symbols.SectionIndex > 0)
        {
            Pair((int)_before.SectionSpan[_before.Symbols.SectionIndex].Link, (int)_after.SectionSpan[_after.Symbols.SectionIndex].Link);
        }
        else if (_before.Symbols.Count > 1 || _after.Symbols.Count > 1)
        {
            throw ElfProof.Failed(ObjectCodes.SectionChanged, 0, $"there are {_after.Symbols.Count} symbols, expected {_before.Symbols.Count}");
        }

        Pair(_before.NameTableIndex, _after.NameTableIndex);
        Pair(ElfPassNote.Find(_before), ElfPassNote.Find(_after));
    }

    private void Pair(int before, int after)
    {
        if (before > 0 && after > 0 && _afterOf[before] == Gone)
        {
            _afterOf[before] = after;
        }
    }

    private void MatchInOrder(Func<ElfFile, ElfSection, bool> isMeant, Func<ElfFile, ElfSection, bool> isMeantAfter)
    {
        int next = 1;
        foreach (ref readonly ElfSection section in _before.SectionSpan)
        {
            if (section.Index == 0 || !isMeant(_before, section))
            {
                continue;
            }

            next = Next(_after, next, isMeantAfter);
            if (next == _after.Sections.Count)
            {
                throw ElfProof.Failed(ObjectCodes.SectionChanged, 0, $"section {section.Index} ({section.Name}) is missing");
            }

            _afterOf[section.Index] = next++;
        }

        next = Next(_after, next, isMeantAfter);
        if (next < _after.Sections.Count)
        {
            throw ElfProof.Failed(ObjectCodes.SectionChanged, _after.SectionSpan[next].Offset,
                $"section {next} ({_after.SectionSpan[next].Name}) was not there before");
        }
    }

    private static int Next(ElfFile file, int index, Func<ElfFile, ElfSection, bool> isMeant)
    {
        while (index < file.Sections.Count && !isMeant(file, file.SectionSpan[index]))
        {
            index++;
        }

        return index;
    }

    private void MatchRelocations()
    {
        bool[] isTarget = new bool[_after.Sections.Count];
        foreach (int target in _afterOf)
        {
            if (target > 0)
            {
                isTarget[target] = true;
            }
        }

        // The first of a target's relocation sections, and for each the next one of the same target. Those that are for no section
        // that is known come under 0, in their order.
        int[] first = new int[isTarget.Length];
        int[] others = new int[isTarget.Length];
        for (int index = isTarget.Length - 1; index > 0; index--)
        {
            ref readonly ElfSection section = ref _after.SectionSpan[index];
            if (IsRelocations(_after, section))
            {
                uint target = section.Info < (uint)first.Length && isTarget[section.Info] ? section.Info : 0;
                others[index] = first[target];
                first[target] = index;
            }
        }

        foreach (ref readonly ElfSection section in _before.SectionSpan)
        {
            if (!IsRelocations(_before, section))
            {
                continue;
            }

            int target = section.Info < (uint)_afterOf.Length && !IsRelocations(_before, _before.SectionSpan[(int)section.Info])
                ? Math.Max(_afterOf[section.Info], 0) : 0;
            int found = first[target];
            if (found != 0)
            {
                _afterOf[section.Index] = found;
                first[target] = others[found];
            }
            else if (section.Size != 0)
            {
                throw ElfProof.Failed(ObjectCodes.SectionChanged, 0, $"relocation section {section.Index} ({section.Name}) is missing");
            }
        }

        for (int target = 0; target < first.Length; target++)
        {
            if (first[target] != 0)
            {
                ref readonly ElfSection section = ref _after.SectionSpan[first[target]];
                throw ElfProof.Failed(ObjectCodes.SectionChanged, section.Offset, $"relocation section {section.Index} ({section.Name}) was not there before");
            }
        }
    }

    private void MatchGroups()
    {
        if (_before.Groups.Count == 0 && _after.Groups.Count == 0)
        {
            return;
        }

        int[] groupOf = new int[_after.Sections.Count];
        foreach (ElfSectionGroup group in _after.Groups)
        {
            foreach (int member in group.Members)
            {
                groupOf[member] = group.SectionIndex;
            }
        }

        int paired = 0;
        foreach (ElfSectionGroup group in _before.Groups)
        {
            int member = group.Members.Count == 0 ? Gone : _afterOf[group.Members[0]];
            int after = member == Gone ? 0 : groupOf[member];
            if (after == 0 && group.Members.Count != 0)
            {
                throw ElfProof.Failed(ObjectCodes.SectionChanged, 0, $"the group in section {group.SectionIndex} is missing");
            }

            if (after != 0)
            {
                _afterOf[group.SectionIndex] = after;
                paired++;
            }
        }

        foreach (ElfSectionGroup group in _after.Groups)
        {
            paired -= group.Members.Count == 0 ? 0 : 1;
        }

        if (paired != 0)
        {
            throw ElfProof.Failed(ObjectCodes.SectionChanged, 0, $"there are {_after.Groups.Count} section groups, expected {_before.Groups.Count}");
        }
    }

    private void RequireFields(in ElfSection before, in ElfSection after)
    {
        if (!HasSameName(before, after))
        {
            throw Differs(after, "its name", before.Name, after.Name);
        }

        bool isTable = IsRelocations(_before, before);
        bool isGroup = before.Type == ElfSectionType.Group;
        // An alignment of 0 is one of 1; GNU tools give relocation tables the flag and the alignment that they should have.
        ElfSectionFlags ignored = isTable ? ElfSectionFlags.InfoLink : 0;
        Require(after, "sh_type", (uint)before.Type, (uint)after.Type);
        Require(after, "sh_flags", (ulong)(before.Flags & ~ignored), (ulong)(after.Flags & ~ignored));
        Require(after, "sh_addr", before.Address, after.Address);
        Require(after, "sh_size", before.Size, after.Size, isGroup || before.Type == ElfSectionType.LlvmAddressSignificance);
        Require(after, "sh_addralign", Math.Max(before.Alignment, 1), Math.Max(after.Alignment, 1), isTable);
        Require(after, "sh_entsize", before.EntrySize, after.EntrySize);
        RequireLink(before, after);
        bool isSection = isTable || (before.Flags & ElfSectionFlags.InfoLink) != 0;
        Require(after, "sh_info", isSection ? Section(before.Info) : before.Info, after.Info, isGroup);
    }

    private void RequireLink(in ElfSection before, in ElfSection after)
    {
        // What GNU tools do not keep up to date they unlink from the symbol table, which makes it void.
        bool isVoid = after.Link == 0 && ElfProofReferences.MayBeVoid(before);
        Require(after, "sh_link", Section(before.Link), after.Link, isVoid);
    }

    private ulong Section(uint before)
    {
        int after = before < (uint)_afterOf.Length ? _afterOf[before] : Gone;
        return after == Gone ? before : (ulong)after;
    }

    private void RequireBytes(int before, int after)
    {
        ReadOnlySpan<byte> expected = _before.Contents(before).Span;
        ReadOnlySpan<byte> found = _after.Contents(after).Span;
        if (!expected.SequenceEqual(found))
        {
            int at = expected.CommonPrefixLength(found);
            ref readonly ElfSection section = ref _after.SectionSpan[after];
            throw ElfProof.Failed(ObjectCodes.SectionChanged, section.Offset + (ulong)at,
                $"section {after} ({section.Name}) differs from byte 0x{at:x} on: {Byte(found, at)}, expected {Byte(expected, at)}");
        }
    }

    /// <summary>Another section may take names from the symbols' string table; then they have to be where they were.</summary>
    private void RequireSharedNames()
    {
        int symbols = _before.Symbols.SectionIndex;
        uint names = symbols < 0 || _afterOf[symbols] == Gone ? 0 : _before.SectionSpan[symbols].Link;
        foreach (ref readonly ElfSection section in _before.SectionSpan)
        {
            if (names != 0 && section.Link == names && section.Index != symbols
                && !_after.Contents(_afterOf[names]).Span.StartsWith(_before.Contents((int)names).Span))
            {
                throw ElfProof.Failed(ObjectCodes.SectionChanged, _after.SectionSpan[_afterOf[names]].Offset,
                    $"section {section.Index} ({section.Name}) takes names from the string table of the symbols, which are not where they were");
            }
        }
    }

    /// <summary>Nothing that stays may lie in the marks or point at them.</summary>
    private void RequireUnused()
    {
        foreach (ElfSymbol symbol in _before.Symbols)
        {
            if (IsInMarks(symbol) && symbol.Type != ElfSymbolType.Section)
            {
                throw ElfProof.Failed(ObjectCodes.SymbolChanged, 0, $"symbol {symbol.Index} ({symbol.Name}) lies in a section that was taken away");
            }
        }

        foreach (ref readonly ElfSection section in _before.SectionSpan)
        {
            if (!IsRelocations(_before, section))
            {
                continue;
            }

            foreach (ElfRelocation relocation in _before.Relocations(section.Index))
            {
                if (IsInMarks(_before.Symbols[relocation.SymbolIndex]))
                {
                    throw ElfProof.Failed(ObjectCodes.ReferenceChanged, section.Offset, $"section {section.Index} ({section.Name}) refers to a section that was taken away");
                }
            }
        }
    }

    private bool IsInMarks(in ElfSymbol symbol) =>
        symbol.Placement == ElfSymbolPlacement.Section && ElfExportMarks.IsMarks(_before.SectionSpan[(int)symbol.SectionIndex]);

    private static bool IsActive(ElfFile file, ElfSection section) => IsOrdinary(file, section) && section.Type != ElfSectionType.Null;

    private static bool IsOrdinary(ElfFile file, ElfSection section) =>
        section.Type is not (ElfSectionType.Group or ElfSectionType.SymbolTableSectionIndices)
        && !IsRelocations(file, section) && !IsNameOrSymbolTable(file, section)
        && !IsPassNote(section);

    private static bool IsPassNote(in ElfSection section) =>
        section.Type == ElfSectionType.Note && section.NameBytes.SequenceEqual(".note.minios"u8);

    private static bool IsRelocations(ElfFile file, in ElfSection section) =>
        section.Type is ElfSectionType.Rel or ElfSectionType.Rela && section.Link == (uint)file.Symbols.SectionIndex;

    private static bool IsNameOrSymbolTable(ElfFile file, in ElfSection section) =>
        section.Index == file.Symbols.SectionIndex || section.Index == file.NameTableIndex
        || (file.Symbols.SectionIndex > 0 && section.Index == (int)file.SectionSpan[file.Symbols.SectionIndex].Link);

    private static void Require(in ElfSection section, string field, ulong expected, ulong found, bool mayDiffer = false)
    {
        if (expected != found && !mayDiffer)
        {
            throw Differs(section, field, $"0x{expected:x}", $"0x{found:x}");
        }
    }

    private static ObjectFormatException Differs(in ElfSection section, string field, string expected, string found) => ElfProof.Failed(
        ObjectCodes.SectionChanged, section.Offset, $"{field} of section {section.Index} ({section.Name}) is {found}, expected {expected}");

    private static string Byte(ReadOnlySpan<byte> bytes, int at) => at < bytes.Length ? $"0x{bytes[at]:x2}" : "the end";
}
