using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.MachineCode;

/// <summary>Where the code of an object begins: at its symbols, and at the addresses that relocations have of it.</summary>
internal sealed class CodeEntries
{
    private readonly Dictionary<int, SortedSet<ulong>> _starts = [];
    private readonly Dictionary<int, SortedDictionary<ulong, int>> _symbols = [];
    private readonly Dictionary<int, HashSet<ulong>> _relocated = [];
    private readonly Dictionary<int, List<(ulong Start, ulong Size)>> _data = [];

    public CodeEntries(ElfFile elf, CodeMachine machine)
    {
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (symbol.Placement != ElfSymbolPlacement.Section || !IsCode(elf, (int)symbol.SectionIndex))
            {
                continue;
            }

            int section = (int)symbol.SectionIndex;
            if (symbol.Type is ElfSymbolType.Func or ElfSymbolType.GnuIfunc || (symbol.Type == ElfSymbolType.NoType && !symbol.NameBytes.IsEmpty))
            {
                SetOf(_starts, section).Add(symbol.Value);
                AddSymbol(elf, section, symbol);
            }
            else if (symbol.Type == ElfSymbolType.Object && symbol.Size > 0)
            {
                SetOf(_data, section).Add((symbol.Value, symbol.Size));
            }
        }

        foreach (ElfSection section in elf.Sections)
        {
            AddRelocations(elf, section, machine);
        }
    }

    /// <summary>The offsets in a section at which code begins, sorted; its start, if nothing says better.</summary>
    public SortedSet<ulong> Of(int section) => _starts.TryGetValue(section, out SortedSet<ulong>? starts) ? starts : [0];

    /// <summary>The offsets in a section at which a relocation fills something in.</summary>
    public HashSet<ulong> RelocatedIn(int section) => _relocated.TryGetValue(section, out HashSet<ulong>? offsets) ? offsets : [];

    /// <summary>The variables and tables in a section, which hold no code.</summary>
    public IReadOnlyList<(ulong Start, ulong Size)> DataIn(int section) => _data.TryGetValue(section, out List<(ulong Start, ulong Size)>? data) ? data : [];

    /// <summary>The symbol at or before a place, by its index; 0 for none.</summary>
    public int SymbolAt(int section, ulong offset)
    {
        int found = 0;
        if (_symbols.TryGetValue(section, out SortedDictionary<ulong, int>? symbols))
        {
            foreach ((ulong start, int symbol) in symbols)
            {
                if (start > offset)
                {
                    break;
                }

                found = symbol;
            }
        }

        return found;
    }

    private void AddSymbol(ElfFile elf, int section, in ElfSymbol symbol)
    {
        if (!_symbols.TryGetValue(section, out SortedDictionary<ulong, int>? symbols))
        {
            _symbols.Add(section, symbols = []);
        }

        // Of several at one place, a function that others see tells the reader most.
        if (!symbols.TryGetValue(symbol.Value, out int other) || Rank(symbol) > Rank(elf.Symbols[other]))
        {
            symbols[symbol.Value] = symbol.Index;
        }
    }

    private void AddRelocations(ElfFile elf, in ElfSection section, CodeMachine machine)
    {
        if (section.Type is not (ElfSectionType.Rel or ElfSectionType.Rela) || section.Info == 0 || section.Info >= (uint)elf.Sections.Count
            || section.Link != (uint)elf.Symbols.SectionIndex)
        {
            return;
        }

        int target = (int)section.Info;
        ElfSectionFlags flags = elf.Sections[target].Flags;
        if ((flags & ElfSectionFlags.Alloc) == 0)
        {
            return;
        }

        bool isCode = (flags & ElfSectionFlags.Executable) != 0;
        try
        {
            foreach (ElfRelocation relocation in elf.Relocations(section.Index))
            {
                if (isCode && relocation.Type != 0) // R_386_NONE and the like: nothing is filled in.
                {
                    SetOf(_relocated, target).Add(relocation.Offset);
                }

                // gABI, STN_UNDEF: without a symbol, and where there is no table of them either.
                if (relocation.SymbolIndex == 0)
                {
                    continue;
                }

                // A table of addresses, or a lone one. Distances are computed from another place and say no address.
                ElfSymbol symbol = elf.Symbols[relocation.SymbolIndex];
                if (machine.Addresses.Contains(relocation.Type) && section.Type == ElfSectionType.Rela
                    && symbol.Placement == ElfSymbolPlacement.Section && IsCode(elf, (int)symbol.SectionIndex))
                {
                    SetOf(_starts, (int)symbol.SectionIndex).Add(unchecked(symbol.Value + (ulong)relocation.Addend));
                }
            }
        }
        catch (ObjectFormatException)
        {
            // What was read before the damage is a start.
        }
    }

    private static bool IsCode(ElfFile elf, int section) => (elf.Sections[section].Flags & ElfSectionFlags.Executable) != 0;

    private static int Rank(in ElfSymbol symbol) => (symbol.Type == ElfSymbolType.Func ? 2 : 0) + (symbol.IsGlobal ? 1 : 0);

    private static TSet SetOf<TSet>(Dictionary<int, TSet> sets, int section)
        where TSet : new()
    {
        if (!sets.TryGetValue(section, out TSet? set))
        {
            sets.Add(section, set = new TSet());
        }

        return set;
    }
}
