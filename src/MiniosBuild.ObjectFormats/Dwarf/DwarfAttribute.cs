namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>DW_AT_: the attributes that are read.</summary>
internal enum DwarfAttribute : ushort
{
    Location = 0x02,
    Name = 0x03,
    StmtList = 0x10,
    LowPc = 0x11,
    CompDir = 0x1b,
    AbstractOrigin = 0x31,
    DeclColumn = 0x39,
    DeclFile = 0x3a,
    DeclLine = 0x3b,
    Declaration = 0x3c,
    External = 0x3f,
    Specification = 0x47,
    Ranges = 0x55,
    LinkageName = 0x6e,
    StrOffsetsBase = 0x72,
    AddrBase = 0x73,
    RnglistsBase = 0x74,
    MipsLinkageName = 0x2007,
    GnuAddrBase = 0x2133,
}
