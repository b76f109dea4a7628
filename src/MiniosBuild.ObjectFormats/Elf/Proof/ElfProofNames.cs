using System.Buffers;
using System.Numerics;

namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>
/// Requires that the inverse map gives the old names back: no name that a pass gives may be that of another symbol that other files
/// can see, or the inverse would rename that one too. Runs once it is proven that every symbol has the name that it should have.
/// </summary>
internal readonly ref struct ElfProofNames
{
    private readonly ElfFile _before;
    private readonly ReadOnlySpan<ElfSymbolChange> _changes;
    private readonly Span<int> _slots; // numbers of changes, counted from 1
    private readonly Span<ulong> _seen; // one bit for some hashes of the names that are given

    private ElfProofNames(ElfFile before, ReadOnlySpan<ElfSymbolChange> changes, Span<int> slots, Span<ulong> seen)
    {
        _before = before;
        _changes = changes;
        _slots = slots;
        _seen = seen;
    }

    public static void Require(ElfFile before, ReadOnlySpan<ElfSymbolChange> changes)
    {
        int renames = 0;
        foreach (ref readonly ElfSymbolChange change in changes)
        {
            renames += change is { NewName.IsEmpty: false, MakeLocal: false } ? 1 : 0;
        }

        if (renames == 0)
        {
            return;
        }

        int size = (int)BitOperations.RoundUpToPowerOf2((uint)renames * 2);
        int[] slots = ArrayPool<int>.Shared.Rent(size);
        slots.AsSpan(0, size).Clear();
        ElfProofNames names = new(before, changes, slots.AsSpan(0, size), stackalloc ulong[16]);
        names.AddGiven();
        names.RequireNotKept();
        ArrayPool<int>.Shared.Return(slots);
    }

    private void AddGiven()
    {
        for (int number = 0; number < _changes.Length; number++)
        {
            ref readonly ElfSymbolChange change = ref _changes[number];
            if (change.NewName.IsEmpty || change.MakeLocal)
            {
                continue;
            }

            ReadOnlySpan<byte> name = change.NewName.Span;
            ref int slot = ref Slot(name);
            if (slot != 0)
            {
                throw Twice(_changes[slot - 1].Index, change.Index, name);
            }

            slot = number + 1;
            uint start = Start(name);
            _seen[(int)(start / 64)] |= 1UL << (int)(start % 64);
        }
    }

    private void RequireNotKept()
    {
        int table = _before.Symbols.SectionIndex;
        ReadOnlySpan<byte> names = _before.Contents((int)_before.SectionSpan[table].Link).Span;
        ElfSymbolFields symbols = new(_before.Contents(table).Span, _before.Format);
        int next = 0;
        for (int index = 1; index < symbols.Count; index++)
        {
            bool isChanged = next < _changes.Length && _changes[next].Index == index;
            if (isChanged)
            {
                ref readonly ElfSymbolChange change = ref _changes[next++];
                isChanged = change.MakeLocal || !change.NewName.IsEmpty;
            }

            if (isChanged || symbols.IsLocal(index))
            {
                continue;
            }

            ReadOnlySpan<byte> name = names[(int)symbols.Name(index)..];
            uint start = Start(name);
            if ((_seen[(int)(start / 64)] >> (int)(start % 64) & 1) == 0)
            {
                continue;
            }

            name = name[..name.IndexOf((byte)0)];
            if (Slot(name) is var slot and not 0)
            {
                throw Twice(_changes[slot - 1].Index, index, name);
            }
        }
    }

    /// <summary>The slot of a name, or the empty one where it would go.</summary>
    private ref int Slot(ReadOnlySpan<byte> name)
    {
        // FNV-1a over words, mixed so that the last letters reach the lowest bits
        uint hash = 2166136261;
        ReadOnlySpan<byte> rest = name;
        for (; rest.Length >= sizeof(uint); rest = rest[sizeof(uint)..])
        {
            hash = (hash ^ BitConverter.ToUInt32(rest)) * 16777619;
            hash ^= hash >> 15;
        }

        foreach (byte letter in rest)
        {
            hash = (hash ^ letter) * 16777619;
        }

        int slot = (int)(hash ^ (hash >> 16)) & (_slots.Length - 1);
        while (_slots[slot] != 0 && !_changes[_slots[slot] - 1].NewName.Span.SequenceEqual(name))
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return ref _slots[slot];
    }

    /// <summary>A number below 1024 for the first letters, before or with the NUL.</summary>
    private static uint Start(ReadOnlySpan<byte> name)
    {
        uint letters = 0;
        for (int index = 0; index < 6 && index < name.Length && name[index] != 0; index++)
        {
            letters = (letters * 31) + name[index];
        }

        return letters % 1024;
    }

    private static ObjectFormatException Twice(int one, int other, ReadOnlySpan<byte> name) => ElfProof.Failed(ObjectCodes.SymbolChanged, 0,
        $"what was symbol {one} and what was symbol {other} both have the name {System.Text.Encoding.UTF8.GetString(name)}, expected one");
}
