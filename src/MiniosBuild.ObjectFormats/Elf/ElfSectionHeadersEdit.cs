namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>
/// The section header table: sections where they are now, the signatures of groups under their new index, and a new section. The
/// contents of that section lie before the table, since those are the only bytes that are new to the file. Its header takes the place of
/// the first section that leaves the object, if one does, and comes last otherwise.
/// </summary>
internal sealed class ElfSectionHeadersEdit : ElfEdit
{
    private const int ContentsAlignment = 8; // at least that of a note, and keeps the table aligned as it was

    private readonly ElfFile _file;
    private readonly ElfFormat _format;
    private readonly ElfAddedSection? _added;
    private readonly IReadOnlyList<int> _dropped;
    private readonly int _addedSpace;
    private ElfLayout? _layout;

    /// <param name="file">The object.</param>
    /// <param name="added">A section to add; null for none.</param>
    /// <param name="dropped">The sections that leave the object.</param>
    public ElfSectionHeadersEdit(ElfFile file, ElfAddedSection? added, params IReadOnlyList<int> dropped)
        : base((int)file.Header.SectionHeaderOffset, OldSizeOf(file), NewSizeOf(file, added, dropped), "section header table")
    {
        _file = file;
        _format = file.Format;
        _added = added;
        _dropped = dropped;
        _addedSpace = SpaceOf(added);
        Count = file.SectionSpan.Length + (AddsHeader(added, dropped) ? 1 : 0);
        // A file that counts in section header 0 without need keeps doing so.
        UsesExtendedCount = file.Header.SectionHeaderCount == 0 || ElfFileHeaderEdit.NeedsExtendedCount(Count);
    }

    public int Count { get; }

    public bool UsesExtendedCount { get; }

    /// <summary>The table of section names, if it changes.</summary>
    public ElfStringEdit? Names { get; init; }

    public ElfSymbolOrder? Order { get; init; }

    public int TableOffset => NewOffset + _addedSpace;

    /// <summary>Says where everything is, which is known only once this edit has its place too.</summary>
    public void Place(ElfLayout layout) => _layout = layout;

    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        to[.._addedSpace].Clear();
        _added?.Contents.Span.CopyTo(to);
        Span<byte> table = to[_addedSpace..];
        from.CopyTo(table);
        int size = _format.SectionHeaderSize;
        if (UsesExtendedCount)
        {
            ElfWords.SetNative(table[(_format.Is64 ? 32 : 20)..], _format, (ulong)Count); // sh_size
        }

        foreach (ref readonly ElfSection section in _file.SectionSpan)
        {
            Write(section, table.Slice(section.Index * size, size));
        }

        foreach (ElfEdit edit in _layout!.Edits)
        {
            if (edit.Section != 0)
            {
                Place(table[(edit.Section * size)..], edit.NewOffset, (ulong)edit.NewSize);
            }
        }

        foreach (int section in _dropped)
        {
            table.Slice(section * size, size).Clear(); // SHT_NULL: gABI, an inactive header
        }

        if (_added is not null)
        {
            Write(_added, table.Slice(_dropped.Count > 0 ? _dropped[0] * size : from.Length, size));
        }
    }

    private void Write(in ElfSection section, Span<byte> header)
    {
        bool isBig = _format.IsBig;
        if (Names is { MovesNames: true })
        {
            ElfWords.SetWord(header, isBig, Names.Map(section.NameOffset)); // sh_name
        }

        if (section.Index == 0)
        {
            return;
        }

        ulong offset = _layout!.Move(section.Offset);
        if (offset != section.Offset)
        {
            ElfWords.SetNative(header[(_format.Is64 ? 24 : 16)..], _format, offset); // sh_offset
        }

        if (Order is null)
        {
            return;
        }

        Span<byte> info = header[(_format.Is64 ? 44 : 28)..]; // sh_info
        if (section.Index == _file.Symbols.SectionIndex)
        {
            ElfWords.SetWord(info, isBig, (uint)Order.LocalCount);
        }
        else if (section.Type == ElfSectionType.Group)
        {
            ElfWords.SetWord(info, isBig, (uint)Order[(int)section.Info]);
        }
    }

    private void Write(ElfAddedSection added, Span<byte> header)
    {
        header.Clear();
        ElfWords.SetWord(header, _format.IsBig, Names!.LastOffset); // sh_name
        ElfWords.SetWord(header[4..], _format.IsBig, (uint)added.Type); // sh_type
        ElfWords.SetNative(header[8..], _format, (ulong)added.Flags); // sh_flags
        ElfWords.SetNative(header[(_format.Is64 ? 48 : 32)..], _format, added.Alignment); // sh_addralign
        Place(header, NewOffset, added.Size);
    }

    private void Place(Span<byte> header, int offset, ulong size)
    {
        ElfWords.SetNative(header[(_format.Is64 ? 24 : 16)..], _format, (ulong)offset); // sh_offset
        ElfWords.SetNative(header[(_format.Is64 ? 32 : 20)..], _format, size); // sh_size
    }

    private static int OldSizeOf(ElfFile file) => file.SectionSpan.Length * file.Format.SectionHeaderSize;

    private static int NewSizeOf(ElfFile file, ElfAddedSection? added, IReadOnlyList<int> dropped) => ElfLayout.Size(
        (long)OldSizeOf(file) + SpaceOf(added) + (AddsHeader(added, dropped) ? file.Format.SectionHeaderSize : 0));

    private static bool AddsHeader(ElfAddedSection? added, IReadOnlyList<int> dropped) => added is not null && dropped.Count == 0;

    private static int SpaceOf(ElfAddedSection? added) =>
        ElfLayout.Size(((long)(added?.Contents.Length ?? 0) + ContentsAlignment - 1) & -ContentsAlignment);
}
