using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The ELF reader and each of its accessors.</summary>
public sealed class ElfTarget : FuzzTarget
{
    public override string Name => "elf";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Objects;

    public override void Execute(byte[] input) => ReadAll(ElfFile.Parse(input));

    /// <summary>Looks at everything that a parsed file offers.</summary>
    internal static void ReadAll(ElfFile elf)
    {
        long sum = (long)elf.Entry + elf.Segments.Count;
        foreach (ElfSection section in elf.Sections)
        {
            sum += section.NameBytes.Length + elf.Contents(section.Index).Length;
        }

        foreach (ElfSymbolTable table in (ElfSymbolTable[])[elf.Symbols, elf.DynamicSymbols])
        {
            foreach (ElfSymbol symbol in table)
            {
                // Names may overlap, so that all of them together are longer than the file: only their ends are looked at.
                sum += symbol.NameBytes.Length + (symbol.Placement == ElfSymbolPlacement.Section ? (long)elf.Sections[(int)symbol.SectionIndex].Size : 0);
            }
        }

        foreach (ElfSectionGroup group in elf.Groups)
        {
            sum += elf.Symbols[group.SignatureIndex].Index;
            foreach (int member in group.Members)
            {
                sum += elf.Sections[member].Index;
            }
        }

        sum += elf.IsSlimLto || elf.HasLtoSections ? 1 : 0;
        foreach (ElfSection section in elf.Sections)
        {
            foreach (ElfRelocation relocation in elf.Relocations(section.Index))
            {
                sum += relocation.SymbolIndex + relocation.Addend;
            }
        }

        GC.KeepAlive(sum);
    }
}
