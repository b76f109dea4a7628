namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>DW_TAG_: the entries that may stand for a symbol.</summary>
internal enum DwarfTag : ushort
{
    Label = 0x0a,
    Member = 0x0d,
    Subprogram = 0x2e,
    Variable = 0x34,
}
