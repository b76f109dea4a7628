namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>One section header: Elf32_Shdr or Elf64_Shdr.</summary>
public readonly record struct ElfSection
{
    private readonly ElfStringTable? _names;
    private readonly ElfSectionHeader _header;

    internal ElfSection(int index, in ElfSectionHeader header, ElfStringTable names)
    {
        Index = index;
        _header = header;
        _names = names;
    }

    /// <summary>Its place in <see cref="ElfFile.Sections"/>.</summary>
    public int Index { get; }

    /// <summary>sh_name: where its name starts in the section name table.</summary>
    internal uint NameOffset => _header.Name;

    /// <summary>sh_type</summary>
    public ElfSectionType Type => _header.Type;

    /// <summary>sh_flags</summary>
    public ElfSectionFlags Flags => _header.Flags;

    /// <summary>sh_addr</summary>
    public ulong Address => _header.Address;

    /// <summary>sh_offset, in bytes from the start of the file.</summary>
    public ulong Offset => _header.Offset;

    /// <summary>sh_size in bytes; section 0 of a file with extended numbering holds a count here.</summary>
    public ulong Size => _header.Size;

    /// <summary>sh_link: an index of a section, or 0.</summary>
    public uint Link => _header.Link;

    /// <summary>sh_info: what it is depends on <see cref="Type"/>.</summary>
    public uint Info => _header.Info;

    /// <summary>sh_addralign</summary>
    public ulong Alignment => _header.Alignment;

    /// <summary>sh_entsize</summary>
    public ulong EntrySize => _header.EntrySize;

    /// <summary>The name as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Name => _names?.Text(_header.Name) ?? "";

    /// <summary>The name's own bytes, without the NUL.</summary>
    public ReadOnlySpan<byte> NameBytes => _names is null ? [] : _names.Bytes(_header.Name);

    /// <summary>Whether the section has bytes in the file.</summary>
    public bool HasContents => _header.HasContents;
}
