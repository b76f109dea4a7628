using System.Buffers.Binary;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Reads and checks the tables that the ELF header and the section headers lead to; lives only while a file is parsed.</summary>
internal sealed class ElfTables(ReadOnlyMemory<byte> data, ElfHeader header)
{
    private const ushort CountElsewhere = 0; // e_shnum when there are SHN_LORESERVE sections or more
    private const ushort NameTableElsewhere = 0xffff; // SHN_XINDEX in e_shstrndx
    private const ushort SegmentCountElsewhere = 0xffff; // PN_XNUM in e_phnum
    private const uint Comdat = 1; // GRP_COMDAT

    private readonly ElfFormat _format = header.Format;
    private readonly List<int> _groups = [];
    private ElfSection[] _sections = [];
    private int _symbols = -1;
    private int _dynamicSymbols = -1;

    // Offsets of fields of the ELF header, for the messages.
    private long ProgramHeaderOffsetField => _format.Is64 ? 32 : 28;

    private long SectionHeaderOffsetField => _format.Is64 ? 40 : 32;

    private long ProgramHeaderEntrySizeField => _format.Is64 ? 54 : 42;

    private long SectionHeaderEntrySizeField => _format.Is64 ? 58 : 46;

    private long SectionHeaderCountField => _format.Is64 ? 60 : 48;

    private long SectionNameTableField => _format.Is64 ? 62 : 50;

    public ElfSection[] ReadSections()
    {
        if (header.SectionHeaderOffset == 0)
        {
            if (header.SectionHeaderCount != 0)
            {
                throw ElfDamage.At(ObjectCodes.HeaderCounts, SectionHeaderCountField,
                    $"e_shoff is 0, so there should be no sections, but e_shnum is {header.SectionHeaderCount}");
            }

            return [];
        }

        int size = _format.SectionHeaderSize;
        if (header.SectionHeaderEntrySize != size)
        {
            throw ElfDamage.At(ObjectCodes.EntrySize, SectionHeaderEntrySizeField,
                $"e_shentsize is {header.SectionHeaderEntrySize}, expected {size}");
        }

        ElfSectionHeader first = ElfSectionHeader.Read(
            Slice(header.SectionHeaderOffset, (ulong)size, SectionHeaderOffsetField, "section header 0").Span, _format);
        // gABI, ELF Header: counts and indices that do not fit are in section header 0.
        ulong count = header.SectionHeaderCount == CountElsewhere ? first.Size : header.SectionHeaderCount;
        uint nameTable = header.SectionNameTable == NameTableElsewhere ? first.Link : header.SectionNameTable;
        if (count == 0)
        {
            throw ElfDamage.At(ObjectCodes.HeaderCounts, SectionHeaderCountField,
                "e_shoff names a section header table, but e_shnum and sh_size of section 0 are 0");
        }

        ReadOnlySpan<byte> table = Table(header.SectionHeaderOffset, count, size, SectionHeaderOffsetField, "the section header table").Span;
        _sections = new ElfSection[(int)count];
        ElfStringTable? names = ReadNames(table, nameTable);
        for (int index = 0; index < _sections.Length; index++)
        {
            ElfSectionHeader section = ElfSectionHeader.Read(table.Slice(index * size, size), _format);
            if (names is not null && !names.Holds(section.Name))
            {
                throw ElfDamage.At(ObjectCodes.NameOutside, HeaderAt(index),
                    $"sh_name of section {index} is 0x{section.Name:x}, but the section name table has 0x{names.Size:x} bytes");
            }

            CheckSection(index, section);
            _sections[index] = new ElfSection(index, section, names ?? ElfStringTable.Empty);
        }

        return _sections;
    }

