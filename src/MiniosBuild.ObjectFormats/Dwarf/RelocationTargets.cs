namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Which fields of a debug section hold addresses, and in which section each address is.</summary>
internal sealed class RelocationTargets
{
    public static readonly RelocationTargets None = new();

    private readonly List<int> _positions = [];
    private readonly List<int> _places = [];
    private bool _isSorted = true;

    /// <param name="position">Of the field in the debug section.</param>
    /// <param name="place">As <see cref="DwarfAddress.Place"/>.</param>
    public void Add(int position, int place)
    {
        _isSorted &= _positions.Count == 0 || _positions[^1] <= position;
        _positions.Add(position);
        _places.Add(place);
    }

    /// <summary>To be called once, after the last <see cref="Add"/>.</summary>
    public void Sort()
    {
        if (_isSorted)
        {
            return;
        }

        int[] positions = [.. _positions];
        int[] places = [.. _places];
        Array.Sort(positions, places);
        _positions.Clear();
        _positions.AddRange(positions);
        _places.Clear();
        _places.AddRange(places);
        _isSorted = true;
    }

    /// <returns>0 when no relocation concerns the field.</returns>
    public int PlaceAt(int position)
    {
        int index = _positions.BinarySearch(position);
        return index < 0 ? 0 : _places[index];
    }
}
