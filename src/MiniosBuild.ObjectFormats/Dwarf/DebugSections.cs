using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The debug sections of a file; each is read when it is first asked for.</summary>
internal sealed class DebugSections
{
    private readonly ElfFile _file;
    private readonly List<int> _info = [];
    private readonly Dictionary<int, int> _relocations = [];
    private readonly int[] _indices = new int[Names.Length];
    private readonly DwarfSection?[] _read = new DwarfSection?[Names.Length];

    private static readonly string[] Names =
    [
        ".debug_abbrev", ".debug_str", ".debug_line", ".debug_line_str", ".debug_str_offsets", ".debug_addr", ".debug_ranges",
        ".debug_rnglists",
    ];

    public DebugSections(ElfFile file)
    {
        _file = file;
        foreach (ElfSection section in file.Sections)
        {
            if (section.Type is ElfSectionType.Rel or ElfSectionType.Rela)
            {
                _relocations.TryAdd((int)section.Info, section.Index);
            }
            else if (IsDebug(section))
            {
                Note(section);
            }
        }
    }

    public DwarfSection Abbreviations => Read(0);

    public DwarfSection Strings => Read(1);

    public DwarfSection Lines => Read(2);

    public DwarfSection LineStrings => Read(3);

    public DwarfSection StringOffsets => Read(4);

    public DwarfSection Addresses => Read(5);

    public DwarfSection Ranges => Read(6);

    public DwarfSection RangeLists => Read(7);

    /// <summary>Whether the file has .debug_info or .debug_line, without which nothing has a source position.</summary>
    public static bool Exist(ElfFile file)
    {
        foreach (ElfSection section in file.Sections)
        {
            if (IsDebug(section) && Suffix(section) is var name && (name.SequenceEqual("info"u8) || name.SequenceEqual("line"u8)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every .debug_info: with type units in groups of their own there are several.</summary>
    public DwarfSection[] ReadInfo()
    {
        DwarfSection[] sections = new DwarfSection[_info.Count];
        for (int number = 0; number < sections.Length; number++)
        {
            sections[number] = Read(_file.Sections[_info[number]], ".debug_info");
        }

        return sections;
    }

    private static bool IsDebug(in ElfSection section) => section.HasContents
        && (section.NameBytes.StartsWith(".debug_"u8) || section.NameBytes.StartsWith(".zdebug_"u8));

    private static ReadOnlySpan<byte> Suffix(in ElfSection section) =>
        section.NameBytes[(section.NameBytes[1] == 'z' ? ".zdebug_".Length : ".debug_".Length)..];

    private void Note(in ElfSection section)
    {
        ReadOnlySpan<byte> suffix = Suffix(section);
        if (suffix.SequenceEqual("info"u8))
        {
            _info.Add(section.Index);
            return;
        }

        for (int kind = 0; kind < Names.Length; kind++)
        {
            ReadOnlySpan<char> name = Names[kind].AsSpan(".debug_".Length);
            if (_indices[kind] == 0 && System.Text.Ascii.Equals(suffix, name))
            {
                _indices[kind] = section.Index;
            }
        }
    }

    private DwarfSection Read(int kind) => _read[kind] ??= _indices[kind] == 0
        ? new DwarfSection(Names[kind], default, 0, isUnpacked: false, isBig: false, RelocationTargets.None)
        : Read(_file.Sections[_indices[kind]], Names[kind]);

    private DwarfSection Read(in ElfSection section, string name)
    {
        bool isPacked = (section.Flags & ElfSectionFlags.Compressed) != 0 || section.NameBytes[1] == 'z';
        ReadOnlyMemory<byte> bytes = isPacked ? SectionUnpacker.Unpack(_file, section) : _file.Contents(section.Index);
        RelocationTargets? targets = _file.Type == ElfType.Relocatable ? RelocationTargets.None : null;
        if (targets is not null && _relocations.TryGetValue(section.Index, out int relocations))
        {
            byte[] copy = bytes.ToArray();
            targets = new SectionRelocator(_file, relocations, copy).Apply();
            bytes = copy;
        }

        return new DwarfSection(
            name, bytes, (long)section.Offset, isPacked, _file.ByteOrder == ElfByteOrder.BigEndian, targets);
    }
}
