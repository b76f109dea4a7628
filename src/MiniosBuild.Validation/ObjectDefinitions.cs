using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation;

/// <summary>What one object defines, read again for the few objects whose definitions quarrel.</summary>
internal sealed class ObjectDefinitions
{
    private readonly ElfFile _elf;
    private readonly int[] _groupOf;

    public ObjectDefinitions(ReadOnlyMemory<byte> data, NameTable names)
    {
        _elf = ElfFile.Parse(data); // It was parsed before, so that it is well-formed.
        _groupOf = new int[_elf.Sections.Count];
        for (int i = 0; i < _elf.Groups.Count; i++)
        {
            foreach (int section in _elf.Groups[i].IsComdat ? _elf.Groups[i].Members : [])
            {
                _groupOf[section] = i + 1;
            }
        }

        foreach (ElfSymbol symbol in _elf.Symbols)
        {
            if (symbol.IsGlobal && symbol.IsDefined)
            {
                Names.Add(names.Find(symbol.NameBytes));
            }
        }
    }

    /// <summary>The numbers of the names that it defines for others.</summary>
    public HashSet<int> Names { get; } = [];

    /// <summary>What tells the linker that a definition is one of many of which it keeps one: the signature of its COMDAT group; empty when it is in none.</summary>
    public ReadOnlySpan<byte> Signature(int symbolIndex)
    {
        ElfSymbol symbol = _elf.Symbols[symbolIndex];
        if (symbol.Placement != ElfSymbolPlacement.Section)
        {
            return [];
        }

        int section = (int)symbol.SectionIndex;
        if (_groupOf[section] != 0)
        {
            return _elf.Symbols[_elf.Groups[_groupOf[section] - 1].SignatureIndex].NameBytes;
        }

        // The older way to say it: of the sections of such a name the linker keeps one.
        ReadOnlySpan<byte> name = _elf.Sections[section].NameBytes;
        return name.StartsWith(".gnu.linkonce."u8) ? name : [];
    }
}
