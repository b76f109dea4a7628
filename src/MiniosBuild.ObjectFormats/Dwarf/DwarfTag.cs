namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>
/// DW_TAG_: the entries that may stand for a symbol, or say where one is. Labels of assembly have entries as well, but compilers that preprocess it count
/// their lines wrongly; the line table is right.
/// </summary>
internal enum DwarfTag : ushort
{
    FormalParameter = 0x05,
    Member = 0x0d,
    Subprogram = 0x2e,
    Variable = 0x34,
}
