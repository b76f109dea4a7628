namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The ELF header with the place and the length of the section header table as they are now.</summary>
internal sealed class ElfFileHeaderEdit(ElfFormat format, ElfSectionHeadersEdit sections)
    : ElfEdit(0, format.HeaderSize, format.HeaderSize, "ELF header")
{
    private const int Extended = 0xff00; // SHN_LORESERVE: from here on e_shnum is 0 and the count is in section header 0.

    public override void Write(ReadOnlySpan<byte> from, Span<byte> to)
    {
        from.CopyTo(to);
        ElfWords.SetNative(to[(format.Is64 ? 40 : 32)..], format, (ulong)sections.TableOffset); // e_shoff
        ElfWords.SetHalf(to[(format.Is64 ? 60 : 48)..], format.IsBig, sections.UsesExtendedCount ? (ushort)0 : (ushort)sections.Count); // e_shnum
    }

    public static bool NeedsExtendedCount(int sections) => sections >= Extended;
}
