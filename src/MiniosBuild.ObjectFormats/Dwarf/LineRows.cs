using System.Runtime.InteropServices;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The rows of all line tables of a file, by address.</summary>
internal sealed class LineRows
{
    private readonly List<LineRow> _rows = [];
    private readonly List<LineSequence> _sequences = [];
    private DwarfAddress _start;
    private int _firstRow;

    /// <summary>Adds a row; one that does not follow the last one begins a new sequence.</summary>
    public void Add(LineTable table, DwarfAddress address, uint file, uint line, uint column)
    {
        if (_rows.Count > _firstRow && (address.Place != _start.Place || address.Value < _rows[^1].Address))
        {
            End(table, null);
        }

        if (_rows.Count == _firstRow)
        {
            _start = address;
        }

        _rows.Add(new LineRow(address.Value, file, line, column));
    }

    /// <summary>Ends the sequence of the rows added last.</summary>
    /// <param name="table">The table that they are of.</param>
    /// <param name="end">The first address behind them; null when it is not known.</param>
    public void End(LineTable table, DwarfAddress? end)
    {
        int count = _rows.Count - _firstRow;
        if (count > 0)
        {
            ulong last = _rows[^1].Address;
            bool isKnown = end is { } address && address.Place == _start.Place && address.Value >= last;
            _sequences.Add(new LineSequence(_start, isKnown ? end!.Value.Value : unchecked(last + 1), _firstRow, count, table));
        }

        _firstRow = _rows.Count;
    }

    /// <summary>To be called once, after the last row.</summary>
    public void Sort() => CollectionsMarshal.AsSpan(_sequences).Sort(static (left, right) =>
        left.Start.CompareTo(right.Start) is var order and not 0 ? order : left.FirstRow.CompareTo(right.FirstRow));

    /// <summary>What the code at that address was made from; of code that the compiler gives no line, the line before it.</summary>
    public SourcePosition? Find(DwarfAddress address)
    {
        int low = 0;
        int high = _sequences.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _sequences[middle].Start.CompareTo(address) <= 0 ? (middle + 1, high) : (low, middle);
        }

        if (low == 0)
        {
            return null;
        }

        LineSequence sequence = _sequences[low - 1];
        return sequence.Start.Place == address.Place && address.Value < sequence.End ? Find(sequence, address.Value) : null;
    }

    private SourcePosition? Find(in LineSequence sequence, ulong address)
    {
        int low = sequence.FirstRow;
        int high = sequence.FirstRow + sequence.RowCount;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _rows[middle].Address <= address ? (middle + 1, high) : (low, middle);
        }

        int index = low - 1;
        while (index > sequence.FirstRow && _rows[index].Line == 0)
        {
            index--;
        }

        LineRow row = _rows[index];
        return row.Line is > 0 and <= int.MaxValue && sequence.Table.FileAt(row.File) is { } file
            ? new SourcePosition(file, (int)row.Line, (int)Math.Min(row.Column, int.MaxValue))
            : null;
    }
}
