namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>One entry of a symbol table.</summary>
public readonly record struct ElfSymbol
{
    private readonly ElfStringTable? _names;
    private readonly uint _nameOffset;
    private readonly byte _info;

    internal ElfSymbol(int index, in ElfSymbolEntry entry, uint sectionIndex, ElfSymbolPlacement placement, ElfStringTable names)
    {
        _names = names;
        _nameOffset = entry.Name;
        _info = entry.Info;
        Index = index;
        Value = entry.Value;
        Size = entry.Size;
        SectionIndex = sectionIndex;
        Placement = placement;
        Other = entry.Other;
    }

    /// <summary>Its place in the symbol table; 0 is the null symbol.</summary>
    public int Index { get; }

    /// <summary>st_value: an offset in its section (relocatable files), an address, or the alignment of a common symbol.</summary>
    public ulong Value { get; }

    /// <summary>st_size in bytes; 0 when it has none or it is not known.</summary>
    public ulong Size { get; }

    /// <summary>
    /// The section when <see cref="Placement"/> is <see cref="ElfSymbolPlacement.Section"/>, taken from .symtab_shndx where st_shndx is
    /// SHN_XINDEX; else the reserved value of st_shndx. A real index may equal a reserved value: ask <see cref="Placement"/>.
    /// </summary>
    public uint SectionIndex { get; }

    /// <summary>What st_shndx says.</summary>
    public ElfSymbolPlacement Placement { get; }

    /// <summary>st_other, with the bits that belong to the machine.</summary>
    public byte Other { get; }

    /// <summary>The name as text, made anew at each call; bytes that are not UTF-8 become U+FFFD. Section symbols usually have none.</summary>
    public string Name => _names?.Text(_nameOffset) ?? "";

    /// <summary>The name's own bytes, without the NUL.</summary>
    public ReadOnlySpan<byte> NameBytes => _names is null ? [] : _names.Bytes(_nameOffset);

    /// <summary>Whether the name has any bytes.</summary>
    public bool HasName => _names?.HasBytes(_nameOffset) == true;

    /// <summary>Whether its name is one that sources give: that of a function, a variable or a value, not of a section or a source file.</summary>
    public bool HasOwnName => Index != 0 && Type is not (ElfSymbolType.Section or ElfSymbolType.File) && HasName;

    public ElfSymbolBinding Binding => (ElfSymbolBinding)(_info >> 4);

    public ElfSymbolType Type => (ElfSymbolType)(_info & 0xf);

    public ElfSymbolVisibility Visibility => (ElfSymbolVisibility)(Other & 3);

    /// <summary>Whether another file has to define it.</summary>
    public bool IsUndefined => Placement == ElfSymbolPlacement.Undefined;

    /// <summary>Whether this file defines it, common symbols included (as `nm --defined-only` counts them).</summary>
    public bool IsDefined => Placement != ElfSymbolPlacement.Undefined;

    public bool IsCommon => Placement == ElfSymbolPlacement.Common;

    public bool IsAbsolute => Placement == ElfSymbolPlacement.Absolute;

    /// <summary>Whether other files can see it: every binding but local.</summary>
    public bool IsGlobal => Binding != ElfSymbolBinding.Local;
}

/// <summary>The upper half of st_info. Values outside the names are kept as they are.</summary>
public enum ElfSymbolBinding : byte
{
    Local = 0,
    Global = 1,
    Weak = 2,
    GnuUnique = 10,
}

/// <summary>The lower half of st_info. Values outside the names are kept as they are.</summary>
public enum ElfSymbolType : byte
{
    NoType = 0,
    Object = 1,
    Func = 2,
    Section = 3,
    File = 4,
    Common = 5,
    Tls = 6,
    GnuIfunc = 10,
}

/// <summary>The lowest two bits of st_other.</summary>
public enum ElfSymbolVisibility : byte
{
    Default = 0,
    Internal = 1,
    Hidden = 2,
    Protected = 3,
}

/// <summary>What st_shndx says about a symbol, once the reserved values are told from real section indices.</summary>
public enum ElfSymbolPlacement : byte
{
    /// <summary>SHN_UNDEF: another file defines it.</summary>
    Undefined,

    /// <summary>In the section of that index.</summary>
    Section,

    /// <summary>SHN_ABS: its value is no address in a section.</summary>
    Absolute,

    /// <summary>SHN_COMMON, or the machine's own kind of it: the linker allocates it.</summary>
    Common,

    /// <summary>Another reserved value, of a machine or an operating system.</summary>
    Reserved,
}
