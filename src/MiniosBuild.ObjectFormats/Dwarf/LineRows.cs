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
    public void Add(LineTable table, int place, LineRow row)
    {
        if (_rows.Count > _firstRow && (place != _start.Place || row.Address < _rows[^1].Address))
        {
            End(table, null);
        }

        if (_rows.Count == _firstRow)
        {
            _start = new DwarfAddress(place, row.Address);
        }

        _rows.Add(row);
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

    /// <summary>What the instruction was made from that the address is in; where the compiler gives no line, the line before it.</summary>
    public SourcePosition? Find(DwarfAddress address)
    {
        if (!TryFind(address, out LineSequence sequence, out int index))
        {
            return null;
        }

        while (index > sequence.FirstRow && _rows[index].Line == 0)
        {
            index--;
        }

        return PositionOf(sequence, _rows[index]);
    }

    /// <summary>
    /// Where the code that starts at the address begins in the source. Of several rows there it is the first that begins a statement:
    /// one before it may be the end of what comes before, those behind it may be of what a compiler moved or inlined there.
    /// </summary>
    public SourcePosition? FindStart(DwarfAddress address)
    {
        if (!TryFind(address, out LineSequence sequence, out int last))
        {
            return null;
        }

        int first = last;
        while (first > sequence.FirstRow && _rows[first - 1].Address == address.Value)
        {
            first--;
        }

        int index = first;
        while (index < last && !(_rows[index].IsStatement && _rows[index].Line > 0))
        {
            index++;
        }

        return PositionOf(sequence, _rows[index]);
    }

    /// <summary>The last row at or before the address.</summary>
    private bool TryFind(DwarfAddress address, out LineSequence sequence, out int row)
    {
        int low = 0;
        int high = _sequences.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _sequences[middle].Start.CompareTo(address) <= 0 ? (middle + 1, high) : (low, middle);
        }

        sequence = low == 0 ? default : _sequences[low - 1];
        if (low == 0 || sequence.Start.Place != address.Place || address.Value >= sequence.End)
        {
            row = -1;
            return false;
        }

        low = sequence.FirstRow;
        high = sequence.FirstRow + sequence.RowCount;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _rows[middle].Address <= address.Value ? (middle + 1, high) : (low, middle);
        }

        row = low - 1;
        return true;
    }

    private static SourcePosition? PositionOf(in LineSequence sequence, LineRow row) =>
        row.Line is > 0 and <= int.MaxValue && sequence.Table.FileAt(row.File) is { } file
            ? new SourcePosition(file, (int)row.Line, (int)Math.Min(row.Column, int.MaxValue))
            : null;
}
