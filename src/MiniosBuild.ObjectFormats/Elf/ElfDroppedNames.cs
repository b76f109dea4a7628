using System.Numerics;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// The bytes of a string table that nothing refers to after a rename. Names may share their tails, so the unit is all that is between
/// two NULs; one bit a byte, and a count for each 64 of them, tell in constant time how far a name moves.
/// </summary>
internal sealed class ElfDroppedNames(ReadOnlyMemory<byte> table)
{
    private const int WordBits = 64;

    private readonly ulong[] _dropped = new ulong[(table.Length + WordBits - 1) / WordBits];
    private readonly int[] _before = new int[(table.Length + WordBits - 1) / WordBits];

    /// <summary>How many bytes are dropped; known after <see cref="Count"/>.</summary>
    public int Size { get; private set; }

    /// <summary>Drops the run that holds the name at that offset.</summary>
    public void Drop(uint name) => Set((int)name, isDropped: true);

    /// <summary>Keeps the run that holds the name at that offset.</summary>
    public void Keep(uint name)
    {
        if (name < (uint)table.Length && (_dropped[name / WordBits] >> (int)(name % WordBits) & 1) != 0)
        {
            Set((int)name, isDropped: false);
        }
    }

    /// <summary>Ends the choice of runs.</summary>
    public void Count()
    {
        int count = 0;
        for (int word = 0; word < _dropped.Length; word++)
        {
            _before[word] = count;
            count += BitOperations.PopCount(_dropped[word]);
        }

        Size = count;
    }

    /// <summary>Where the name at that offset of the old table is in the new one.</summary>
    public uint Map(uint name)
    {
        if (name >= (uint)table.Length)
        {
            return name; // gABI allows offset 0 even in an empty table.
        }

        ulong lower = _dropped[name / WordBits] & ((1UL << (int)(name % WordBits)) - 1);
        return name - (uint)(_before[name / WordBits] + BitOperations.PopCount(lower));
    }

    /// <summary>Writes what is kept to the start of <paramref name="to"/>.</summary>
    public void WriteKept(ReadOnlySpan<byte> from, Span<byte> to)
    {
        int read = 0;
        int written = 0;
        while (read < from.Length)
        {
            int end = Next(read, isDropped: true);
            from[read..end].CopyTo(to[written..]);
            written += end - read;
            read = Next(end, isDropped: false);
        }
    }

    /// <summary>The first byte at or behind <paramref name="position"/> that is dropped, or that is not; the table's end if there is none.</summary>
    private int Next(int position, bool isDropped)
    {
        while (position < table.Length)
        {
            ulong word = _dropped[position / WordBits];
            ulong wanted = (isDropped ? word : ~word) >> (position % WordBits);
            if (wanted != 0)
            {
                return Math.Min(position + BitOperations.TrailingZeroCount(wanted), table.Length);
            }

            position = ((position / WordBits) + 1) * WordBits;
        }

        return table.Length;
    }

    private void Set(int name, bool isDropped)
    {
        ReadOnlySpan<byte> bytes = table.Span;
        int start = bytes[..name].LastIndexOf((byte)0) + 1;
        int end = name + bytes[name..].IndexOf((byte)0) + 1;
        while (start < end)
        {
            int shift = start % WordBits;
            int length = Math.Min(WordBits - shift, end - start);
            ulong bits = (length == WordBits ? ulong.MaxValue : (1UL << length) - 1) << shift;
            ref ulong word = ref _dropped[start / WordBits];
            word = isDropped ? word | bits : word & ~bits;
            start += length;
        }
    }
}
