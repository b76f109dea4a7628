namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>e_ident[EI_CLASS]: the width of addresses and offsets.</summary>
public enum ElfClass : byte
{
    Elf32 = 1,
    Elf64 = 2,
}
