namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Reads where the parts of code start that is in several pieces: .debug_ranges (version 4) and .debug_rnglists (version 5).</summary>
internal sealed class RangeLists(DebugSections sections, DwarfAddresses addresses)
{
    // 7.25: DW_RLE_
    private const byte EndOfList = 0;
    private const byte BaseAddressx = 1;
    private const byte StartxEndx = 2;
    private const byte StartxLength = 3;
    private const byte OffsetPair = 4;
    private const byte BaseAddress = 5;
    private const byte StartEnd = 6;
    private const byte StartLength = 7;

    private readonly HashSet<ulong> _lists = [];
    private long _bytes;

    /// <summary>Adds the first address of each range; a list that was read before is not read again.</summary>
    public void AddStarts(DwarfUnit unit, DwarfValue ranges, List<DwarfAddress> starts)
    {
        bool isOld = unit.Format.Version < 5;
        DwarfSection section = isOld ? sections.Ranges : sections.RangeLists;
        ulong offset = ranges.Form == DwarfForm.Rnglistx ? OffsetOf(unit, ranges.Number) : ranges.Number;
        DwarfCursor cursor = section.From(offset, "a list of ranges");
        if (!_lists.Add(offset))
        {
            return;
        }

        int start = cursor.Position;
        if (isOld)
        {
            ReadPairs(unit, ref cursor, starts);
        }
        else
        {
            ReadList(unit, ref cursor, starts);
        }

        // Lists that overlap would take time and memory out of proportion to the file.
        _bytes += cursor.Position - start;
        if (_bytes > section.Length)
        {
            throw DwarfDamage.At(DebugCodes.OutsideSection, section, start, "the list of ranges that starts here overlaps others");
        }
    }

    private ulong OffsetOf(DwarfUnit unit, ulong index)
    {
        DwarfCursor cursor = sections.RangeLists.From(
            unit.RangeListsBase + (Math.Min(index, int.MaxValue) * (ulong)unit.Format.OffsetSize), $"the offset of list of ranges {index}");
        return unit.RangeListsBase + cursor.Offset(unit.Format.Is64);
    }

    // 2.17.3 of version 4
    private void ReadPairs(DwarfUnit unit, ref DwarfCursor cursor, List<DwarfAddress> starts)
    {
        int size = unit.Format.AddressSize;
        ulong selection = size == 8 ? ulong.MaxValue : uint.MaxValue;
        DwarfAddress? from = addresses.Of(unit, unit.LowPc);
        while (true)
        {
            int position = cursor.Position;
            ulong begin = cursor.Address(size);
            int second = cursor.Position;
            ulong end = cursor.Address(size);
            DwarfAddress? address = cursor.Section.AddressAt(position, begin);
            bool isRelocated = address is { Place: not 0 };
            if (begin == 0 && end == 0 && !isRelocated)
            {
                return;
            }

            if (begin == selection && !isRelocated)
            {
                from = cursor.Section.AddressAt(second, end);
            }
            else if (isRelocated)
            {
                starts.Add(address!.Value);
            }
            else
            {
                Add(starts, from, begin);
            }
        }
    }

    private void ReadList(DwarfUnit unit, ref DwarfCursor cursor, List<DwarfAddress> starts)
    {
        DwarfAddress? from = addresses.Of(unit, unit.LowPc);
        while (true)
        {
            int position = cursor.Position;
            switch (cursor.Byte())
            {
                case EndOfList:
                    return;
                case BaseAddressx:
                    from = addresses.ByIndex(unit, cursor.Uleb());
                    break;
                case StartxEndx or StartxLength:
                    Add(starts, addresses.ByIndex(unit, cursor.Uleb()), 0);
                    _ = cursor.Uleb();
                    break;
                case OffsetPair:
                    Add(starts, from, cursor.Uleb());
                    _ = cursor.Uleb();
                    break;
                case BaseAddress:
                    from = ReadAddress(unit, ref cursor);
                    break;
                case StartEnd:
                    Add(starts, ReadAddress(unit, ref cursor), 0);
                    _ = cursor.Address(unit.Format.AddressSize);
                    break;
                case StartLength:
                    Add(starts, ReadAddress(unit, ref cursor), 0);
                    _ = cursor.Uleb();
                    break;
                case var kind:
                    throw DwarfDamage.At(DebugCodes.OutsideSection, cursor.Section, position, $"the entry of the list of ranges here is of the kind {kind}, expected 0 to 7");
            }
        }
    }

    private static DwarfAddress? ReadAddress(DwarfUnit unit, ref DwarfCursor cursor) =>
        cursor.Section.AddressAt(cursor.Position, cursor.Address(unit.Format.AddressSize));

    private static void Add(List<DwarfAddress> starts, DwarfAddress? from, ulong offset)
    {
        if (from is { } address)
        {
            starts.Add(address with { Value = unchecked(address.Value + offset) });
        }
    }
}
