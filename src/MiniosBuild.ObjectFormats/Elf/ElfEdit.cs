namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A range of a file that other bytes replace.</summary>
internal abstract class ElfEdit(int offset, int oldSize, int newSize, string what)
{
    /// <summary>The edit of the contents of a section.</summary>
    protected ElfEdit(in ElfSection section, int newSize, string what)
        : this((int)section.Offset, section.HasContents ? (int)section.Size : 0, newSize, $"{what} in section {section.Index}") =>
        Section = section.Index;

    /// <summary>The section whose contents the range is; 0 for none.</summary>
    public int Section { get; }

    /// <summary>Where the old bytes start.</summary>
    public int Offset { get; } = offset;

    public int OldSize { get; } = oldSize;

    public int NewSize { get; } = newSize;

    /// <summary>What the range holds, for messages.</summary>
    public string What { get; } = what;

    /// <summary>The end of the old bytes.</summary>
    public int End => Offset + OldSize;

    /// <summary>Where the new bytes start; known once the file is laid out.</summary>
    public int NewOffset { get; set; }

    /// <summary>How far the old bytes behind this range move.</summary>
    public int Shift { get; set; }

    /// <summary>Writes all of <paramref name="to"/>, which has the new size; <paramref name="from"/> holds the old bytes.</summary>
    public abstract void Write(ReadOnlySpan<byte> from, Span<byte> to);
}

/// <summary>A section whose contents are others now.</summary>
internal sealed class ElfBytesEdit(in ElfSection section, ReadOnlyMemory<byte> contents, string what)
    : ElfEdit(section, contents.Length, what)
{
    public override void Write(ReadOnlySpan<byte> from, Span<byte> to) => contents.Span.CopyTo(to);
}
