using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The variables of a file, by the range of their bytes.</summary>
internal sealed class SizedSymbols
{
    private readonly ElfFile _file;
    private readonly (DwarfAddress Start, int Symbol)[] _starts;

    public SizedSymbols(ElfFile file)
    {
        _file = file;
        List<(DwarfAddress Start, int Symbol)> starts = [];
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (symbol.Placement == ElfSymbolPlacement.Section && symbol.Size != 0
                && symbol.Type is ElfSymbolType.Object or ElfSymbolType.Tls)
            {
                starts.Add((new DwarfAddress((int)symbol.SectionIndex, symbol.Value), symbol.Index));
            }
        }

        starts.Sort(static (left, right) =>
            left.Start.CompareTo(right.Start) is var order and not 0 ? order : left.Symbol.CompareTo(right.Symbol));
        _starts = [.. starts];
    }

    /// <summary>The variable that the byte at that address is part of.</summary>
    public ElfSymbol? Covering(DwarfAddress address)
    {
        int low = 0;
        int high = _starts.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _starts[middle].Start.CompareTo(address) <= 0 ? (middle + 1, high) : (low, middle);
        }

        if (low == 0)
        {
            return null;
        }

        ElfSymbol symbol = _file.Symbols[_starts[low - 1].Symbol];
        return (int)symbol.SectionIndex == address.Place && address.Value - symbol.Value < symbol.Size ? symbol : null;
    }
}
