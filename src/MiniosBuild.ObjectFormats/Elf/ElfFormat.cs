namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>How the fields of one file are stored: its class and its byte order.</summary>
internal readonly record struct ElfFormat(ElfClass Class, ElfByteOrder ByteOrder)
{
    public bool Is64 => Class == ElfClass.Elf64;

    public bool IsBig => ByteOrder == ElfByteOrder.BigEndian;

    // The sizes of the structures of gABI figures 4-3, 4-8, 4-16, 4-20 and 5-1.
    public int HeaderSize => Is64 ? 64 : 52;

    public int SectionHeaderSize => Is64 ? 64 : 40;

    public int ProgramHeaderSize => Is64 ? 56 : 32;

    public int SymbolSize => Is64 ? 24 : 16;

    public int RelSize => Is64 ? 16 : 8;

    public int RelaSize => Is64 ? 24 : 12;
}
