namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A string table without the names that were dropped and with those that were added, behind the ones that stay.</summary>
internal sealed class ElfStringEdit(in ElfSection table, ElfDroppedNames? dropped, ElfAddedNames? added, ReadOnlyMemory<byte> last)
    : ElfEdit(table, NewSizeOf(table, dropped, added, last), "string table")
{
    private readonly int _kept = (int)table.Size - (dropped?.Size ?? 0);

    /// <summary>Where the added names start.</summary>
    public uint AddedOffset => (uint)_kept;

    /// <summary>Where the name given as the last one starts.</summary>
    public uint LastOffset => (uint)(_kept + (added?.Size ?? 0));

    /// <summary>Whether names that stay have another offset.</summary>
    public bool MovesNames => dropped is { Size: > 0 };

    /// <summary>Where a name that stays is now.</summary>
    public uint Map(uint name) => dropped is null ? name : dropped.Map(name);

    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        if (MovesNames)
        {
            dropped!.WriteKept(from, to);
        }
        else
        {
            from.CopyTo(to);
        }

        added?.WriteTo(to[_kept..]);
        if (!last.IsEmpty)
        {
            last.Span.CopyTo(to[(int)LastOffset..]);
            to[^1] = 0;
        }
    }

    private static int NewSizeOf(in ElfSection table, ElfDroppedNames? dropped, ElfAddedNames? added, ReadOnlyMemory<byte> last) =>
        ElfLayout.Size((long)table.Size - (dropped?.Size ?? 0) + (added?.Size ?? 0) + (last.IsEmpty ? 0 : last.Length + 1));
}