    public ElfSegment[] ReadSegments()
    {
        if (header.ProgramHeaderCount == 0)
        {
            return [];
        }

        int size = _format.ProgramHeaderSize;
        if (header.ProgramHeaderEntrySize != size)
        {
            throw ElfDamage.At(ObjectCodes.EntrySize, ProgramHeaderEntrySizeField,
                $"e_phentsize is {header.ProgramHeaderEntrySize}, expected {size}");
        }

        bool elsewhere = header.ProgramHeaderCount == SegmentCountElsewhere && _sections.Length > 0;
        uint count = elsewhere ? _sections[0].Info : header.ProgramHeaderCount;
        ReadOnlySpan<byte> table = Table(header.ProgramHeaderOffset, count, size, ProgramHeaderOffsetField, "the program header table").Span;
        ElfSegment[] segments = new ElfSegment[(int)count];
        for (int index = 0; index < segments.Length; index++)
        {
            segments[index] = ElfSegment.Read(table.Slice(index * size, size), _format);
            _ = Slice(segments[index].Offset, segments[index].FileSize,
                (long)header.ProgramHeaderOffset + ((long)index * size), $"segment {index}");
        }

        return segments;
    }

    public ElfSymbolTable ReadSymbols() => ReadSymbols(_symbols);

    public ElfSymbolTable ReadDynamicSymbols() => ReadSymbols(_dynamicSymbols);

    public ElfSectionGroup[] ReadGroups(ElfSymbolTable symbols)
    {
        if (_groups.Count == 0)
        {
            return [];
        }

        ElfSectionGroup[] groups = new ElfSectionGroup[_groups.Count];
        // A section is a member of one group at most, which also bounds the work on a hostile file.
        int[] groupOf = new int[_sections.Length];
        for (int number = 0; number < groups.Length; number++)
        {
            int index = _groups[number];
            ElfSection section = _sections[index];
            ReadOnlySpan<byte> words = Contents(section).Span;
            if (words.IsEmpty)
            {
                throw ElfDamage.At(ObjectCodes.SectionGroup, HeaderAt(index),
                    $"section {index} is a group without its flag word");
            }

            if (section.Link != (uint)symbols.SectionIndex || section.Info >= (uint)symbols.Count)
            {
                throw ElfDamage.At(ObjectCodes.SymbolIndex, HeaderAt(index),
                    $"the signature of group section {index} is symbol {section.Info} of section {section.Link}, but the symbol table is section {symbols.SectionIndex} with {symbols.Count} symbols");
            }

            int[] members = new int[(words.Length / sizeof(uint)) - 1];
            for (int position = 0; position < members.Length; position++)
            {
                members[position] = ReadMember(section, words, position + 1, groupOf);
            }

            groups[number] = new ElfSectionGroup(index, (int)section.Info, (Word(words) & Comdat) != 0, members);
        }

        return groups;
    }

    private int ReadMember(ElfSection group, ReadOnlySpan<byte> words, int position, int[] groupOf)
    {
        uint member = Word(words[(position * sizeof(uint))..]);
        long at = (long)group.Offset + (position * sizeof(uint));
        if (member == 0 || member >= (uint)_sections.Length)
        {
            throw ElfDamage.At(ObjectCodes.SectionIndex, at,
                $"group section {group.Index} has the member {member}, but sections go from 1 to {_sections.Length - 1}");
        }

        if (groupOf[member] != 0)
        {
            throw ElfDamage.At(ObjectCodes.SectionGroup, at,
                $"section {member} is a member of the groups {groupOf[member]} and {group.Index}, expected one");
        }

        groupOf[member] = group.Index;
        return (int)member;
    }

    /// <summary>Checks what needs no other section, and notes the sections that are read later.</summary>
    private void CheckSection(int index, in ElfSectionHeader section)
    {
        if (section.HasContents)
        {
            CheckContents(index, section);
        }

        switch (section.Type)
        {
            case ElfSectionType.SymbolTable:
                CheckEntries(index, section, _format.SymbolSize);
                _symbols = Only(_symbols, index);
                break;
            case ElfSectionType.DynamicSymbolTable:
                CheckEntries(index, section, _format.SymbolSize);
                _dynamicSymbols = Only(_dynamicSymbols, index);
                break;
            case ElfSectionType.Rela:
                CheckEntries(index, section, _format.RelaSize);
                break;
            case ElfSectionType.Rel:
                CheckEntries(index, section, _format.RelSize);
                break;
            case ElfSectionType.Group:
                CheckEntries(index, section, sizeof(uint));
                _groups.Add(index);
                break;
        }
    }

