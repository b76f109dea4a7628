namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A changed object that is laid out but not written yet. Immutable; keeps the bytes of the object that it is made from.</summary>
public sealed class ElfRewrite
{
    private readonly ReadOnlyMemory<byte> _source;
    private readonly IReadOnlyList<ElfEdit> _edits;

    internal ElfRewrite(ReadOnlyMemory<byte> source, IReadOnlyList<ElfEdit> edits, int size)
    {
        _source = source;
        _edits = edits;
        Size = size;
    }

    /// <summary>Lays the file out with all edits of its sections, its section header table and its ELF header.</summary>
    internal static ElfRewrite LayOut(ElfFile file, ReadOnlyMemory<byte> source, List<ElfEdit> edits, ElfSectionHeadersEdit sections)
    {
        edits.Add(sections);
        edits.Add(new ElfFileHeaderEdit(file.Format, sections));
        ElfLayout layout = new(file, edits);
        sections.Place(layout);
        return new ElfRewrite(source, layout.Edits, layout.FileSize);
    }

    /// <summary>How many bytes <see cref="WriteTo"/> writes.</summary>
    public int Size { get; }

    /// <summary>Whether the result is the source, byte by byte.</summary>
    public bool IsUnchanged => _edits.Count == 0;

    /// <summary>Writes the object, from its first byte to its last.</summary>
    /// <exception cref="ArgumentException">The destination is not <see cref="Size"/> bytes long.</exception>
    public void WriteTo(Span<byte> destination)
    {
        if (destination.Length != Size)
        {
            throw new ArgumentException($"the object has {Size} bytes, the destination {destination.Length}", nameof(destination));
        }

        ReadOnlySpan<byte> source = _source.Span;
        int read = 0;
        int written = 0;
        foreach (ElfEdit edit in _edits)
        {
            source[read..edit.Offset].CopyTo(destination[written..]);
            edit.Write(source[edit.Offset..edit.End], destination.Slice(edit.NewOffset, edit.NewSize));
            read = edit.End;
            written = Math.Min(read + edit.Shift, Size);
            destination[(edit.NewOffset + edit.NewSize)..written].Clear();
        }

        source[read..].CopyTo(destination[written..]);
    }
}
