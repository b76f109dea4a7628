namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Where code or data is.</summary>
/// <param name="Place">
/// What the value is relative to: the index of a section; the complement of a symbol's index when the symbol is in none (COMMON,
/// undefined); 0 for the address itself, in files that are linked.
/// </param>
/// <param name="Value">Bytes from there.</param>
internal readonly record struct DwarfAddress(int Place, ulong Value) : IComparable<DwarfAddress>
{
    public int CompareTo(DwarfAddress other) =>
        Place != other.Place ? Place.CompareTo(other.Place) : Value.CompareTo(other.Value);
}
