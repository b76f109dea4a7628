namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>A number of bytes that depends on the unit's address and offset sizes.</summary>
internal readonly record struct FormSize(int Bytes, int Addresses, int Offsets)
{
    public static readonly FormSize Varies = new(-1, 0, 0);

    public bool IsFixed => Bytes >= 0;

    public FormSize Plus(FormSize other) => IsFixed && other.IsFixed
        ? new FormSize(Bytes + other.Bytes, Addresses + other.Addresses, Offsets + other.Offsets)
        : Varies;

    public ulong In(UnitFormat format) =>
        (ulong)Bytes + ((ulong)Addresses * (ulong)format.AddressSize) + ((ulong)Offsets * (ulong)format.OffsetSize);
}
