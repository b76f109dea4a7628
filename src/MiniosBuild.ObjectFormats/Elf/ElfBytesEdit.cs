namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A section whose contents are others now.</summary>
internal sealed class ElfBytesEdit(in ElfSection section, ReadOnlyMemory<byte> contents, string what)
    : ElfEdit(section, contents.Length, what)
{
    public override void Write(ReadOnlySpan<byte> from, Span<byte> to) => contents.Span.CopyTo(to);
}
