using System.Buffers;
using System.Numerics;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// The names that a rewrite adds to a string table, each once; tells which symbol other files will know by a name, until it is disposed
/// of. The names themselves stay.
/// </summary>
internal sealed class ElfAddedNames : IDisposable
{
    private readonly byte[] _names;
    private readonly int _slotCount;
    private int[] _slots; // the numbers of entries, counted from 1
    private Entry[] _entries;
    private int _count;
    private ulong _starts;

    /// <param name="capacity">How many names there can be.</param>
    /// <param name="size">How many bytes they can have, without their NULs.</param>
    public ElfAddedNames(int capacity, long size)
    {
        _names = GC.AllocateUninitializedArray<byte>(ElfLayout.Size(size + capacity));
        // At most half full.
        _slotCount = ElfLayout.Size((long)BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 1)) * 2);
        _slots = ArrayPool<int>.Shared.Rent(_slotCount);
        _slots.AsSpan(0, _slotCount).Clear();
        _entries = ArrayPool<Entry>.Shared.Rent(capacity);
    }

    /// <summary>The bytes of all names, each with its NUL.</summary>
    public int Size { get; private set; }

    /// <summary>Adds a name unless it is there.</summary>
    /// <param name="name">Without its NUL.</param>
    /// <param name="owner">The symbol that has it, if other files can see it; else 0.</param>
    /// <param name="offset">Where it starts among the added names.</param>
    /// <returns>The visible symbol that has it already, or 0.</returns>
    public int Add(ReadOnlySpan<byte> name, int owner, out int offset)
    {
        uint hash = Hash(name);
        ref int slot = ref Find(name, hash);
        if (slot == 0)
        {
            offset = Size;
            name.CopyTo(_names.AsSpan(offset));
            _names[offset + name.Length] = 0;
            _entries[_count] = new Entry(hash, offset, name.Length, owner);
            slot = ++_count;
            _starts |= StartOf(name);
            Size += name.Length + 1;
            return 0;
        }

        ref Entry entry = ref _entries[slot - 1];
        offset = entry.Offset;
        int previous = entry.Owner;
        entry = entry with { Owner = Math.Max(previous, owner) };
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

        name = name[..name.IndexOf((byte)0)];
        int entry = Find(name, Hash(name));
        return entry == 0 ? 0 : _entries[entry - 1].Owner;
    }

    public void WriteTo(Span<byte> destination) => _names.AsSpan(0, Size).CopyTo(destination);

    public void Dispose()
    {
        ArrayPool<int>.Shared.Return(_slots);
        ArrayPool<Entry>.Shared.Return(_entries);
        _slots = [];
        _entries = [];
    }

    /// <summary>The slot of a name, or the free one that it would take.</summary>
    private ref int Find(ReadOnlySpan<byte> name, uint hash)
    {
        int mask = _slotCount - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] != 0 && !IsSame(_entries[_slots[slot] - 1], name, hash))
        {
            slot = (slot + 1) & mask;
        }

        return ref _slots[slot];
    }

    private bool IsSame(in Entry entry, ReadOnlySpan<byte> name, uint hash) =>
        entry.Hash == hash && _names.AsSpan(entry.Offset, entry.Length).SequenceEqual(name);

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

    private readonly record struct Entry(uint Hash, int Offset, int Length, int Owner);
}
