namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>How the fields of one unit are stored.</summary>
/// <param name="Version">2 to 5.</param>
/// <param name="AddressSize">4 or 8 bytes.</param>
/// <param name="Is64">The 64-bit format, with offsets of 8 bytes.</param>
internal readonly record struct UnitFormat(int Version, int AddressSize, bool Is64)
{
    public int OffsetSize => Is64 ? 8 : 4;

    // 7.5.5.5: in version 2 DW_FORM_ref_addr has the size of an address.
    public bool HasWideReferences => Version == 2 ? AddressSize == 8 : Is64;
}
