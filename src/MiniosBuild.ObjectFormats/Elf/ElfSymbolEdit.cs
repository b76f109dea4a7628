namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The symbol table with new names, new bindings and, where some became local, another order.</summary>
internal sealed class ElfSymbolEdit(
    in ElfSection table, ElfFormat format, ElfStringEdit? strings, ElfNamedChange[] changes, ElfSymbolOrder? order)
    : ElfEdit(table, (int)table.Size, "symbol table")
{
    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        Place(from, to);
        if (strings is { MovesNames: true })
        {
            MoveNames(to);
        }

        foreach (ref readonly ElfNamedChange change in changes.AsSpan())
        {
            int place = order is null ? change.Symbol : order[change.Symbol];
            Span<byte> entry = to.Slice(place * format.SymbolSize, format.SymbolSize);
            if (change.IsRenamed)
            {
                ElfWords.SetWord(entry, format.IsBig, strings!.AddedOffset + (uint)change.NameOffset);
            }

            if (change.BecomesLocal)
            {
                entry[ElfSymbolFields.InfoOffset(format)] &= 0xf; // STB_LOCAL is 0
            }
        }
    }

    private void Place(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (order is null)
        {
            from.CopyTo(to);
            return;
        }

        int size = format.SymbolSize;
        ReadOnlySpan<int> places = order.NewIndices;
        for (int first = 0; first < places.Length;)
        {
            // Most symbols keep their neighbours.
            int end = first + 1;
            while (end < places.Length && places[end] == places[end - 1] + 1)
            {
                end++;
            }

            from[(first * size)..(end * size)].CopyTo(to[(places[first] * size)..]);
            first = end;
        }
    }

    private void MoveNames(Span<byte> entries)
    {
        for (int at = 0; at < entries.Length; at += format.SymbolSize)
        {
            Span<byte> name = entries.Slice(at, sizeof(uint));
            ElfWords.SetWord(name, format.IsBig, strings!.Map(ElfWords.Word(name, format.IsBig)));
        }
    }
}
