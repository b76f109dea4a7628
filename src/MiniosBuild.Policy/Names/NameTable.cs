using System.Numerics;
using System.Text;

namespace MiniosBuild.Policy.Names;

/// <summary>
/// Symbol names, each kept once and known by a number: 0, 1, 2, … in the order in which they were first met. What a million symbols
/// are called costs their bytes and 12 to 20 bytes a name; a string is made only where a report shows one. Not thread-safe while
/// names are added; read-only uses may be shared.
/// </summary>
public sealed class NameTable
{
    private const int Free = -1;
    private const int ChunkBits = 15;
    private const int ChunkSize = 1 << ChunkBits;

    // The bytes lie in chunks that never move, so that a span of one stays valid while others are added.
    private readonly List<byte[]> _chunks = [];
    private int _used;
    private Entry[] _entries;
    private Slot[] _slots;

    /// <param name="expected">How many names there will be, if that is known: the table then need not grow.</param>
    public NameTable(int expected = 0)
    {
        int count = Math.Max(expected, 256);
        _entries = new Entry[count];
        _slots = NewSlots((int)BitOperations.RoundUpToPowerOf2((uint)count * 2));
    }

    /// <summary>How many names there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a name, which is added if it is new.</summary>
    public int Add(ReadOnlySpan<byte> name)
    {
        uint hash = Hash(name);
        int slot = Find(name, hash);
        if (_slots[slot].Number != Free)
        {
            return _slots[slot].Number;
        }

        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }

        _entries[Count] = Keep(name);
        _slots[slot] = new Slot(hash, Count);
        Count++;
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>The number of a name in UTF-16, which is added if it is new.</summary>
    public int Add(string name) => Add(Encoding.UTF8.GetBytes(name));

    /// <summary>The number of a name, or -1 if it is not in the table.</summary>
    public int Find(ReadOnlySpan<byte> name) => _slots[Find(name, Hash(name))].Number;

    /// <summary>The number of a name, or -1 if it is not in the table.</summary>
    public int Find(string name) => Find(Encoding.UTF8.GetBytes(name));

    /// <summary>The bytes of a name; valid as long as the table.</summary>
    public ReadOnlySpan<byte> Bytes(int number)
    {
        ref readonly Entry entry = ref _entries[number];
        return _chunks[(int)(entry.Position >> ChunkBits)].AsSpan((int)(entry.Position & (ChunkSize - 1)), entry.Length);
    }

    /// <summary>The bytes of a name, to be kept.</summary>
    public ReadOnlyMemory<byte> Memory(int number)
    {
        ref readonly Entry entry = ref _entries[number];
        return _chunks[(int)(entry.Position >> ChunkBits)].AsMemory((int)(entry.Position & (ChunkSize - 1)), entry.Length);
    }

    /// <summary>A name as text, made anew at each call; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    private int Find(ReadOnlySpan<byte> name, uint hash)
    {
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] is { Number: not Free } taken && !(taken.Hash == hash && Bytes(taken.Number).SequenceEqual(name)))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private Entry Keep(ReadOnlySpan<byte> name)
    {
        // A name longer than a chunk gets one of its own length, which it fills.
        if (_chunks.Count == 0 || name.Length > _chunks[^1].Length - _used)
        {
            // A shift is not checked for overflow: a place is 32 bits wide.
            if (_chunks.Count == 1 << (32 - ChunkBits))
            {
                throw new OutOfMemoryException($"the names need more than {_chunks.Count} blocks of {ChunkSize} bytes");
            }

            _chunks.Add(new byte[Math.Max(ChunkSize, name.Length)]);
            _used = 0;
        }

        // A name of no bytes at the end of a full chunk is as well at its start.
        var entry = new Entry(((uint)(_chunks.Count - 1) << ChunkBits) | (name.IsEmpty ? 0 : (uint)_used), name.Length);
        name.CopyTo(_chunks[^1].AsSpan(_used));
        _used += name.Length;
        return entry;
    }

    private void Grow()
    {
        Slot[] old = _slots;
        _slots = NewSlots(old.Length * 2);
        int mask = _slots.Length - 1;
        foreach (Slot taken in old)
        {
            if (taken.Number == Free)
            {
                continue;
            }

            int slot = (int)taken.Hash & mask;
            while (_slots[slot].Number != Free)
            {
                slot = (slot + 1) & mask;
            }

            _slots[slot] = taken;
        }
    }

    private static Slot[] NewSlots(int count)
    {
        var slots = new Slot[count];
        Array.Fill(slots, new Slot(0, Free));
        return slots;
    }

    // Eight bytes at a time; names are not hostile beyond making a table slow, and not even that within the sizes of files.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * 0x9E3779B97F4A7C15;
        ulong rest = 0;
        if (name.Length >= 8)
        {
            // The last eight bytes may overlap the ones before: together with the length they tell names apart all the same.
            rest = BitConverter.ToUInt64(name[^8..]);
            for (; name.Length > 8; name = name[8..])
            {
                hash = BitOperations.RotateLeft(hash ^ BitConverter.ToUInt64(name), 29) * 0xBF58476D1CE4E5B9;
            }
        }
        else
        {
            for (int i = 0; i < name.Length; i++)
            {
                rest |= (ulong)name[i] << (8 * i);
            }
        }

        hash = (hash ^ rest) * 0x94D049BB133111EB;
        return (uint)(hash ^ (hash >> 32));
    }

    // The hash lies beside the number, so that a miss costs one look into memory.
    private readonly record struct Slot(uint Hash, int Number);

    // Chunk and start in it.
    private readonly record struct Entry(uint Position, int Length);
}
