namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>An entry of .debug_info that may stand for a symbol, with the attributes that say where it is declared.</summary>
internal readonly record struct DwarfEntry
{
    public required DwarfTag Tag { get; init; }

    public DwarfValue Name { get; init; }

    public DwarfValue LinkageName { get; init; }

    public DwarfValue LowPc { get; init; }

    public DwarfValue Ranges { get; init; }

    public DwarfValue Location { get; init; }

    public DwarfValue File { get; init; }

    public DwarfValue Line { get; init; }

    public DwarfValue Column { get; init; }

    /// <summary>DW_AT_specification or DW_AT_abstract_origin: the entry that says what this one leaves out.</summary>
    public DwarfValue Origin { get; init; }

    public bool IsExternal { get; init; }

    /// <summary>Reads the attributes; the cursor is behind the entry's code, and behind the entry afterwards.</summary>
    public static DwarfEntry Read(ref DwarfCursor cursor, DwarfUnit unit, in Abbreviation abbreviation)
    {
        DwarfValue name = default, linkageName = default, lowPc = default, ranges = default, location = default;
        DwarfValue file = default, line = default, column = default, origin = default, external = default;
        foreach (ref readonly AttributeSpecification attribute in unit.Abbreviations.Attributes(abbreviation))
        {
            DwarfValue value = FormReader.Read(ref cursor, unit.Format, attribute);
            switch (attribute.Name)
            {
                case DwarfAttribute.Name:
                    name = value;
                    break;
                case DwarfAttribute.LinkageName or DwarfAttribute.MipsLinkageName:
                    linkageName = value;
                    break;
                case DwarfAttribute.LowPc:
                    lowPc = value;
                    break;
                case DwarfAttribute.Ranges:
                    ranges = value;
                    break;
                case DwarfAttribute.Location:
                    location = value;
                    break;
                case DwarfAttribute.DeclFile:
                    file = value;
                    break;
                case DwarfAttribute.DeclLine:
                    line = value;
                    break;
                case DwarfAttribute.DeclColumn:
                    column = value;
                    break;
                case DwarfAttribute.Specification or DwarfAttribute.AbstractOrigin:
                    origin = value;
                    break;
                case DwarfAttribute.External:
                    external = value;
                    break;
            }
        }

        return new DwarfEntry
        {
            Tag = abbreviation.Tag,
            Name = name,
            LinkageName = linkageName,
            LowPc = lowPc,
            Ranges = ranges,
            Location = location,
            File = file,
            Line = line,
            Column = column,
            Origin = origin,
            IsExternal = external.IsPresent && external.IsTrue,
        };
    }
}

/// <summary>Where an entry is: its unit's number and its position in the unit's section.</summary>
internal readonly record struct EntryReference(int Unit, int Position);

/// <summary>
/// DW_TAG_: the entries that may stand for a symbol, or say where one is. Labels of assembly have entries as well, but compilers that preprocess it count
/// their lines wrongly; the line table is right.
/// </summary>
internal enum DwarfTag : ushort
{
    FormalParameter = 0x05,
    Member = 0x0d,
    Subprogram = 0x2e,
    Variable = 0x34,
}
