using System.Numerics;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The names that a rewrite adds to a string table, each once; tells which symbol other files will know by a name.</summary>
internal sealed class ElfAddedNames(int capacity)
{
    private readonly Entry[] _entries = new Entry[capacity];
    // At most half full; a slot holds the number of an entry plus 1.
    private readonly int[] _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 1)) * 2];
    private int _count;
    private ulong _starts;

    /// <summary>The bytes of all names, each with its NUL.</summary>
    public int Size { get; private set; }

    /// <summary>Adds a name unless it is there.</summary>
    /// <param name="name">Without its NUL.</param>
    /// <param name="owner">The symbol that has it, if other files can see it; else 0.</param>
    /// <param name="offset">Where it starts among the added names.</param>
    /// <returns>The visible symbol that has it already, or 0.</returns>
    public int Add(ReadOnlyMemory<byte> name, int owner, out int offset)
    {
        int slot = Find(name.Span);
        if (_slots[slot] == 0)
        {
            _entries[_count] = new Entry(name, Size, owner);
            _slots[slot] = ++_count;
            _starts |= StartOf(name.Span);
            offset = Size;
            Size = checked(Size + name.Length + 1);
            return 0;
        }

        ref Entry entry = ref _entries[_slots[slot] - 1];
        offset = entry.Offset;
        int previous = entry.Owner;
        entry.Owner = Math.Max(entry.Owner, owner);
        return owner == 0 ? 0 : previous;
    }

    /// <summary>The visible symbol that gets the name at the start of those bytes, which a NUL ends; 0 for none.</summary>
    public int OwnerOf(ReadOnlySpan<byte> name)
    {
        // Most names are told apart by how they start.
        if ((_starts & StartOf(name)) == 0)
        {
            return 0;
        }

        int entry = _slots[Find(name[..name.IndexOf((byte)0)])];
        return entry == 0 ? 0 : _entries[entry - 1].Owner;
    }

    public void WriteTo(Span<byte> destination)
    {
        for (int number = 0; number < _count; number++)
        {
            ref readonly Entry entry = ref _entries[number];
            entry.Name.Span.CopyTo(destination[entry.Offset..]);
            destination[entry.Offset + entry.Name.Length] = 0;
        }
    }

    private int Find(ReadOnlySpan<byte> name)
    {
        int mask = _slots.Length - 1;
        int slot = (int)Hash(name) & mask;
        while (_slots[slot] != 0 && !_entries[_slots[slot] - 1].Name.Span.SequenceEqual(name))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>One of 64 bits for the first four bytes; a shorter name sets the last.</summary>
    private static ulong StartOf(ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < 4; index++)
        {
            if (index >= name.Length || name[index] == 0)
            {
                return 1UL << 63;
            }
        }

        return 1UL << (int)((BitConverter.ToUInt32(name) * 0x9E3779B1u) >> 26);
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
        for (; name.Length >= sizeof(ulong); name = name[sizeof(ulong)..])
        {
            hash = BitOperations.RotateLeft(hash ^ BitConverter.ToUInt64(name), 29) * 0xBF58476D1CE4E5B9;
        }

        ulong rest = 0;
        foreach (byte letter in name)
        {
            rest = (rest << 8) | letter;
        }

        hash = (hash ^ rest) * 0x94D049BB133111EB;
        return (uint)(hash ^ (hash >> 32));
    }

    private struct Entry(ReadOnlyMemory<byte> name, int offset, int owner)
    {
        public readonly ReadOnlyMemory<byte> Name = name;
        public readonly int Offset = offset;
        public int Owner = owner;
    }
}
