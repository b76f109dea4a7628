using System.Text;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>What `readelf -lSgrsW` should print of a file, line by line, without titles and blank lines.</summary>
internal sealed class ReadelfText(ElfFile elf)
{
    private const int LongestTitle = 256;

    private readonly int _digits = elf.Class == ElfClass.Elf64 ? 16 : 8;

    public IEnumerable<string> Lines() => Sections().Concat(Groups()).Concat(Segments()).Concat(Relocations()).Concat(SymbolTables());

    private IEnumerable<string> Sections()
    {
        foreach (ElfSection section in elf.Sections)
        {
            // readelf shows the extended counts that are in section 0 as they are in the other sections.
            yield return $"[{section.Index,2}] {section.Name,-17} {TypeText(section.Type),-15} {Address(section.Address)} {section.Offset:x6} {section.Size:x6} {section.EntrySize:x2} {FlagText(section.Flags),3} {section.Link,2} {section.Info,3} {section.Alignment,2}";
        }
    }

    private IEnumerable<string> Segments() => elf.Segments.Select(segment =>
        $"{TypeText(segment.Type),-14} 0x{segment.Offset:x6} 0x{Address(segment.VirtualAddress)} 0x{Address(segment.PhysicalAddress)} 0x{Size(segment.FileSize)} 0x{Size(segment.MemorySize)} {FlagText(segment.Flags)} 0x{segment.Alignment:x}");

    private IEnumerable<string> Groups()
    {
        foreach (ElfSectionGroup group in elf.Groups)
        {
            string kind = group.IsComdat ? "COMDAT " : "";
            string signature = Name(elf.Symbols[group.SignatureIndex]);
            yield return $"{kind}group section [{group.SectionIndex,5}] `{SectionName(group.SectionIndex)}' [{signature}] contains {group.Members.Count} sections:";
            foreach (int member in group.Members)
            {
                yield return $"[{member,5}]   {SectionName(member)}";
            }
        }
    }

    private IEnumerable<string> Relocations()
    {
        foreach (ElfSection section in elf.Sections)
        {
            ElfRelocationTable relocations = elf.Relocations(section.Index);
            if (relocations.Count == 0)
            {
                continue;
            }

            yield return $"Relocation section '{SectionName(section.Index)}' at offset 0x{section.Offset:x} contains {relocations.Count} {(relocations.Count == 1 ? "entry" : "entries")}:";
            ElfSymbolTable symbols = section.Link == elf.DynamicSymbols.SectionIndex ? elf.DynamicSymbols : elf.Symbols;
            foreach (ElfRelocation relocation in relocations)
            {
                yield return Relocation(relocation, symbols, relocations.HasAddends);
            }
        }
    }

    /// <summary>Offset, r_info and what it refers to; the name of the type, which is the machine's, is left out.</summary>
    private string Relocation(ElfRelocation relocation, ElfSymbolTable symbols, bool hasAddend)
    {
        ulong symbolIndex = (ulong)relocation.SymbolIndex;
        ulong info = elf.Class == ElfClass.Elf64 ? (symbolIndex << 32) | relocation.Type : (symbolIndex << 8) | relocation.Type;
        StringBuilder line = new($"{Address(relocation.Offset)} {Address(info)}");
        if (relocation.SymbolIndex == 0)
        {
            if (hasAddend)
            {
                line.Append($" {relocation.Addend & (elf.Class == ElfClass.Elf64 ? -1 : 0xffffffff):x}");
            }

            return line.ToString();
        }

        ElfSymbol symbol = symbols[relocation.SymbolIndex];
        if (symbol.Type == ElfSymbolType.GnuIfunc)
        {
            return line.ToString(); // shown in another form, with the address and the name swapped
        }

        string name = Name(symbol);
        line.Append($" {Address(symbol.Value)} {(name.Length == 0 ? "<null>" : name)}");
        if (hasAddend)
        {
            line.Append(relocation.Addend < 0 ? $" - {(ulong)-relocation.Addend:x}" : $" + {relocation.Addend:x}");
        }

        return line.ToString();
    }

    private IEnumerable<string> SymbolTables()
    {
        foreach (ElfSymbolTable table in new[] { elf.DynamicSymbols, elf.Symbols }.Where(table => table.Count > 0).OrderBy(table => table.SectionIndex))
        {
            yield return $"Symbol table '{SectionName(table.SectionIndex)}' contains {table.Count} {(table.Count == 1 ? "entry" : "entries")}:";
            foreach (ElfSymbol symbol in table)
            {
                string size = symbol.Size > 99999 ? $"0x{symbol.Size:x}" : $"{symbol.Size,5}";
                yield return $"{symbol.Index,6}: {Address(symbol.Value)} {size} {TypeText(symbol.Type),-7} {BindingText(symbol.Binding),-6} {symbol.Visibility.ToString().ToUpperInvariant(),-7} {PlaceText(symbol),4} {Name(symbol)}";
            }
        }
    }

    /// <summary>The name as readelf shows it in titles and groups.</summary>
    private string SectionName(int index)
    {
        string name = elf.Sections[index].Name;
        return name.Length > LongestTitle ? name[..LongestTitle] : name;
    }

    /// <summary>The size of a segment, which is shown narrower than those of sections in ELF32.</summary>
    private string Size(ulong value) => value.ToString(elf.Class == ElfClass.Elf64 ? "x6" : "x5");

    private string Address(ulong value) => value.ToString("x" + _digits);

    private string Name(ElfSymbol symbol) =>
        symbol.Type == ElfSymbolType.Section && symbol.NameBytes.IsEmpty && symbol.Placement == ElfSymbolPlacement.Section
            ? elf.Sections[(int)symbol.SectionIndex].Name
            : symbol.Name;

