namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The shape of entries of .debug_info (7.5.3).</summary>
/// <param name="Code">The number that entries of that shape start with.</param>
/// <param name="Tag">DW_TAG_, 0xffff for those that are larger.</param>
/// <param name="HasChildren">Whether entries follow that belong to it.</param>
/// <param name="First">The index of the first attribute among those of the table.</param>
/// <param name="Count">How many attributes there are.</param>
/// <param name="Size">The size of all attributes.</param>
internal readonly record struct Abbreviation(
    ulong Code, DwarfTag Tag, bool HasChildren, int First, int Count, FormSize Size)
{
    /// <summary>Whether such an entry may stand for a symbol.</summary>
    public bool MayBeSymbol => Tag is DwarfTag.Subprogram or DwarfTag.Variable or DwarfTag.Member;
}
