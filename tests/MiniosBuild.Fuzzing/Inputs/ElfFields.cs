using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>Where the numbers of a sound ELF file are, by the layouts of gABI: what a mutator has to know of a file that a compiler made.</summary>
internal sealed class ElfFields
{
    private const int MostEntries = 400; // Of one table: more of the same teach nothing.
    private readonly List<BinaryField> _fields = [];
    private readonly ElfFile _elf;
    private readonly int _base;
    private readonly BinaryFieldKind _kind;

    private ElfFields(ElfFile elf, int start)
    {
        _elf = elf;
        _base = start;
        _kind = elf.ByteOrder == ElfByteOrder.BigEndian ? BinaryFieldKind.BigEndian : BinaryFieldKind.LittleEndian;
    }

    /// <param name="data">The file.</param>
    /// <param name="start">What to add to each offset: where the file lies in an archive.</param>
    public static IReadOnlyList<BinaryField> Of(ReadOnlyMemory<byte> data, int start = 0)
    {
        ElfFile elf = ElfFile.Parse(data);
        ElfFields fields = new(elf, start);
        fields.Header(data.Span);
        foreach (ElfSection section in elf.Sections)
        {
            fields.Contents(section);
        }

        return fields._fields;
    }

    /// <summary>The sections whose contents readers look into: tables, strings, debug information.</summary>
    public static IReadOnlyList<(int Start, int Length)> HotRanges(ReadOnlyMemory<byte> data, string prefix)
    {
        List<(int, int)> ranges = [];
        foreach (ElfSection section in ElfFile.Parse(data).Sections)
        {
            if (section.HasContents && section.Size > 0 && section.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                ranges.Add(((int)section.Offset, (int)section.Size));
            }
        }

        return ranges;
    }

    private void Header(ReadOnlySpan<byte> data)
    {
        bool wide = _elf.Class == ElfClass.Elf64;
        Structure("Ehdr", 4, "1 1 1 1 1"); // e_ident from EI_CLASS on
        Structure("Ehdr", 16, wide ? "2 2 4 8 8 8 4 2 2 2 2 2 2" : "2 2 4 4 4 4 4 2 2 2 2 2 2");
        int at = wide ? 0x28 : 0x20; // e_shoff
        ulong offset = 0;
        int width = wide ? 8 : 4;
        for (int i = 0; i < width; i++)
        {
            offset = (offset << 8) | data[at + (_kind == BinaryFieldKind.BigEndian ? i : width - 1 - i)];
        }

        Table("Shdr", (long)offset, (ulong)_elf.Sections.Count, wide ? 64 : 40, wide ? "4 4 8 8 8 8 4 4 8 8" : "4 4 4 4 4 4 4 4 4 4");
    }

    private void Contents(in ElfSection section)
    {
        bool wide = _elf.Class == ElfClass.Elf64;
        (int size, string widths) = section.Type switch
        {
            ElfSectionType.SymbolTable or ElfSectionType.DynamicSymbolTable => wide ? (24, "4 1 1 2 8 8") : (16, "4 4 4 1 1 2"),
            ElfSectionType.Rela => wide ? (24, "8 8 8") : (12, "4 4 4"),
            ElfSectionType.Rel => wide ? (16, "8 8") : (8, "4 4"),
            ElfSectionType.Group or ElfSectionType.SymbolTableSectionIndices or ElfSectionType.Note => (4, "4"),
            _ => (0, ""),
        };
        if (size > 0)
        {
            Table(section.Name, (long)section.Offset, section.Size / (ulong)size, size, widths);
        }
    }

    private void Table(string name, long offset, ulong count, int size, string widths)
    {
        for (int index = 0; index < (int)Math.Min(count, MostEntries); index++)
        {
            Structure($"{name}[{index}]", (int)offset + (index * size), widths);
        }
    }

    private void Structure(string name, int offset, string widths)
    {
        foreach (string text in widths.Split(' '))
        {
            int width = text[0] - '0';
            _fields.Add(new BinaryField(name, _base + offset, width, _kind));
            offset += width;
        }
    }
}
