using System.Text;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.TestUtilities;

/// <summary>Writes small ELF files in memory, in either class and byte order; what it is told is what it writes, sound or not.</summary>
public sealed class ElfWriter(ElfClass fileClass, ElfByteOrder byteOrder)
{
    private const uint ReservedFirst = 0xff00;
    private readonly List<Section> _sections = [new("", ElfSectionType.Null, [], 0, 0, 0, 0, 0, null)];
    private readonly List<Symbol> _symbols = [new("", 0, 0, 0, IsReal: false, 0, 0)];
    private readonly List<ElfSegment> _segments = [];

    public ElfType Type { get; init; } = ElfType.Relocatable;

    public ElfMachine Machine { get; init; } = ElfMachine.X86_64;

    public byte OsAbi { get; init; }

    public ulong Entry { get; init; }

    public uint Flags { get; init; }

    /// <summary>Puts counts and indices into section 0 and .symtab_shndx even where they would fit.</summary>
    public bool ForceExtendedNumbering { get; init; }

    /// <summary>Leaves out .symtab, .strtab and .shstrtab and the section header table.</summary>
    public bool WithoutSections { get; init; }

    public bool WithoutSymbols { get; init; }

    /// <summary>Where .symtab will be, for sections that name it in sh_link; known once all sections were added.</summary>
    public uint SymbolTableIndex => (uint)_sections.Count;

    private bool Is64 => fileClass == ElfClass.Elf64;

    private BinaryFieldKind Kind => byteOrder == ElfByteOrder.BigEndian ? BinaryFieldKind.BigEndian : BinaryFieldKind.LittleEndian;

    /// <param name="name">Its name.</param>
    /// <param name="type">sh_type</param>
    /// <param name="contents">Its bytes; for SHT_NOBITS as many as <paramref name="size"/> says, none of them written.</param>
    /// <param name="flags">sh_flags</param>
    /// <param name="link">sh_link; null means .symtab</param>
    /// <param name="info">sh_info</param>
    /// <param name="entrySize">sh_entsize</param>
    /// <param name="address">sh_addr</param>
    /// <param name="size">sh_size where it is not the length of the contents.</param>
    /// <returns>Its index.</returns>
    public int AddSection(
        string name, ElfSectionType type, byte[]? contents = null, ElfSectionFlags flags = 0, uint? link = 0, uint info = 0,
        ulong entrySize = 0, ulong address = 0, ulong? size = null)
    {
        _sections.Add(new Section(name, type, contents ?? [], flags, link, info, entrySize, address, size));
        return _sections.Count - 1;
    }

    /// <param name="name">Its name.</param>
    /// <param name="binding">The upper half of st_info.</param>
    /// <param name="type">The lower half of st_info.</param>
    /// <param name="section">The index of a section, or with <paramref name="isReserved"/> a reserved value of st_shndx.</param>
    /// <param name="value">st_value</param>
    /// <param name="size">st_size</param>
    /// <param name="visibility">st_other</param>
    /// <param name="isReserved">Whether <paramref name="section"/> is written as it is.</param>
    /// <returns>Its index.</returns>
    public int AddSymbol(
        string name, ElfSymbolBinding binding, ElfSymbolType type, uint section, ulong value = 0, ulong size = 0,
        ElfSymbolVisibility visibility = 0, bool isReserved = false)
    {
        _symbols.Add(new Symbol(
            name, (byte)(((int)binding << 4) | (int)type), (byte)visibility, section, !isReserved && section != 0, value, size));
        return _symbols.Count - 1;
    }

    public void AddSegment(ElfSegment segment) => _segments.Add(segment);

    /// <summary>An SHT_GROUP section whose signature is that symbol.</summary>
    public int AddGroup(int signature, bool isComdat, params int[] members)
    {
        BinaryImageBuilder words = new();
        words.Field("flags", 4, Kind, isComdat ? 1u : 0u);
        foreach (int member in members)
        {
            words.Field("member", 4, Kind, (ulong)member);
        }

        return AddSection(".group", ElfSectionType.Group, words.Build().Bytes, link: null, info: (uint)signature, entrySize: 4);
    }

    /// <summary>An SHT_REL or SHT_RELA section; r_info is laid out as the class says (64-bit MIPS aside).</summary>
    public int AddRelocations(string name, int target, bool hasAddends, params ElfRelocation[] relocations)
    {
        BinaryImageBuilder entries = new();
        foreach (ElfRelocation relocation in relocations)
        {
            ulong symbol = (ulong)relocation.SymbolIndex;
            entries.Field("r_offset", Is64 ? 8 : 4, Kind, relocation.Offset);
            entries.Field("r_info", Is64 ? 8 : 4, Kind, Is64 ? (symbol << 32) | relocation.Type : (symbol << 8) | relocation.Type);
            if (hasAddends)
            {
                entries.Field("r_addend", Is64 ? 8 : 4, Kind, (ulong)relocation.Addend);
            }
        }

        int word = Is64 ? 8 : 4;
        return AddSection(name, hasAddends ? ElfSectionType.Rela : ElfSectionType.Rel, entries.Build().Bytes, ElfSectionFlags.InfoLink,
            link: null, info: (uint)target, entrySize: (ulong)(word * (hasAddends ? 3 : 2)));
    }

