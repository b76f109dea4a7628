using System.Collections;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The entries of one SHT_REL or SHT_RELA section, decoded from the file as they are asked for.</summary>
public sealed class ElfRelocationTable : IReadOnlyList<ElfRelocation>
{
    private readonly ElfFormat _format;
    private readonly ElfMachine _machine;
    private readonly ReadOnlyMemory<byte> _entries;
    private readonly long _offset;
    private readonly int _symbolCount;
    private readonly int _entrySize;

    internal static readonly ElfRelocationTable Empty =
        new(new ElfFormat(ElfClass.Elf64, ElfByteOrder.LittleEndian), ElfMachine.None, default, 0, 0, hasAddends: true);

    internal ElfRelocationTable(
        ElfFormat format, ElfMachine machine, ReadOnlyMemory<byte> entries, long offset, int symbolCount, bool hasAddends)
    {
        _format = format;
        _machine = machine;
        _entries = entries;
        _offset = offset;
        _symbolCount = symbolCount;
        HasAddends = hasAddends;
        _entrySize = hasAddends ? format.RelaSize : format.RelSize;
        Count = entries.Length / _entrySize;
    }

    /// <summary>SHT_RELA: the entries carry their addends.</summary>
    public bool HasAddends { get; }

    public int Count { get; }

    /// <exception cref="ObjectFormatException">MINIOS2008: the entry names a symbol that does not exist.</exception>
    public ElfRelocation this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int start = index * _entrySize;
            (ulong offset, uint type, uint symbol, long addend) =
                ElfRelocation.Read(_entries.Span.Slice(start, _entrySize), _format, _machine, HasAddends);
            if (symbol != 0 && symbol >= (uint)_symbolCount)
            {
                throw ElfDamage.At(ObjectCodes.SymbolIndex, _offset + start,
                    $"relocation {index} refers to symbol {symbol}, but its symbol table has {_symbolCount}");
            }

            return new ElfRelocation(offset, type, (int)symbol, addend);
        }
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<ElfRelocation> IEnumerable<ElfRelocation>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Walks the table without allocating.</summary>
    public struct Enumerator(ElfRelocationTable table) : IEnumerator<ElfRelocation>
    {
        private int _index = -1;

        public readonly ElfRelocation Current => table[_index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < table.Count;

        public void Reset() => _index = -1;

        public readonly void Dispose()
        {
        }
    }
}
