namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>e_type. Values outside the names are kept as they are.</summary>
public enum ElfType : ushort
{
    None = 0,
    Relocatable = 1,
    Executable = 2,
    SharedObject = 3,
    Core = 4,
}