    public BinaryImage Write()
    {
        List<Section> sections = [.. _sections];
        uint symtab = (uint)sections.Count;
        bool extended = ForceExtendedNumbering || sections.Count >= ReservedFirst;
        if (!WithoutSymbols && !WithoutSections)
        {
            StringPool names = new();
            BinaryImageBuilder entries = new();
            BinaryImageBuilder indices = new();
            for (int index = 0; index < _symbols.Count; index++)
            {
                WriteSymbol(entries, $"Sym[{index}]", _symbols[index], names.Add(_symbols[index].Name), extended);
                indices.Field($"Shndx[{index}]", 4, Kind, extended && _symbols[index].IsReal ? _symbols[index].SectionIndex : 0);
            }

            int locals = _symbols.FindIndex(symbol => symbol.Info >> 4 != 0);
            sections.Add(new Section(".symtab", ElfSectionType.SymbolTable, entries.Build(), symtab + 1, (uint)Math.Max(locals, 1), Is64 ? 24u : 16u));
            sections.Add(new Section(".strtab", ElfSectionType.StringTable, names.Bytes, 0, 0, 0, 0, 0, null));
            if (extended)
            {
                sections.Add(new Section(".symtab_shndx", ElfSectionType.SymbolTableSectionIndices, indices.Build(), symtab, 0, 4));
            }
        }

        StringPool sectionNames = new();
        sections.Add(new Section(".shstrtab", ElfSectionType.StringTable, [], 0, 0, 0, 0, 0, null));
        uint[] nameOffsets = [.. sections.Select(section => sectionNames.Add(section.Name))];
        sections[^1] = sections[^1] with { Contents = sectionNames.Bytes };
        return WriteFile(WithoutSections ? [] : sections, nameOffsets, symtab, extended);
    }

    private BinaryImage WriteFile(List<Section> sections, uint[] nameOffsets, uint symtab, bool extended)
    {
        int headerSize = Is64 ? 64 : 52;
        int programHeaders = _segments.Count * (Is64 ? 56 : 32);
        int position = headerSize + programHeaders;
        ulong[] offsets = new ulong[sections.Count];
        for (int index = 1; index < sections.Count; index++)
        {
            position = (position + 7) & ~7;
            offsets[index] = (ulong)position;
            position += sections[index].Type == ElfSectionType.NoBits ? 0 : sections[index].Contents.Length;
        }

        ulong sectionHeaders = sections.Count == 0 ? 0 : ((ulong)position + 7) & ~7ul;
        BinaryImageBuilder file = new();
        WriteHeader(file, sectionHeaders, sections.Count, extended);
        for (int index = 0; index < _segments.Count; index++)
        {
            WriteSegment(file, $"Phdr[{index}]", _segments[index]);
        }

        for (int index = 1; index < sections.Count; index++)
        {
            file.Align(8);
            if (sections[index].Type != ElfSectionType.NoBits)
            {
                sections[index].WriteTo(file);
            }
        }

        file.Align(8);
        for (int index = 0; index < sections.Count; index++)
        {
            Section section = sections[index];
            if (index == 0 && extended)
            {
                section = section with { Size = (ulong)sections.Count, Link = (uint)sections.Count - 1, Info = (uint)_segments.Count };
            }

            WriteSectionHeader(file, $"Shdr[{index}]", section, nameOffsets[index], offsets[index], symtab);
        }

        return file.Build();
    }

    private void WriteHeader(BinaryImageBuilder file, ulong sectionHeaders, int sectionCount, bool extended)
    {
        file.Bytes("\u007fELF"u8);
        file.Field("Ehdr.EI_CLASS", 1, Kind, (byte)fileClass);
        file.Field("Ehdr.EI_DATA", 1, Kind, (byte)byteOrder);
        file.Field("Ehdr.EI_VERSION", 1, Kind, 1);
        file.Field("Ehdr.EI_OSABI", 1, Kind, OsAbi);
        file.Field("Ehdr.EI_ABIVERSION", 1, Kind, 0);
        file.Bytes(new byte[7]);
        file.Field("Ehdr.e_type", 2, Kind, (ushort)Type);
        file.Field("Ehdr.e_machine", 2, Kind, (ushort)Machine);
        file.Field("Ehdr.e_version", 4, Kind, 1);
        Native(file, "Ehdr.e_entry", Entry);
        Native(file, "Ehdr.e_phoff", _segments.Count == 0 ? 0 : Is64 ? 64u : 52u);
        Native(file, "Ehdr.e_shoff", sectionHeaders);
        file.Field("Ehdr.e_flags", 4, Kind, Flags);
        file.Field("Ehdr.e_ehsize", 2, Kind, Is64 ? 64u : 52u);
        file.Field("Ehdr.e_phentsize", 2, Kind, _segments.Count == 0 ? 0 : Is64 ? 56u : 32u);
        file.Field("Ehdr.e_phnum", 2, Kind, extended && _segments.Count > 0 ? 0xffff : (ulong)_segments.Count);
        file.Field("Ehdr.e_shentsize", 2, Kind, sectionCount == 0 ? 0 : Is64 ? 64u : 40u);
        file.Field("Ehdr.e_shnum", 2, Kind, extended ? 0 : (ulong)sectionCount);
        file.Field("Ehdr.e_shstrndx", 2, Kind, sectionCount == 0 ? 0 : extended ? 0xffff : (ulong)sectionCount - 1);
    }

