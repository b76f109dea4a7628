namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The value of an attribute as it is stored, not yet resolved; the default says that there is none.</summary>
/// <param name="Form">How it is stored.</param>
/// <param name="Position">Where in the section: of a block, its first byte.</param>
/// <param name="Number">The number, offset or index; of a block, its length in bytes.</param>
internal readonly record struct DwarfValue(DwarfForm Form, int Position, ulong Number)
{
    public bool IsPresent => Form != 0;

    /// <summary>DW_FORM_flag and DW_FORM_flag_present.</summary>
    public bool IsTrue => Form == DwarfForm.FlagPresent || Number != 0;

    public bool IsBlock => Form is DwarfForm.Exprloc or DwarfForm.Block or DwarfForm.Block1 or DwarfForm.Block2 or DwarfForm.Block4;
}