    private int Only(int previous, int index) => previous < 0 ? index
        // gABI, Sections: an object file may have only one section of each of these types.
        : throw ElfDamage.At(ObjectCodes.SymbolTable, HeaderAt(index),
            $"sections {previous} and {index} are symbol tables of the same type, expected one at most");

    private void CheckEntries(int index, in ElfSectionHeader section, int size)
    {
        if (section.EntrySize != (ulong)size || section.Size % (ulong)size != 0)
        {
            throw ElfDamage.At(ObjectCodes.EntrySize, HeaderAt(index),
                $"section {index} of type {(uint)section.Type} has sh_entsize {section.EntrySize} and sh_size {section.Size}, expected entries of {size} bytes");
        }
    }

    private void CheckContents(int index, in ElfSectionHeader section)
    {
        if (!ByteBounds.Contains(data.Length, section.Offset, section.Size))
        {
            _ = Slice(section.Offset, section.Size, HeaderAt(index), $"section {index}");
        }
    }

    private ElfSymbolTable ReadSymbols(int index)
    {
        if (index < 0)
        {
            return ElfSymbolTable.Empty;
        }

        ElfSection section = _sections[index];
        uint strings = section.Link;
        if (strings == 0 || strings >= (uint)_sections.Length)
        {
            throw ElfDamage.At(ObjectCodes.SectionIndex, HeaderAt(index),
                $"sh_link of section {index} is {strings}, expected a string table among sections 1 to {_sections.Length - 1}");
        }

        ElfStringTable names = ReadStrings(_sections[strings], HeaderAt(index), $"sh_link of section {index}");
        ElfSymbolTable symbols = new(_format, header.Machine, Contents(section), ExtendedIndices(index), names, index);
        symbols.Validate(section.Offset, _sections.Length);
        return symbols;
    }

    private ReadOnlyMemory<byte> ExtendedIndices(int symbolTable)
    {
        foreach (ref readonly ElfSection section in _sections.AsSpan())
        {
            if (section.Type == ElfSectionType.SymbolTableSectionIndices && section.Link == (uint)symbolTable)
            {
                return Contents(section);
            }
        }

        return default;
    }

    private ElfStringTable? ReadNames(ReadOnlySpan<byte> table, uint index)
    {
        if (index == 0)
        {
            return null; // SHN_UNDEF: sections have no names
        }

        if (index >= (uint)_sections.Length)
        {
            throw ElfDamage.At(ObjectCodes.SectionIndex, SectionNameTableField,
                $"the section name table is section {index}, but there are {_sections.Length} sections");
        }

        int size = _format.SectionHeaderSize;
        ElfSectionHeader section = ElfSectionHeader.Read(table.Slice((int)index * size, size), _format);
        if (section.HasContents)
        {
            CheckContents((int)index, section);
        }

        return ReadStrings(new ElfSection((int)index, section, ElfStringTable.Empty), SectionNameTableField, "e_shstrndx");
    }

    private ElfStringTable ReadStrings(in ElfSection section, long where, string field)
    {
        if (section.Type != ElfSectionType.StringTable)
        {
            throw ElfDamage.At(ObjectCodes.NameOutside, where,
                $"{field} names section {section.Index} of type {(uint)section.Type}, expected a string table (type 3)");
        }

        return ElfStringTable.Read(Contents(section), (long)section.Offset, section.Index);
    }

    /// <summary>The bytes of a section that has been checked.</summary>
    private ReadOnlyMemory<byte> Contents(in ElfSection section) =>
        section.HasContents ? data.Slice((int)section.Offset, (int)section.Size) : default;

    private ReadOnlyMemory<byte> Table(ulong offset, ulong count, int size, long where, string what) =>
        // The count may be as large as 2^64 - 1: clamp it to one that is too large for any data before multiplying.
        Slice(offset, Math.Min(count, int.MaxValue) * (ulong)size, where, what);

    private ReadOnlyMemory<byte> Slice(ulong offset, ulong size, long where, string what) =>
        ByteBounds.Slice(data, offset, size, ObjectCodes.Truncated, where, what);

    private long HeaderAt(int index) => (long)header.SectionHeaderOffset + ((long)index * _format.SectionHeaderSize);

    private uint Word(ReadOnlySpan<byte> field) =>
        _format.IsBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);
}
