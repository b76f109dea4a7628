using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Where a symbol is, in the terms of debug information.</summary>
internal static class SymbolAddress
{
    /// <summary>Null for absolute symbols and for those of a linked file that are in no section.</summary>
    public static DwarfAddress? Of(ElfFile file, in ElfSymbol symbol)
    {
        if (file.Type != ElfType.Relocatable)
        {
            return symbol.Placement == ElfSymbolPlacement.Section && symbol.Type != ElfSymbolType.Tls
                ? new DwarfAddress(0, ValueOf(file, symbol))
                : null;
        }

        return symbol.Placement switch
        {
            ElfSymbolPlacement.Section => EntryOf(file, symbol) ?? new DwarfAddress((int)symbol.SectionIndex, ValueOf(file, symbol)),
            ElfSymbolPlacement.Common or ElfSymbolPlacement.Undefined => new DwarfAddress(~symbol.Index, 0),
            _ => null,
        };
    }

    /// <summary>st_value without the bit by which Arm tells Thumb code (AAELF, Symbol Values).</summary>
    public static ulong ValueOf(ElfFile file, in ElfSymbol symbol) =>
        file.Machine == ElfMachine.Arm && symbol.Type == ElfSymbolType.Func ? symbol.Value & ~1ul : symbol.Value;

    // The first 64-bit PowerPC ABI: a function's symbol is that of its descriptor in .opd, whose first word is the code's address.
    private static DwarfAddress? EntryOf(ElfFile file, in ElfSymbol symbol)
    {
        if (file.Machine != ElfMachine.PowerPc64 || !file.Sections[(int)symbol.SectionIndex].NameBytes.SequenceEqual(".opd"u8))
        {
            return null;
        }

        foreach (ElfSection section in file.Sections)
        {
            if (section.Type != ElfSectionType.Rela || section.Info != symbol.SectionIndex
                || section.Link != (uint)file.Symbols.SectionIndex)
            {
                continue;
            }

            foreach (ElfRelocation relocation in file.Relocations(section.Index))
            {
                ElfSymbol code = file.Symbols[relocation.SymbolIndex];
                if (relocation.Offset == symbol.Value && code.Placement == ElfSymbolPlacement.Section)
                {
                    return new DwarfAddress((int)code.SectionIndex, unchecked(code.Value + (ulong)relocation.Addend));
                }
            }
        }

        return null;
    }
}
