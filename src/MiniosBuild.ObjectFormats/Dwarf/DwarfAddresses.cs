namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Finds the addresses that attributes and location expressions hold or refer to.</summary>
internal sealed class DwarfAddresses(DebugSections sections)
{
    // 7.7.1: DW_OP_
    private const byte Addr = 0x03;
    private const byte Const4u = 0x0c;
    private const byte Const8u = 0x0e;
    private const byte PlusUconst = 0x23;
    private const byte Piece = 0x93;
    private const byte FormTlsAddress = 0x9b;
    private const byte Addrx = 0xa1;
    private const byte Constx = 0xa2;
    private const byte GnuPushTlsAddress = 0xe0;
    private const byte GnuAddrIndex = 0xfb;
    private const byte GnuConstIndex = 0xfc;

    /// <summary>The value of DW_AT_low_pc; null when nothing says which section it is in.</summary>
    public DwarfAddress? Of(DwarfUnit unit, DwarfValue value) => value.Form switch
    {
        DwarfForm.Addr => unit.Section.AddressAt(value.Position, value.Number),
        DwarfForm.Addrx or DwarfForm.Addrx1 or DwarfForm.Addrx2 or DwarfForm.Addrx3 or DwarfForm.Addrx4 or DwarfForm.GnuAddrIndex =>
            ByIndex(unit, value.Number),
        _ => null,
    };

    /// <summary>An entry of the unit's part of .debug_addr (7.27).</summary>
    public DwarfAddress? ByIndex(DwarfUnit unit, ulong index)
    {
        DwarfSection section = sections.Addresses;
        ulong position = unit.AddressBase + (Math.Min(index, int.MaxValue) * (ulong)unit.Format.AddressSize);
        DwarfCursor cursor = section.From(position, $"address {index}");
        return section.AddressAt(cursor.Position, cursor.Address(unit.Format.AddressSize));
    }

    /// <summary>Where a variable starts whose location is a fixed address; null for any other location.</summary>
    public DwarfAddress? OfLocation(DwarfUnit unit, DwarfValue location)
    {
        if (!location.IsBlock || location.Number == 0)
        {
            return null;
        }

        DwarfCursor cursor = new(unit.Section, location.Position, location.Position + (int)location.Number);
        byte operation = cursor.Byte();
        int position = cursor.Position;
        DwarfAddress? address = operation switch
        {
            Addr => unit.Section.AddressAt(position, cursor.Address(unit.Format.AddressSize)),
            Const4u => unit.Section.AddressAt(position, cursor.Word()),
            Const8u => unit.Section.AddressAt(position, cursor.Xword()),
            Addrx or Constx or GnuAddrIndex or GnuConstIndex => ByIndex(unit, cursor.Uleb()),
            _ => null,
        };
        bool isThreadLocal = operation is Const4u or Const8u or Constx or GnuConstIndex;
        return address is { } start && EndsAsAddress(ref cursor, ref start, isThreadLocal) ? start : null;
    }

    // What follows may add to the address or say that it is one; anything else computes a value from it.
    private static bool EndsAsAddress(ref DwarfCursor cursor, ref DwarfAddress address, bool isThreadLocal)
    {
        while (!cursor.IsAtEnd)
        {
            switch (cursor.Byte())
            {
                case PlusUconst:
                    address = address with { Value = unchecked(address.Value + cursor.Uleb()) };
                    break;
                case FormTlsAddress or GnuPushTlsAddress when isThreadLocal:
                    // In a linked file it is an offset in the thread's block, which no other address can be compared with.
                    return address.Place != 0;
                case Piece when !isThreadLocal:
                    return true;
                default:
                    return false;
            }
        }

        return !isThreadLocal;
    }
}

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
