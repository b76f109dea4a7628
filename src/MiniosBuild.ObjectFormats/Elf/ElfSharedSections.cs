namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The sections of an object of which a linker keeps one copy for all files, and the symbols that say so.</summary>
internal sealed class ElfSharedSections
{
    private readonly ElfFile _file;
    private readonly Dictionary<int, int> _groupOfSignature = [];
    private readonly HashSet<int> _members = [];

    public ElfSharedSections(ElfFile file)
    {
        _file = file;
        foreach (ElfSectionGroup group in file.Groups)
        {
            if (group.IsComdat)
            {
                _groupOfSignature[group.SignatureIndex] = group.SectionIndex;
                _members.UnionWith(group.Members);
            }
        }
    }

    /// <summary>
    /// Why a symbol has to stay global; null if nothing here says so. Were a symbol of a dropped copy local, references to it would
    /// have nothing to go to; were a signature local, two groups would never be the same any more.
    /// </summary>
    public string? Why(in ElfSymbol symbol)
    {
        if (_groupOfSignature.TryGetValue(symbol.Index, out int group))
        {
            return $"it is the signature of the COMDAT group in section {group}";
        }

        if (symbol.Placement != ElfSymbolPlacement.Section)
        {
            return null;
        }

        ref readonly ElfSection section = ref _file.SectionSpan[(int)symbol.SectionIndex];
        // .gnu.linkonce is the COMDAT of tools that are older than groups.
        return _members.Contains(section.Index) || section.NameBytes.StartsWith(".gnu.linkonce."u8)
            ? $"its section {section.Index} ({section.Name}) is one of which the linker keeps a single copy for all files"
            : null;
    }
}
