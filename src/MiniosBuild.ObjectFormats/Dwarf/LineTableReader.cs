namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Reads the header of a line table (6.2.4) but for its program.</summary>
internal sealed class LineTableReader(DwarfSection section, DwarfStrings strings)
{
    // 6.2.4.1: DW_LNCT_
    private const ulong Path = 1;
    private const ulong DirectoryIndex = 2;

    private long _bytes;

    /// <param name="offset">Of the table in .debug_line.</param>
    /// <param name="unit">The unit that it belongs to, if any.</param>
    public LineTable Read(ulong offset, DwarfUnit? unit)
    {
        DwarfCursor cursor = section.From(offset, "a line table");
        (int end, bool is64) = cursor.UnitLength();
        // Tables that overlap would take time and memory out of proportion to the file.
        _bytes += end - (int)offset;
        if (_bytes > section.Length)
        {
            throw DwarfDamage.At(DebugCodes.LineTable, section, (long)offset, "the line table that starts here overlaps others");
        }

        cursor = new DwarfCursor(section, cursor.Position, end);
        int position = cursor.Position;
        int version = cursor.Half();
        if (version is < 2 or > 5)
        {
            throw DwarfDamage.At(DebugCodes.OtherVersion, section, position, $"the line table has version {version}, expected 2 to 5");
        }

        UnitFormat format = new(version, 8, is64);
        if (version == 5)
        {
            cursor.Skip(2); // address_size and segment_selector_size
        }

        position = cursor.Position;
        ulong headerLength = cursor.Offset(is64);
        if (headerLength > (ulong)(end - cursor.Position))
        {
            throw DwarfDamage.At(DebugCodes.EndsEarly, section, position,
                $"the header of the line table has a length of 0x{headerLength:x}, but the table ends at 0x{end:x}");
        }

        DwarfCursor header = new(section, cursor.Position, cursor.Position + (int)headerLength);
        LineTable table = new(section, strings, unit)
        {
            Version = version,
            ProgramStart = header.End,
            End = end,
            Parameters = LineProgramParameters.Read(ref header, version),
        };
        if (version == 5)
        {
            ReadEntries(ref header, format, (name, _) => table.AddFolder(name));
            ReadEntries(ref header, format, table.AddFile);
        }
        else
        {
            ReadNames(ref header, table);
        }

        return table;
    }

    private static void ReadNames(ref DwarfCursor header, LineTable table)
    {
        while (ReadName(ref header) is { Number: > 0 } folder)
        {
            table.AddFolder(folder);
        }

        while (ReadName(ref header) is { Number: > 0 } file)
        {
            table.AddFile(file, header.Uleb());
            _ = header.Uleb(); // time
            _ = header.Uleb(); // length
        }
    }

    private static DwarfValue ReadName(ref DwarfCursor header)
    {
        int position = header.Position;
        return new DwarfValue(DwarfForm.String, position, (ulong)header.Text().Length);
    }

    private static void ReadEntries(ref DwarfCursor header, UnitFormat format, Action<DwarfValue, ulong> add)
    {
        (ulong Content, AttributeSpecification Form)[] fields = new (ulong, AttributeSpecification)[header.Byte()];
        for (int index = 0; index < fields.Length; index++)
        {
            ulong content = header.Uleb();
            ulong form = Math.Min(header.Uleb(), ushort.MaxValue);
            fields[index] = (content, new AttributeSpecification(default, (DwarfForm)form, 0));
        }

        int position = header.Position;
        ulong count = header.Uleb();
        for (ulong entry = 0; entry < count; entry++)
        {
            int start = header.Position;
            DwarfValue name = default;
            ulong folder = 0;
            foreach ((ulong content, AttributeSpecification form) in fields)
            {
                DwarfValue value = FormReader.Read(ref header, format, form);
                name = content == Path ? value : name;
                folder = content == DirectoryIndex ? value.Number : folder;
            }

            if (header.Position == start)
            {
                throw DwarfDamage.At(DebugCodes.LineTable, header.Section, position, $"the line table has {count} entries without contents");
            }

            add(name, folder);
        }
    }
}
