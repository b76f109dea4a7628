namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A section whose contents are others now.</summary>
internal sealed class ElfBytesEdit(in ElfSection section, ReadOnlyMemory<byte> contents)
    : ElfEdit(section, contents.Length, "note")
{
    public override void Write(ReadOnlySpan<byte> from, Span<byte> to) => contents.Span.CopyTo(to);
}
