namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// SHT_LLVM_CALL_GRAPH_PROFILE as LLVM wrote it up to version 12: the indices of caller and callee, and a weight. Later ones hold the
/// weights alone, and name the symbols by relocations.
/// </summary>
internal sealed class ElfCallGraphEdit(in ElfSection section, bool isBig, ElfSymbolOrder order)
    : ElfEdit(section, (int)section.Size, "call graph profile")
{
    public const int EntrySize = 16;

    public static ElfCallGraphEdit Of(ElfFile file, in ElfSection section, ElfSymbolOrder order)
    {
        ReadOnlySpan<byte> entries = file.Contents(section.Index).Span;
        if (entries.Length % EntrySize != 0)
        {
            throw ElfDamage.At(ObjectCodes.DamagedIndices, (long)section.Offset,
                $"section {section.Index} has {entries.Length} bytes, expected entries of {EntrySize}");
        }

        for (int at = 0; at < entries.Length; at += EntrySize)
        {
            uint symbol = Math.Max(
                ElfWords.Word(entries[at..], file.Format.IsBig), ElfWords.Word(entries[(at + sizeof(uint))..], file.Format.IsBig));
            if (symbol >= (uint)order.Count)
            {
                throw ElfDamage.At(ObjectCodes.DamagedIndices, (long)section.Offset + at,
                    $"section {section.Index} names symbol {symbol}, but there are {order.Count}");
            }
        }

        return new ElfCallGraphEdit(section, file.Format.IsBig, order);
    }

    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        for (int at = 0; at < to.Length; at += EntrySize)
        {
            Follow(to.Slice(at, sizeof(uint)));
            Follow(to.Slice(at + sizeof(uint), sizeof(uint)));
        }
    }

    private void Follow(Span<byte> field) =>
        ElfWords.SetWord(field, isBig, (uint)order[(int)ElfWords.Word(field, isBig)]);
}
