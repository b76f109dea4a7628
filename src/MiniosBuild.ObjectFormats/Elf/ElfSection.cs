namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>One section header: Elf32_Shdr or Elf64_Shdr.</summary>
public readonly record struct ElfSection
{
    private readonly ElfStringTable _names;
    private readonly uint _nameOffset;

    internal ElfSection(int index, in ElfSectionHeader header, ElfStringTable names)
    {
        Index = index;
        Type = header.Type;
        Flags = header.Flags;
        Address = header.Address;
        Offset = header.Offset;
        Size = header.Size;
        Link = header.Link;
        Info = header.Info;
        Alignment = header.Alignment;
        EntrySize = header.EntrySize;
        _names = names;
        _nameOffset = header.Name;
    }

    /// <summary>Its place in <see cref="ElfFile.Sections"/>.</summary>
    public int Index { get; }

    /// <summary>sh_type</summary>
    public ElfSectionType Type { get; }

    /// <summary>sh_flags</summary>
    public ElfSectionFlags Flags { get; }

    /// <summary>sh_addr</summary>
    public ulong Address { get; }

    /// <summary>sh_offset, in bytes from the start of the file.</summary>
    public ulong Offset { get; }

    /// <summary>sh_size in bytes; section 0 of a file with extended numbering holds a count here.</summary>
    public ulong Size { get; }

    /// <summary>sh_link: an index of a section, or 0.</summary>
    public uint Link { get; }

    /// <summary>sh_info: what it is depends on <see cref="Type"/>.</summary>
    public uint Info { get; }

    /// <summary>sh_addralign</summary>
    public ulong Alignment { get; }

    /// <summary>sh_entsize</summary>
    public ulong EntrySize { get; }

    /// <summary>The name as text; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Name => _names?.Text(_nameOffset) ?? "";

    /// <summary>The name's own bytes, without the NUL.</summary>
    public ReadOnlySpan<byte> NameBytes => _names is null ? [] : _names.Bytes(_nameOffset);

    /// <summary>Whether the section has bytes in the file.</summary>
    public bool HasContents => Type is not (ElfSectionType.Null or ElfSectionType.NoBits) && Size != 0;
}
