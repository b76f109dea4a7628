using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Passing;

/// <summary>
/// A COMDAT group that keeps its signature while a definition in it gets another name. C++ constructors are such: the group is called
/// C5, by a local symbol, and holds C1 and C2. Where an object that was not passed has the group too, the linker drops one of the two,
/// and nothing defines the names of the other any more; being weak, they silently become 0.
/// </summary>
internal static class KeptGroup
{
    /// <summary>The signature and the renamed definition of the first such group; null when there is none.</summary>
    /// <param name="file">The object.</param>
    /// <param name="changes">The symbols that change, sorted, each with its entry of the map.</param>
    /// <param name="map">What happens to names.</param>
    public static (string Signature, string Definition)? Find(ElfFile file, ReadOnlySpan<(int Symbol, int Entry)> changes, SymbolMap map)
    {
        if (file.Groups.Count == 0 || changes.IsEmpty)
        {
            return null;
        }

        var changed = new HashSet<int>();
        foreach ((int symbol, _) in changes)
        {
            changed.Add(symbol);
        }

        var kept = new Dictionary<uint, ElfSectionGroup>();
        foreach (ElfSectionGroup group in file.Groups)
        {
            if (group.IsComdat && !changed.Contains(group.SignatureIndex))
            {
                foreach (int member in group.Members)
                {
                    kept[(uint)member] = group;
                }
            }
        }

        foreach ((int index, int entry) in changes)
        {
            ElfSymbol symbol = file.Symbols[index];
            if (symbol.Placement == ElfSymbolPlacement.Section && !map[entry].MakeLocal && kept.TryGetValue(symbol.SectionIndex, out ElfSectionGroup? group))
            {
                return (file.Symbols[group.SignatureIndex].Name, symbol.Name);
            }
        }

        return null;
    }
}
