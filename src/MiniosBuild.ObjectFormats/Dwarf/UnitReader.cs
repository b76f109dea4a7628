namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Reads the headers of all units and the first entry of each.</summary>
internal sealed class UnitReader(DebugSections sections)
{
    private readonly Dictionary<ulong, AbbreviationTable> _tables = [];
    private long _abbreviationBytes;

    // 7.5.1: DW_UT_
    private const byte Compile = 1;
    private const byte Type = 2;
    private const byte Partial = 3;
    private const byte Skeleton = 4;
    private const byte SplitCompile = 5;
    private const byte SplitType = 6;

    /// <summary>The units that describe code and data, in their order; type units are left out.</summary>
    public List<DwarfUnit> Read()
    {
        List<DwarfUnit> units = [];
        DwarfSection[] infos = sections.ReadInfo();
        for (int number = 0; number < infos.Length; number++)
        {
            DwarfSection section = infos[number];
            DwarfCursor cursor = new(section, 0, section.Length);
            while (!cursor.IsAtEnd)
            {
                int start = cursor.Position;
                (int end, bool is64) = cursor.UnitLength();
                DwarfCursor header = new(section, cursor.Position, end);
                if (ReadUnit(ref header, number, start, is64) is { } unit)
                {
                    units.Add(unit);
                }

                cursor.Skip((ulong)(end - cursor.Position));
            }
        }

        return units;
    }

    private DwarfUnit? ReadUnit(ref DwarfCursor cursor, int sectionNumber, int start, bool is64)
    {
        int position = cursor.Position;
        int version = cursor.Half();
        if (version is < 2 or > 5)
        {
            throw DwarfDamage.At(DebugCodes.OtherVersion, cursor.Section, position, $"the unit has DWARF version {version}, expected 2 to 5");
        }

        byte kind = version == 5 ? cursor.Byte() : Compile;
        byte addressSize = version == 5 ? cursor.Byte() : (byte)0;
        position = cursor.Position;
        ulong abbreviations = cursor.Offset(is64);
        addressSize = version == 5 ? addressSize : cursor.Byte();
        if (kind is Type or SplitCompile or SplitType)
        {
            return null;
        }

        if (addressSize is not (4 or 8))
        {
            throw DwarfDamage.At(DebugCodes.OtherVersion, cursor.Section, position, $"the unit has addresses of {addressSize} bytes, expected 4 or 8");
        }

        if (kind is not (Compile or Partial or Skeleton))
        {
            throw DwarfDamage.At(DebugCodes.OtherVersion, cursor.Section, position, $"the unit is of the type {kind}, expected 1 to 6");
        }

        if (kind == Skeleton)
        {
            cursor.Skip(8); // dwo_id
        }

        UnitFormat format = new(version, addressSize, is64);
        // What a base is when the first entry does not say: the end of the only contribution's header (7.26 to 7.28).
        ulong baseOffset = is64 ? 16u : 8u;
        DwarfUnit unit = new()
        {
            Section = cursor.Section,
            SectionNumber = sectionNumber,
            Start = start,
            FirstEntry = cursor.Position,
            End = cursor.End,
            Format = format,
            Abbreviations = Table(abbreviations),
            AddressBase = version == 5 ? baseOffset : 0,
            StringOffsetsBase = version == 5 ? baseOffset : 0,
            RangeListsBase = is64 ? 20u : 12u,
        };
        ReadFirstEntry(unit, ref cursor);
        return unit;
    }

    private static void ReadFirstEntry(DwarfUnit unit, ref DwarfCursor cursor)
    {
        if (cursor.IsAtEnd || !unit.TryRead(ref cursor, out Abbreviation abbreviation))
        {
            return;
        }

        foreach (AttributeSpecification attribute in unit.Abbreviations.Attributes(abbreviation))
        {
            DwarfValue value = FormReader.Read(ref cursor, unit.Format, attribute);
            switch (attribute.Name)
            {
                case DwarfAttribute.StmtList:
                    unit.Lines = value.Number;
                    break;
                case DwarfAttribute.Name:
                    unit.Source = value;
                    break;
                case DwarfAttribute.CompDir:
                    unit.Folder = value;
                    break;
                case DwarfAttribute.LowPc:
                    unit.LowPc = value;
                    break;
                case DwarfAttribute.AddrBase or DwarfAttribute.GnuAddrBase:
                    unit.AddressBase = value.Number;
                    break;
                case DwarfAttribute.StrOffsetsBase:
                    unit.StringOffsetsBase = value.Number;
                    break;
                case DwarfAttribute.RnglistsBase:
                    unit.RangeListsBase = value.Number;
                    break;
            }
        }
    }

    /// <summary>The table at that offset of .debug_abbrev; units may share it.</summary>
    private AbbreviationTable Table(ulong offset)
    {
        if (_tables.TryGetValue(offset, out AbbreviationTable? table))
        {
            return table;
        }

        DwarfSection section = sections.Abbreviations;
        table = AbbreviationTable.Read(section.From(offset, "the abbreviation table of a unit"));
        _tables.Add(offset, table);
        // Tables that overlap would take time and memory out of proportion to the file.
        _abbreviationBytes += table.Length;
        return _abbreviationBytes <= section.Length
            ? table
            : throw DwarfDamage.At(DebugCodes.Abbreviation, section, (long)offset, "the abbreviation table that starts here overlaps others");
    }
}
