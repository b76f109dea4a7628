namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Walks all entries of all units once, and indexes those that may stand for a symbol.</summary>
internal sealed class EntryIndexer(DebugSections sections, IReadOnlyList<DwarfUnit> units, DwarfStrings strings, DwarfAddresses addresses)
{
    private readonly RangeLists _ranges = new(sections, addresses);
    private readonly List<DwarfAddress> _starts = [];
    private readonly EntryIndex _index = new();

    public EntryIndex Build()
    {
        for (int number = 0; number < units.Count; number++)
        {
            Walk(number, units[number]);
        }

        _index.Sort();
        return _index;
    }

    private void Walk(int number, DwarfUnit unit)
    {
        DwarfCursor cursor = unit.CursorAt(unit.FirstEntry);
        int depth = 0;
        while (!cursor.IsAtEnd)
        {
            int position = cursor.Position;
            if (!unit.TryRead(ref cursor, out Abbreviation abbreviation))
            {
                depth--;
            }
            else
            {
                if (depth > 0 && abbreviation.MayBeSymbol)
                {
                    DwarfEntry entry = DwarfEntry.Read(ref cursor, unit, abbreviation);
                    Index(unit, entry, new EntryReference(number, position), isOutermost: depth == 1);
                }
                else
                {
                    Skip(ref cursor, unit, abbreviation);
                }

                depth += abbreviation.HasChildren ? 1 : 0;
            }

            if (depth <= 0)
            {
                return; // The unit's first entry has ended; what follows is padding.
            }
        }
    }

    private static void Skip(ref DwarfCursor cursor, DwarfUnit unit, in Abbreviation abbreviation)
    {
        if (abbreviation.Size.IsFixed)
        {
            cursor.Skip(abbreviation.Size.In(unit.Format));
            return;
        }

        foreach (AttributeSpecification attribute in unit.Abbreviations.Attributes(abbreviation))
        {
            _ = FormReader.Read(ref cursor, unit.Format, attribute);
        }
    }

    private void Index(DwarfUnit unit, in DwarfEntry entry, EntryReference reference, bool isOutermost)
    {
        if (entry.Tag == DwarfTag.Variable)
        {
            Add(addresses.OfLocation(unit, entry.Location), reference);
        }
        else if (entry.Tag == DwarfTag.Subprogram)
        {
            Add(addresses.Of(unit, entry.LowPc), reference);
            AddParts(unit, entry.Ranges, reference);
        }

        // Names of C++ that are not mangled are unique only where they are external or outermost.
        bool isNamed = entry.Tag == DwarfTag.Member ? entry.IsExternal
            : entry.LinkageName.IsPresent || entry.IsExternal || isOutermost;
        DwarfValue name = entry.LinkageName.IsPresent ? entry.LinkageName : entry.Name;
        if (isNamed && strings.TryLocate(unit, name, out DwarfCursor text))
        {
            _index.Add(text.TextUpTo(NameHash.LongestName), reference);
        }
    }

    private void AddParts(DwarfUnit unit, DwarfValue ranges, EntryReference reference)
    {
        if (ranges.IsPresent)
        {
            _starts.Clear();
            _ranges.AddStarts(unit, ranges, _starts);
            foreach (DwarfAddress start in _starts)
            {
                _index.Add(start, reference);
            }
        }
    }

    private void Add(DwarfAddress? address, EntryReference reference)
    {
        if (address is { } start)
        {
            _index.Add(start, reference);
        }
    }
}
