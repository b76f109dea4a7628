using System.Buffers.Binary;
using System.Collections;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The entries of .symtab or .dynsym, decoded from the file as they are asked for.</summary>
public sealed class ElfSymbolTable : IReadOnlyList<ElfSymbol>
{
    private const ushort ReservedFirst = 0xff00; // SHN_LORESERVE
    private const ushort Absolute = 0xfff1; // SHN_ABS
    private const ushort Common = 0xfff2; // SHN_COMMON
    private const ushort Extended = 0xffff; // SHN_XINDEX

    private readonly ElfFormat _format;
    private readonly ElfMachine _machine;
    private readonly ReadOnlyMemory<byte> _entries;
    private readonly ReadOnlyMemory<byte> _extendedIndices;
    private readonly ElfStringTable _names;

    internal static readonly ElfSymbolTable Empty =
        new(new ElfFormat(ElfClass.Elf64, ElfByteOrder.LittleEndian), ElfMachine.None, default, default, ElfStringTable.Empty, -1);

    internal ElfSymbolTable(
        ElfFormat format,
        ElfMachine machine,
        ReadOnlyMemory<byte> entries,
        ReadOnlyMemory<byte> extendedIndices,
        ElfStringTable names,
        int sectionIndex)
    {
        _format = format;
        _machine = machine;
        _entries = entries;
        _extendedIndices = extendedIndices;
        _names = names;
        SectionIndex = sectionIndex;
        Count = entries.Length / format.SymbolSize;
    }

    /// <summary>The section that holds the table; -1 when the file has no such table.</summary>
    public int SectionIndex { get; }

    /// <summary>How many entries there are, the null symbol included.</summary>
    public int Count { get; }

    public ElfSymbol this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            int size = _format.SymbolSize;
            ElfSymbolEntry entry = ElfSymbolEntry.Read(_entries.Span.Slice(index * size, size), _format);
            ElfSymbolPlacement placement = PlacementOf(entry.Section);
            uint section = entry.Section == Extended ? ExtendedIndex(index) : entry.Section;
            return new ElfSymbol(index, entry, section, placement, _names);
        }
    }

    /// <summary>Whether a name may end so; quicker than to ask all of them, but other names of the table can say yes too.</summary>
    internal bool MayHaveNameEnd(ReadOnlySpan<byte> endAndNul) => _names.Contains(endAndNul);

    /// <summary>
    /// Refuses what would make an accessor fail later: names outside the string table, sections that do not exist. The table starts at
    /// <paramref name="offset"/> in the file.
    /// </summary>
    internal void Validate(ulong offset, int sectionCount)
    {
        ReadOnlySpan<byte> entries = _entries.Span;
        int size = _format.SymbolSize;
        for (int index = 0; index < Count; index++)
        {
            ElfSymbolEntry entry = ElfSymbolEntry.Read(entries.Slice(index * size, size), _format);
            if (!_names.Holds(entry.Name))
            {
                throw ElfDamage.At(ObjectCodes.NameOutside, At(offset, index),
                    $"st_name of symbol {index} is 0x{entry.Name:x}, but its string table has 0x{_names.Size:x} bytes");
            }

            if (entry.Section == Extended && _extendedIndices.Length / sizeof(uint) <= index)
            {
                throw ElfDamage.At(ObjectCodes.SymbolTable, At(offset, index),
                    $"st_shndx of symbol {index} is SHN_XINDEX, but no SHT_SYMTAB_SHNDX section has an entry for it");
            }

            if (PlacementOf(entry.Section) == ElfSymbolPlacement.Section)
            {
                uint section = entry.Section == Extended ? ExtendedIndex(index) : entry.Section;
                if (section >= (uint)sectionCount)
                {
                    throw ElfDamage.At(ObjectCodes.SectionIndex, At(offset, index),
                        $"symbol {index} is in section {section}, but there are {sectionCount} sections");
                }
            }
        }
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<ElfSymbol> IEnumerable<ElfSymbol>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private long At(ulong offset, int index) => (long)offset + ((long)index * _format.SymbolSize);

    private uint ExtendedIndex(int index)
    {
        ReadOnlySpan<byte> field = _extendedIndices.Span.Slice(index * sizeof(uint), sizeof(uint));
        return _format.IsBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);
    }

    private ElfSymbolPlacement PlacementOf(ushort section) => section switch
    {
        0 => ElfSymbolPlacement.Undefined,
        < ReservedFirst or Extended => ElfSymbolPlacement.Section,
        Absolute => ElfSymbolPlacement.Absolute,
        Common => ElfSymbolPlacement.Common,
        _ => _machine.IsCommon(section) ? ElfSymbolPlacement.Common : ElfSymbolPlacement.Reserved,
    };

    /// <summary>Walks the table without allocating.</summary>
    public struct Enumerator(ElfSymbolTable table) : IEnumerator<ElfSymbol>
    {
        private int _index = -1;

        public readonly ElfSymbol Current => table[_index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < table.Count;

        public void Reset() => _index = -1;

        public readonly void Dispose()
        {
        }
    }
}
