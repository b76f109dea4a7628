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
    private ElfSectionHeader[] _headers = [];

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
                throw new ObjectFormatException("MINIOS2010", SectionHeaderCountField,
                    $"e_shoff is 0, so there should be no sections, but e_shnum is {header.SectionHeaderCount}; the file is damaged: make it again");
            }

            return [];
        }

        int size = _format.SectionHeaderSize;
        if (header.SectionHeaderEntrySize != size)
        {
            throw new ObjectFormatException("MINIOS2004", SectionHeaderEntrySizeField,
                $"e_shentsize is {header.SectionHeaderEntrySize}, expected {size}; the file is damaged: make it again");
        }

        ElfSectionHeader first = ElfSectionHeader.Read(
            Slice(header.SectionHeaderOffset, (ulong)size, SectionHeaderOffsetField, "section header 0").Span, _format);
        // gABI, ELF Header: counts and indices that do not fit are in section header 0.
        ulong count = header.SectionHeaderCount == CountElsewhere ? first.Size : header.SectionHeaderCount;
        if (count == 0)
        {
            throw new ObjectFormatException("MINIOS2010", SectionHeaderCountField,
                "e_shoff names a section header table, but e_shnum and sh_size of section 0 are 0; the file is damaged: make it again");
        }

        ReadOnlySpan<byte> table = Table(header.SectionHeaderOffset, count, size, SectionHeaderOffsetField, "the section header table").Span;
        _headers = new ElfSectionHeader[(int)count];
        for (int index = 0; index < _headers.Length; index++)
        {
            _headers[index] = ElfSectionHeader.Read(table.Slice(index * size, size), _format);
        }

        CheckContents();
        ElfStringTable names = ReadNames(header.SectionNameTable == NameTableElsewhere ? first.Link : header.SectionNameTable);
        ElfSection[] sections = new ElfSection[_headers.Length];
        for (int index = 0; index < sections.Length; index++)
        {
            if (!names.Holds(_headers[index].Name) && names != ElfStringTable.Empty)
            {
                throw new ObjectFormatException("MINIOS2006", HeaderAt(index),
                    $"sh_name of section {index} is 0x{_headers[index].Name:x}, but the section name table has 0x{names.Size:x} bytes; the file is damaged: make it again");
            }

            sections[index] = new ElfSection(index, _headers[index], names);
        }

        return sections;
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
            throw new ObjectFormatException("MINIOS2004", ProgramHeaderEntrySizeField,
                $"e_phentsize is {header.ProgramHeaderEntrySize}, expected {size}; the file is damaged: make it again");
        }

        bool elsewhere = header.ProgramHeaderCount == SegmentCountElsewhere && _headers.Length > 0;
        uint count = elsewhere ? _headers[0].Info : header.ProgramHeaderCount;
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

    /// <summary>The one table of that type; empty when the file has none.</summary>
    public ElfSymbolTable ReadSymbols(ElfSectionType type)
    {
        int found = -1;
        int extended = -1;
        for (int index = 0; index < _headers.Length; index++)
        {
            if (_headers[index].Type == type)
            {
                if (found >= 0)
                {
                    // gABI, Sections: an object file may have only one section of each type.
                    throw new ObjectFormatException("MINIOS2007", HeaderAt(index),
                        $"sections {found} and {index} are both symbol tables of type {(uint)type}, expected one at most; the file is damaged: make it again");
                }

                found = index;
            }
        }

        if (found < 0)
        {
            return ElfSymbolTable.Empty;
        }

        for (int index = 0; index < _headers.Length; index++)
        {
            if (_headers[index].Type == ElfSectionType.SymbolTableSectionIndices && _headers[index].Link == found)
            {
                extended = index;
            }
        }

        ElfSectionHeader section = _headers[found];
        CheckEntries(found, _format.SymbolSize);
        ElfSymbolTable symbols = new(
            _format, header.Machine, Contents(found), extended < 0 ? default : Contents(extended), ReadStrings(found, section.Link), found);
        symbols.Validate(section.Offset, _headers.Length);
        return symbols;
    }

    public ElfSectionGroup[] ReadGroups(ElfSymbolTable symbols)
    {
        List<ElfSectionGroup>? groups = null;
        // A section is a member of one group at most, which also bounds the work on a hostile file.
        int[]? groupOf = null;
        for (int index = 0; index < _headers.Length; index++)
        {
            ElfSectionHeader section = _headers[index];
            if (section.Type != ElfSectionType.Group)
            {
                continue;
            }

            CheckEntries(index, sizeof(uint));
            ReadOnlySpan<byte> words = Contents(index).Span;
            if (words.IsEmpty)
            {
                throw new ObjectFormatException("MINIOS2009", HeaderAt(index),
                    $"section {index} is a group without its flag word; the file is damaged: make it again");
            }

            if (section.Link != (uint)symbols.SectionIndex || section.Info >= (uint)symbols.Count)
            {
                throw new ObjectFormatException("MINIOS2008", HeaderAt(index),
                    $"the signature of group section {index} is symbol {section.Info} of section {section.Link}, but the symbol table is section {symbols.SectionIndex} with {symbols.Count} symbols; the file is damaged: make it again");
            }

            groupOf ??= new int[_headers.Length];
            int[] members = new int[(words.Length / sizeof(uint)) - 1];
            for (int position = 0; position < members.Length; position++)
            {
                uint member = Word(words[((position + 1) * sizeof(uint))..]);
                long at = (long)section.Offset + ((position + 1) * sizeof(uint));
                if (member == 0 || member >= (uint)_headers.Length)
                {
                    throw new ObjectFormatException("MINIOS2005", at,
                        $"group section {index} has the member {member}, but sections go from 1 to {_headers.Length - 1}; the file is damaged: make it again");
                }

                if (groupOf[member] != 0)
                {
                    throw new ObjectFormatException("MINIOS2009", at,
                        $"section {member} is a member of the groups {groupOf[member]} and {index}, expected one; the file is damaged: make it again");
                }

                groupOf[member] = index;
                members[position] = (int)member;
            }

            (groups ??= []).Add(new ElfSectionGroup(index, (int)section.Info, (Word(words) & Comdat) != 0, members));
        }

        return groups?.ToArray() ?? [];
    }

    public void CheckRelocations()
    {
        for (int index = 0; index < _headers.Length; index++)
        {
            if (_headers[index].Type is ElfSectionType.Rel or ElfSectionType.Rela)
            {
                CheckEntries(index, _headers[index].Type == ElfSectionType.Rela ? _format.RelaSize : _format.RelSize);
            }
        }
    }

    private void CheckContents()
    {
        for (int index = 0; index < _headers.Length; index++)
        {
            ElfSectionHeader section = _headers[index];
            if (section.Type is not (ElfSectionType.Null or ElfSectionType.NoBits) && section.Size != 0)
            {
                _ = Slice(section.Offset, section.Size, HeaderAt(index), $"section {index}");
            }
        }
    }

    private ElfStringTable ReadNames(uint table)
    {
        if (table == 0)
        {
            return ElfStringTable.Empty; // SHN_UNDEF: sections have no names
        }

        if (table >= (uint)_headers.Length)
        {
            throw new ObjectFormatException("MINIOS2005", SectionNameTableField,
                $"the section name table is section {table}, but there are {_headers.Length} sections; the file is damaged: make it again");
        }

        return ReadStrings(table, SectionNameTableField, "e_shstrndx");
    }

    private ElfStringTable ReadStrings(int user, uint table)
    {
        if (table == 0 || table >= (uint)_headers.Length)
        {
            throw new ObjectFormatException("MINIOS2005", HeaderAt(user),
                $"sh_link of section {user} is {table}, expected a string table among sections 1 to {_headers.Length - 1}; the file is damaged: make it again");
        }

        return ReadStrings(table, HeaderAt(user), $"sh_link of section {user}");
    }

    private ElfStringTable ReadStrings(uint table, long where, string field)
    {
        if (_headers[table].Type != ElfSectionType.StringTable)
        {
            throw new ObjectFormatException("MINIOS2006", where,
                $"{field} names section {table} of type {(uint)_headers[table].Type}, expected a string table (type 3); the file is damaged: make it again");
        }

        return ElfStringTable.Read(Contents((int)table), (long)_headers[table].Offset, (int)table);
    }

    private void CheckEntries(int index, int size)
    {
        ElfSectionHeader section = _headers[index];
        if (section.EntrySize != (ulong)size || section.Size % (ulong)size != 0)
        {
            throw new ObjectFormatException("MINIOS2004", HeaderAt(index),
                $"section {index} of type {(uint)section.Type} has sh_entsize {section.EntrySize} and sh_size {section.Size}, expected entries of {size} bytes; the file is damaged: make it again");
        }
    }

    private ReadOnlyMemory<byte> Contents(int index) =>
        _headers[index].Type is ElfSectionType.Null or ElfSectionType.NoBits || _headers[index].Size == 0
            ? default
            : Slice(_headers[index].Offset, _headers[index].Size, HeaderAt(index), "");

    private ReadOnlyMemory<byte> Table(ulong offset, ulong count, int size, long where, string what) =>
        // The count may be as large as 2^64 - 1: clamp it to one that is too large for any data before multiplying.
        Slice(offset, Math.Min(count, (ulong)int.MaxValue) * (ulong)size, where, what);

    private ReadOnlyMemory<byte> Slice(ulong offset, ulong size, long where, string what) =>
        ByteBounds.Slice(data, offset, size, "MINIOS2003", where, what);

    private long HeaderAt(int index) => (long)header.SectionHeaderOffset + ((long)index * _format.SectionHeaderSize);

    private uint Word(ReadOnlySpan<byte> field) =>
        _format.IsBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);
}
