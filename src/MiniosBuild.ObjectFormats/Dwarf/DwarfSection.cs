namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The contents of one .debug_ section, decompressed and relocated.</summary>
/// <param name="name">Its name without what compression adds to it.</param>
/// <param name="bytes">Its contents.</param>
/// <param name="fileOffset">Where the section starts in the file.</param>
/// <param name="isUnpacked">Whether the contents are compressed in the file, so that they have no offsets there.</param>
/// <param name="isBig">The byte order.</param>
/// <param name="targets">What the addresses in it are relative to; null in a linked file.</param>
internal sealed class DwarfSection(
    string name, ReadOnlyMemory<byte> bytes, long fileOffset, bool isUnpacked, bool isBig, RelocationTargets? targets)
{
    public string Name => name;

    public long FileOffset => fileOffset;

    public bool IsUnpacked => isUnpacked;

    public bool IsBig => isBig;

    public int Length => bytes.Length;

    public ReadOnlySpan<byte> Bytes => bytes.Span;

    /// <summary>A cursor over all of the section from <paramref name="offset"/> on.</summary>
    /// <exception cref="ObjectFormatException">MINIOS2205: the offset is not in the section.</exception>
    public DwarfCursor From(ulong offset, string what) => offset < (ulong)Length
        ? new DwarfCursor(this, (int)offset, Length)
        : throw DwarfDamage.At(DebugCodes.OutsideSection, this, Length, $"{what} is at 0x{offset:x}, but the section has 0x{Length:x} bytes");

    /// <summary>The address whose field is at that position and holds that value; null when nothing says what it is relative to.</summary>
    public DwarfAddress? AddressAt(int position, ulong value)
    {
        if (targets is null)
        {
            return new DwarfAddress(0, value);
        }

        int place = targets.PlaceAt(position);
        return place == 0 ? null : new DwarfAddress(place, value);
    }
}