    private void WriteSegment(BinaryImageBuilder file, string name, ElfSegment segment)
    {
        file.Field($"{name}.p_type", 4, Kind, (uint)segment.Type);
        if (Is64)
        {
            file.Field($"{name}.p_flags", 4, Kind, (uint)segment.Flags);
        }

        Native(file, $"{name}.p_offset", segment.Offset);
        Native(file, $"{name}.p_vaddr", segment.VirtualAddress);
        Native(file, $"{name}.p_paddr", segment.PhysicalAddress);
        Native(file, $"{name}.p_filesz", segment.FileSize);
        Native(file, $"{name}.p_memsz", segment.MemorySize);
        if (!Is64)
        {
            file.Field($"{name}.p_flags", 4, Kind, (uint)segment.Flags);
        }

        Native(file, $"{name}.p_align", segment.Alignment);
    }

    private void WriteSectionHeader(BinaryImageBuilder file, string name, Section section, uint nameOffset, ulong offset, uint symtab)
    {
        file.Field($"{name}.sh_name", 4, Kind, nameOffset);
        file.Field($"{name}.sh_type", 4, Kind, (uint)section.Type);
        Native(file, $"{name}.sh_flags", (ulong)section.Flags);
        Native(file, $"{name}.sh_addr", section.Address);
        Native(file, $"{name}.sh_offset", offset);
        Native(file, $"{name}.sh_size", section.Size ?? (ulong)section.Contents.Length);
        file.Field($"{name}.sh_link", 4, Kind, section.Link ?? symtab);
        file.Field($"{name}.sh_info", 4, Kind, section.Info);
        Native(file, $"{name}.sh_addralign", section.Type == ElfSectionType.Null ? 0u : 1u);
        Native(file, $"{name}.sh_entsize", section.EntrySize);
    }

    private void WriteSymbol(BinaryImageBuilder file, string name, Symbol symbol, uint nameOffset, bool extended)
    {
        ulong section = symbol.IsReal && extended ? 0xffff : symbol.SectionIndex;
        file.Field($"{name}.st_name", 4, Kind, nameOffset);
        if (!Is64)
        {
            file.Field($"{name}.st_value", 4, Kind, symbol.Value);
            file.Field($"{name}.st_size", 4, Kind, symbol.Size);
        }

        file.Field($"{name}.st_info", 1, Kind, symbol.Info);
        file.Field($"{name}.st_other", 1, Kind, symbol.Other);
        file.Field($"{name}.st_shndx", 2, Kind, section);
        if (Is64)
        {
            file.Field($"{name}.st_value", 8, Kind, symbol.Value);
            file.Field($"{name}.st_size", 8, Kind, symbol.Size);
        }
    }

    private void Native(BinaryImageBuilder file, string name, ulong value) => file.Field(name, Is64 ? 8 : 4, Kind, value);

    private sealed record Symbol(string Name, byte Info, byte Other, uint SectionIndex, bool IsReal, ulong Value, ulong Size);

    private sealed record Section(
        string Name, ElfSectionType Type, byte[] Contents, ElfSectionFlags Flags, uint? Link, uint Info, ulong EntrySize, ulong Address, ulong? Size)
    {
        private readonly BinaryImage? _table;

        public Section(string name, ElfSectionType type, BinaryImage table, uint link, uint info, ulong entrySize)
            : this(name, type, table.Bytes, 0, link, info, entrySize, 0, null) => _table = table;

        /// <summary>Writes the contents, field by field where the fields are known.</summary>
        public void WriteTo(BinaryImageBuilder file)
        {
            if (_table is null)
            {
                file.Bytes(Contents);
                return;
            }

            foreach (BinaryField field in _table.Fields)
            {
                file.Field(field.Name, field.Width, field.Kind, _table.Value(field));
            }
        }
    }

    private sealed class StringPool
    {
        private readonly List<byte> _bytes = [0];
        private readonly Dictionary<string, uint> _offsets = new() { [""] = 0 };

        public byte[] Bytes => [.. _bytes];

        public uint Add(string name)
        {
            if (!_offsets.TryGetValue(name, out uint offset))
            {
                offset = (uint)_bytes.Count;
                _offsets.Add(name, offset);
                _bytes.AddRange(Encoding.UTF8.GetBytes(name));
                _bytes.Add(0);
            }

            return offset;
        }
    }
}
