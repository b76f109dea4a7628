namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>An SHT_GROUP section: sections that are kept or dropped together.</summary>
/// <param name="SectionIndex">The section that describes the group.</param>
/// <param name="SignatureIndex">The symbol in <see cref="ElfFile.Symbols"/> whose name identifies the group.</param>
/// <param name="IsComdat">GRP_COMDAT: of several groups with that signature the linker keeps one.</param>
/// <param name="Members">The indices of its sections, in the order of the file.</param>
public sealed record ElfSectionGroup(int SectionIndex, int SignatureIndex, bool IsComdat, IReadOnlyList<int> Members);
