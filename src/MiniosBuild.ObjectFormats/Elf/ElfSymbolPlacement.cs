namespace MiniosBuild.ObjectFormats.Elf;

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
