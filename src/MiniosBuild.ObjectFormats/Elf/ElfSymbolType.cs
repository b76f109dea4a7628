namespace MiniosBuild.ObjectFormats.Elf;

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
