namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>A section that a rewrite adds behind the others.</summary>
/// <param name="Name">Its name, without a NUL.</param>
/// <param name="Type">sh_type</param>
/// <param name="Flags">sh_flags</param>
/// <param name="Alignment">sh_addralign</param>
/// <param name="Contents">Its bytes; none for SHT_NOBITS.</param>
/// <param name="Size">sh_size</param>
internal sealed record ElfAddedSection(
    ReadOnlyMemory<byte> Name, ElfSectionType Type, ElfSectionFlags Flags, ulong Alignment, ReadOnlyMemory<byte> Contents, ulong Size);