    private static string PlaceText(ElfSymbol symbol) => symbol.Placement switch
    {
        ElfSymbolPlacement.Undefined => "UND",
        ElfSymbolPlacement.Absolute => "ABS",
        ElfSymbolPlacement.Common => symbol.SectionIndex == 0xff02 ? "LARGE_COM" : symbol.SectionIndex == 0xff03 ? "SCOM" : "COM",
        ElfSymbolPlacement.Reserved => $"{(symbol.SectionIndex < 0xff20 ? "PRC" : "OS ")}[0x{symbol.SectionIndex:x4}]",
        _ => symbol.SectionIndex.ToString(),
    };

    private static string BindingText(ElfSymbolBinding binding) => binding switch
    {
        ElfSymbolBinding.GnuUnique => "UNIQUE",
        _ => binding.ToString().ToUpperInvariant(),
    };

    private static string TypeText(ElfSymbolType type) => type switch
    {
        ElfSymbolType.GnuIfunc => "IFUNC",
        _ => type.ToString().ToUpperInvariant(),
    };

    private static string TypeText(ElfSegmentType type) => type switch
    {
        ElfSegmentType.Interpreter => "INTERP",
        ElfSegmentType.ProgramHeaders => "PHDR",
        ElfSegmentType.GnuEhFrame => "GNU_EH_FRAME",
        ElfSegmentType.GnuStack => "GNU_STACK",
        ElfSegmentType.GnuRelro => "GNU_RELRO",
        ElfSegmentType.GnuProperty => "GNU_PROPERTY",
        _ => type.ToString().ToUpperInvariant(),
    };

    private string TypeText(ElfSectionType type) => type switch
    {
        ElfSectionType.ProgramBits => "PROGBITS",
        ElfSectionType.SymbolTable => "SYMTAB",
        ElfSectionType.StringTable => "STRTAB",
        ElfSectionType.DynamicSymbolTable => "DYNSYM",
        ElfSectionType.InitArray => "INIT_ARRAY",
        ElfSectionType.FiniArray => "FINI_ARRAY",
        ElfSectionType.PreinitArray => "PREINIT_ARRAY",
        ElfSectionType.SymbolTableSectionIndices => "SYMTAB SECTION INDICES",
        ElfSectionType.GnuAttributes => "GNU_ATTRIBUTES",
        ElfSectionType.GnuHash => "GNU_HASH",
        ElfSectionType.GnuVersionDefinitions => "VERDEF",
        ElfSectionType.GnuVersionNeeds => "VERNEED",
        ElfSectionType.GnuVersionSymbols => "VERSYM",
        (ElfSectionType)0x70000001 when elf.Machine == ElfMachine.X86_64 => "X86_64_UNWIND",
        (ElfSectionType)0x70000001 when elf.Machine == ElfMachine.Arm => "ARM_EXIDX",
        (ElfSectionType)0x70000003 when elf.Machine == ElfMachine.Arm => "ARM_ATTRIBUTES",
        (ElfSectionType)0x70000003 when elf.Machine == ElfMachine.RiscV => "RISCV_ATTRIBUTES",
        (ElfSectionType)0x70000006 when elf.Machine == ElfMachine.Mips => "MIPS_REGINFO",
        (ElfSectionType)0x7000000d when elf.Machine == ElfMachine.Mips => "MIPS_OPTIONS",
        (ElfSectionType)0x7000001e when elf.Machine == ElfMachine.Mips => "MIPS_DWARF",
        (ElfSectionType)0x7000002a when elf.Machine == ElfMachine.Mips => "MIPS_ABIFLAGS",
        >= (ElfSectionType)0x70000000 and <= (ElfSectionType)0x7fffffff => $"LOPROC+0x{(uint)type - 0x70000000:x}",
        >= (ElfSectionType)0x60000000 and <= (ElfSectionType)0x6fffffff => $"LOOS+0x{(uint)type - 0x60000000:x}",
        _ => type.ToString().ToUpperInvariant(),
    };

    private static string FlagText(ElfSegmentFlags flags) =>
        $"{(flags.HasFlag(ElfSegmentFlags.Read) ? 'R' : ' ')}{(flags.HasFlag(ElfSegmentFlags.Write) ? 'W' : ' ')}{(flags.HasFlag(ElfSegmentFlags.Execute) ? 'E' : ' ')}";

    private string FlagText(ElfSectionFlags flags)
    {
        StringBuilder text = new();
        for (int bit = 0; bit < 64; bit++)
        {
            ElfSectionFlags flag = (ElfSectionFlags)(1UL << bit);
            if (!flags.HasFlag(flag))
            {
                continue;
            }

            text.Append(flag switch
            {
                ElfSectionFlags.Write => 'W',
                ElfSectionFlags.Alloc => 'A',
                ElfSectionFlags.Executable => 'X',
                ElfSectionFlags.Merge => 'M',
                ElfSectionFlags.Strings => 'S',
                ElfSectionFlags.InfoLink => 'I',
                ElfSectionFlags.LinkOrder => 'L',
                ElfSectionFlags.OsNonConforming => 'O',
                ElfSectionFlags.Group => 'G',
                ElfSectionFlags.Tls => 'T',
                ElfSectionFlags.Compressed => 'C',
                ElfSectionFlags.Exclude => 'E',
                ElfSectionFlags.GnuRetain when elf.OsAbi is 3 or 9 => 'R',
                (ElfSectionFlags)(1 << 28) when elf.Machine == ElfMachine.X86_64 => 'l',
                _ => bit < 28 ? 'o' : 'p',
            });
        }

        return text.ToString();
    }
}
