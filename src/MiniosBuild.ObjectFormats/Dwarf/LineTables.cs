namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The line tables of a file: headers as units name them, rows all at once.</summary>
internal sealed class LineTables(DebugSections sections, DwarfStrings strings, IReadOnlyList<DwarfUnit> units)
{
    private readonly Dictionary<ulong, LineTable> _tables = [];
    private LineTableReader? _reader;
    private LineRows? _rows;

    private LineTableReader Reader => _reader ??= new LineTableReader(sections.Lines, strings);

    /// <summary>The table of a unit; null when it has none.</summary>
    public LineTable? Of(DwarfUnit unit) => unit.Lines is { } offset ? At(offset, unit) : null;

    /// <summary>The rows of all tables.</summary>
    public LineRows Rows => _rows ??= ReadRows();

    private LineTable At(ulong offset, DwarfUnit? unit)
    {
        if (!_tables.TryGetValue(offset, out LineTable? table))
        {
            table = Reader.Read(offset, unit);
            _tables.Add(offset, table);
        }

        return table;
    }

    private LineRows ReadRows()
    {
        foreach (DwarfUnit unit in units)
        {
            _ = Of(unit);
        }

        if (units.Count == 0)
        {
            ReadAll();
        }

        LineRows rows = new();
        foreach (LineTable table in _tables.Values)
        {
            table.Run(rows);
        }

        rows.Sort();
        return rows;
    }

    // Without units nothing says where the tables start: they follow one another.
    private void ReadAll()
    {
        int end = sections.Lines.Length;
        for (int offset = 0; offset < end;)
        {
            offset = At((ulong)offset, null).End;
        }
    }
}
