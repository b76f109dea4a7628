namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>A unit of .debug_info (7.5.1), with what its first entry says of all others.</summary>
internal sealed class DwarfUnit
{
    public required DwarfSection Section { get; init; }

    /// <summary>Which .debug_info of the file it is in: units are in the order of that.</summary>
    public required int SectionNumber { get; init; }

    /// <summary>Where its header starts: what references within the unit are relative to.</summary>
    public required int Start { get; init; }

    /// <summary>Where its first entry starts.</summary>
    public required int FirstEntry { get; init; }

    public required int End { get; init; }

    public required UnitFormat Format { get; init; }

    public required AbbreviationTable Abbreviations { get; init; }

    /// <summary>DW_AT_stmt_list: the offset of its line table in .debug_line.</summary>
    public ulong? Lines { get; set; }

    /// <summary>DW_AT_name: the source that was compiled.</summary>
    public DwarfValue Source { get; set; }

    /// <summary>DW_AT_comp_dir: the folder that the compiler was started in.</summary>
    public DwarfValue Folder { get; set; }

    /// <summary>DW_AT_low_pc: what offsets of ranges are relative to.</summary>
    public DwarfValue LowPc { get; set; }

    /// <summary>DW_AT_addr_base: where its addresses start in .debug_addr.</summary>
    public ulong AddressBase { get; set; }

    /// <summary>DW_AT_str_offsets_base: where its offsets start in .debug_str_offsets.</summary>
    public ulong StringOffsetsBase { get; set; }

    /// <summary>DW_AT_rnglists_base: where its offsets start in .debug_rnglists.</summary>
    public ulong RangeListsBase { get; set; }

    public DwarfCursor CursorAt(int position) => new(Section, position, End);

    /// <summary>The shape of the entry at the cursor, which its code leads to; false for the zero that ends a list of children.</summary>
    /// <exception cref="ObjectFormatException">MINIOS2203: there is no abbreviation of that code.</exception>
    public bool TryRead(ref DwarfCursor cursor, out Abbreviation abbreviation)
    {
        int position = cursor.Position;
        ulong code = cursor.Uleb();
        if (code == 0)
        {
            abbreviation = default;
            return false;
        }

        return Abbreviations.TryFind(code, out abbreviation)
            ? true
            : throw DwarfDamage.At(DebugCodes.Abbreviation, Section, position,
                $"the entry here has the abbreviation {code}, which its unit at 0x{Start:x} does not have");
    }
}

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
