using System.Runtime.InteropServices;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The entries of .debug_info that may stand for a symbol, by address and by name.</summary>
internal sealed class EntryIndex
{
    // Every further entry of the same address or name says the same as the first ones.
    private const int CandidateLimit = 64;

    private readonly List<(DwarfAddress Address, EntryReference Entry)> _byAddress = [];
    private readonly List<(uint Hash, EntryReference Entry)> _byName = [];

    public void Add(DwarfAddress address, EntryReference entry) => _byAddress.Add((address, entry));

    /// <param name="name">The name, or as much of it as <see cref="NameHash"/> reads.</param>
    /// <param name="entry">The entry of that name.</param>
    public void Add(ReadOnlySpan<byte> name, EntryReference entry) => _byName.Add((NameHash.Of(name), entry));

    /// <summary>To be called once, after the last <see cref="Add(DwarfAddress, EntryReference)"/>.</summary>
    public void Sort()
    {
        CollectionsMarshal.AsSpan(_byAddress).Sort(static (left, right) =>
            left.Address.CompareTo(right.Address) is var order and not 0 ? order : Compare(left.Entry, right.Entry));
        CollectionsMarshal.AsSpan(_byName).Sort(static (left, right) =>
            left.Hash.CompareTo(right.Hash) is var order and not 0 ? order : Compare(left.Entry, right.Entry));
    }

    /// <summary>The entries that start at that address, in their order in the file; of very many the first.</summary>
    public ReadOnlySpan<(DwarfAddress Address, EntryReference Entry)> At(DwarfAddress address)
    {
        ReadOnlySpan<(DwarfAddress Address, EntryReference Entry)> entries = CollectionsMarshal.AsSpan(_byAddress);
        int low = 0;
        int high = entries.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = entries[middle].Address.CompareTo(address) < 0 ? (middle + 1, high) : (low, middle);
        }

        int end = low;
        while (end < entries.Length && end - low < CandidateLimit && entries[end].Address == address)
        {
            end++;
        }

        return entries[low..end];
    }

    /// <summary>The entries whose name may be that one, in their order in the file; of very many the first.</summary>
    public ReadOnlySpan<(uint Hash, EntryReference Entry)> Named(ReadOnlySpan<byte> name)
    {
        uint hash = NameHash.Of(name);
        ReadOnlySpan<(uint Hash, EntryReference Entry)> entries = CollectionsMarshal.AsSpan(_byName);
        int low = 0;
        int high = entries.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = entries[middle].Hash < hash ? (middle + 1, high) : (low, middle);
        }

        int end = low;
        while (end < entries.Length && end - low < CandidateLimit && entries[end].Hash == hash)
        {
            end++;
        }

        return entries[low..end];
    }

    private static int Compare(EntryReference left, EntryReference right) =>
        left.Unit != right.Unit ? left.Unit.CompareTo(right.Unit) : left.Position.CompareTo(right.Position);
}
