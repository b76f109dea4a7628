using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Linking.Forecast;

/// <summary>
/// Of the COMDAT groups of one signature, and of the link-once sections of one name, the first that the link meets is kept (gABI, Section
/// Groups; ld manual, Input Section for Link-Once). A group of one section and a link-once section exclude each other too, if they
/// define the same symbols.
/// </summary>
internal sealed class KeptSections
{
    private readonly NameTable _keys = new();
    private readonly List<List<Kept>> _kept = [];

    /// <summary>Marks the sections of an object that are left out, and keeps the others in mind.</summary>
    public void Meet(LinkObject owner, ElfFile elf)
    {
        foreach (ElfSectionGroup group in elf.Groups)
        {
            if (group.IsComdat)
            {
                MeetGroup(owner, elf, group);
            }
        }

        foreach (ElfSection section in elf.Sections)
        {
            if (section.NameBytes.StartsWith(".gnu.linkonce."u8) && (section.Flags & ElfSectionFlags.Group) == 0)
            {
                MeetLinkOnce(owner, elf, section);
            }
        }
    }

    private void MeetGroup(LinkObject owner, ElfFile elf, ElfSectionGroup group)
    {
        ElfSymbol symbol = elf.Symbols[group.SignatureIndex];
        // A section symbol has no name of its own: it is its section's.
        ReadOnlySpan<byte> signature = symbol.NameBytes.IsEmpty && symbol.Placement == ElfSymbolPlacement.Section
            ? elf.Sections[(int)symbol.SectionIndex].NameBytes
            : symbol.NameBytes;
        List<Kept> others = KeptOf(signature);
        int only = group.Members.Count(member => !IsRelocation(elf, member)) == 1 ? group.Members.First(member => !IsRelocation(elf, member)) : 0;
        foreach (Kept kept in others)
        {
            if (kept.IsGroup || (only != 0 && HaveSameSymbols(elf, only, kept)))
            {
                foreach (int member in group.Members)
                {
                    Discard(owner, elf, member);
                }

                return;
            }
        }

        others.Add(new Kept(elf, IsGroup: true, only));
    }

    private void MeetLinkOnce(LinkObject owner, ElfFile elf, in ElfSection section)
    {
        ReadOnlySpan<byte> name = section.NameBytes;
        ReadOnlySpan<byte> rest = name[".gnu.linkonce."u8.Length..];
        int dot = rest.IndexOf((byte)'.');
        List<Kept> others = KeptOf(dot < 0 ? name : rest[(dot + 1)..]);
        foreach (Kept kept in others)
        {
            if (kept.IsGroup ? kept.Section != 0 && HaveSameSymbols(elf, section.Index, kept) : kept.Elf.Sections[kept.Section].NameBytes.SequenceEqual(name))
            {
                Discard(owner, elf, section.Index);
                return;
            }
        }

        others.Add(new Kept(elf, IsGroup: false, section.Index));
    }

    private List<Kept> KeptOf(ReadOnlySpan<byte> key)
    {
        int number = _keys.Add(key);
        if (number == _kept.Count)
        {
            _kept.Add([]);
        }

        return _kept[number];
    }

    private static void Discard(LinkObject owner, ElfFile elf, int section) => (owner.Discarded ??= new bool[elf.Sections.Count])[section] = true;

    private static bool IsRelocation(ElfFile elf, int section) => elf.Sections[section].Type is ElfSectionType.Rel or ElfSectionType.Rela;

    private static bool HaveSameSymbols(ElfFile elf, int section, Kept kept) =>
        SymbolsOf(elf, section).SequenceEqual(SymbolsOf(kept.Elf, kept.Section), StringComparer.Ordinal);

    private static List<string> SymbolsOf(ElfFile elf, int section)
    {
        var names = new List<string>();
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (symbol.Placement == ElfSymbolPlacement.Section && symbol.SectionIndex == (uint)section && symbol.Type != ElfSymbolType.Section)
            {
                names.Add(symbol.Name);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <param name="Elf">Its object.</param>
    /// <param name="IsGroup">Whether it is a group; else a link-once section.</param>
    /// <param name="Section">The section; of a group, the only one it has beside relocations, or 0.</param>
    private sealed record Kept(ElfFile Elf, bool IsGroup, int Section);
}
