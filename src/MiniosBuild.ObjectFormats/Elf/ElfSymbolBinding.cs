namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The upper half of st_info. Values outside the names are kept as they are.</summary>
public enum ElfSymbolBinding : byte
{
    Local = 0,
    Global = 1,
    Weak = 2,
    GnuUnique = 10,
}
