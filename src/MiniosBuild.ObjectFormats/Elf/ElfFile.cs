namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// An ELF file read in place. <see cref="Parse"/> checks the headers, the section and program header tables, the symbol tables and
/// the section groups; nothing is copied but the headers. Immutable: any number of threads may read it, as long as its bytes live.
/// </summary>
public sealed class ElfFile
{
    private readonly ElfHeader _header;
    private readonly ReadOnlyMemory<byte> _data;
    private readonly ElfSection[] _sections;

    private ElfFile(ReadOnlyMemory<byte> data)
    {
        _data = data;
        _header = ElfHeader.Read(data.Span);
        ElfTables tables = new(data, _header);
        _sections = tables.ReadSections();
        Segments = tables.ReadSegments();
        Symbols = tables.ReadSymbols();
        DynamicSymbols = tables.ReadDynamicSymbols();
        Groups = tables.ReadGroups(Symbols);
    }

    internal ElfHeader Header => _header;

    internal ElfFormat Format => _header.Format;

    internal ReadOnlyMemory<byte> Data => _data;

    internal ReadOnlySpan<ElfSection> SectionSpan => _sections;

    /// <summary>The section that holds the names of sections; 0 when they have none.</summary>
    internal int NameTableIndex => _sections.Length == 0 ? 0
        // gABI, ELF Header: SHN_XINDEX says that the index is in section header 0.
        : _header.SectionNameTable == 0xffff ? (int)_sections[0].Link : _header.SectionNameTable;

    public ElfClass Class => _header.Format.Class;

    public ElfByteOrder ByteOrder => _header.Format.ByteOrder;

    /// <summary>e_ident[EI_OSABI]</summary>
    public byte OsAbi => _header.OsAbi;

    /// <summary>e_type</summary>
    public ElfType Type => _header.Type;

    /// <summary>e_machine</summary>
    public ElfMachine Machine => _header.Machine;

    /// <summary>e_flags</summary>
    public uint Flags => _header.Flags;

    /// <summary>e_entry</summary>
    public ulong Entry => _header.Entry;

    /// <summary>Every section header, the null section 0 included; empty when the file has none.</summary>
    public IReadOnlyList<ElfSection> Sections => _sections;

    public IReadOnlyList<ElfSegment> Segments { get; }

    /// <summary>.symtab, the null symbol 0 included; empty when the file has none.</summary>
    public ElfSymbolTable Symbols { get; }

    /// <summary>.dynsym, the null symbol 0 included; empty when the file has none.</summary>
    public ElfSymbolTable DynamicSymbols { get; }

    public IReadOnlyList<ElfSectionGroup> Groups { get; }

    /// <summary>
    /// Whether the object holds a compiler's intermediate code: .gnu.lto_* of GCC, .llvm.lto or .llvmbc of LLVM. Its ELF symbols are
    /// then not all there is, and a tool that edits them leaves the intermediate code as it was.
    /// </summary>
    public bool HasLtoSections
    {
        get
        {
            foreach (ElfSection section in _sections)
            {
                if (section.Type == ElfSectionType.LlvmLto
                    || section.NameBytes.StartsWith(".gnu.lto_"u8)
                    || section.NameBytes.SequenceEqual(".llvm.lto"u8)
                    || section.NameBytes.SequenceEqual(".llvmbc"u8))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether intermediate code of GCC is all that the object holds; it names that with the symbol __gnu_lto_slim.</summary>
    public bool IsSlimLto
    {
        get
        {
            if (!Symbols.MayHaveNameEnd("__gnu_lto_slim\0"u8))
            {
                return false;
            }

            foreach (ElfSymbol symbol in Symbols)
            {
                // Targets whose C names begin with an underscore have one more.
                if (symbol.NameBytes.EndsWith("__gnu_lto_slim"u8))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether the data starts as an ELF file does; says nothing about the rest.</summary>
    public static bool IsElf(ReadOnlySpan<byte> data) => data.StartsWith("\u007fELF"u8);

    /// <param name="data">The whole file, or the whole member of an archive; kept, not copied.</param>
    /// <exception cref="ObjectFormatException">MINIOS2001-2010: the data is not a well-formed ELF file.</exception>
    public static ElfFile Parse(ReadOnlyMemory<byte> data) => new(data);

    /// <summary>What a symbol of <see cref="Symbols"/> stands for.</summary>
    public SymbolKind KindOf(in ElfSymbol symbol) => symbol.Type switch
    {
        _ when symbol.IsUndefined => SymbolKind.Undefined,
        _ when symbol.IsCommon || symbol.Type == ElfSymbolType.Common => SymbolKind.Common,
        ElfSymbolType.Func => SymbolKind.Function,
        ElfSymbolType.GnuIfunc => SymbolKind.Ifunc,
        ElfSymbolType.Tls => SymbolKind.Tls,
        _ when symbol.IsAbsolute => SymbolKind.Absolute,
        ElfSymbolType.NoType when symbol.Placement == ElfSymbolPlacement.Section
            && (_sections[symbol.SectionIndex].Flags & ElfSectionFlags.Executable) != 0 => SymbolKind.Function,
        _ => SymbolKind.Data,
    };

    /// <summary>The bytes of a section as they are in the file (compressed ones stay so); empty for SHT_NOBITS and SHT_NULL.</summary>
    public ReadOnlyMemory<byte> Contents(int sectionIndex)
    {
        ElfSection section = _sections[sectionIndex];
        return section.HasContents ? _data.Slice((int)section.Offset, (int)section.Size) : default;
    }

    /// <summary>The entries of the SHT_REL or SHT_RELA section of that index; none for a section of another type.</summary>
    /// <exception cref="ObjectFormatException">MINIOS2008, from the entry that names a symbol that does not exist.</exception>
    public ElfRelocationTable Relocations(int sectionIndex)
    {
        ElfSection section = _sections[sectionIndex];
        if (section.Type is not (ElfSectionType.Rel or ElfSectionType.Rela))
        {
            return ElfRelocationTable.Empty;
        }

        int symbolCount = section.Link == 0 ? 0
            : section.Link == (uint)Symbols.SectionIndex ? Symbols.Count
            : section.Link == (uint)DynamicSymbols.SectionIndex ? DynamicSymbols.Count
            : 0;
        return new ElfRelocationTable(
            _header.Format, Machine, Contents(sectionIndex), (long)section.Offset, symbolCount, section.Type == ElfSectionType.Rela);
    }
}
