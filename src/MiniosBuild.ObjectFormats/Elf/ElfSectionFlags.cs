namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>sh_flags. Bits outside the names are kept as they are.</summary>
[Flags]
public enum ElfSectionFlags : ulong
{
    None = 0,
    Write = 1 << 0,
    Alloc = 1 << 1,
    Executable = 1 << 2,
    Merge = 1 << 4,
    Strings = 1 << 5,
    InfoLink = 1 << 6,
    LinkOrder = 1 << 7,
    OsNonConforming = 1 << 8,
    Group = 1 << 9,
    Tls = 1 << 10,
    Compressed = 1 << 11,
    GnuRetain = 1 << 21,
    Exclude = 1UL << 31,
}
