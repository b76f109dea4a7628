namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A table with one entry for each symbol, in their order: SHT_SYMTAB_SHNDX and SHT_GNU_versym.</summary>
internal sealed class ElfParallelEdit(in ElfSection section, int entrySize, ElfSymbolOrder order)
    : ElfEdit(section, entrySize * order.NewCount, "table beside the symbols")
{
    public static ElfParallelEdit Of(in ElfSection section, int entrySize, ElfSymbolOrder order) =>
        section.Size == (ulong)entrySize * (ulong)order.Count
            ? new ElfParallelEdit(section, entrySize, order)
            : throw ElfDamage.At(ObjectCodes.DamagedIndices, (long)section.Offset,
                $"section {section.Index} has {section.Size} bytes, expected {entrySize} for each of {order.Count} symbols");

    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        for (int symbol = 0; symbol < order.Count; symbol++)
        {
            if (symbol == 0 || order[symbol] != 0)
            {
                from.Slice(symbol * entrySize, entrySize).CopyTo(to[(order[symbol] * entrySize)..]);
            }
        }
    }
}
