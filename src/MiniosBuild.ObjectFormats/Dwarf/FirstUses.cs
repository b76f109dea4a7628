using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Where each symbol is first referred to: in code, and in data that is loaded.</summary>
internal sealed class FirstUses
{
    private readonly DwarfAddress[] _inCode;
    private readonly DwarfAddress[] _inData;

    public FirstUses(ElfFile file)
    {
        _inCode = new DwarfAddress[file.Symbols.Count];
        _inData = new DwarfAddress[file.Symbols.Count];
        foreach (ElfSection section in file.Sections)
        {
            if (section.Type is ElfSectionType.Rel or ElfSectionType.Rela && section.Link == (uint)file.Symbols.SectionIndex
                && section.Info < (uint)file.Sections.Count)
            {
                Note(file, file.Sections[(int)section.Info], file.Relocations(section.Index));
            }
        }
    }

    /// <summary>Place 0 when there is none.</summary>
    public DwarfAddress InCode(int symbolIndex) => _inCode[symbolIndex];

    /// <summary>Place 0 when there is none.</summary>
    public DwarfAddress InData(int symbolIndex) => _inData[symbolIndex];

    private void Note(ElfFile file, in ElfSection target, ElfRelocationTable relocations)
    {
        if ((target.Flags & ElfSectionFlags.Alloc) == 0)
        {
            return;
        }

        DwarfAddress[] uses = (target.Flags & ElfSectionFlags.Executable) != 0 ? _inCode : _inData;
        foreach (ElfRelocation relocation in relocations)
        {
            ref DwarfAddress use = ref uses[Math.Min(relocation.SymbolIndex, file.Symbols.Count - 1)];
            bool isFirst = use.Place == 0 || (use.Place == target.Index && relocation.Offset < use.Value);
            if (isFirst)
            {
                use = new DwarfAddress(target.Index, relocation.Offset);
            }
        }
    }
}
