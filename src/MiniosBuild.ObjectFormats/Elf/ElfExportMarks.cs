using System.Buffers;
using System.Text;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>One export mark of an object.</summary>
/// <param name="Name">The symbol's name.</param>
/// <param name="Offset">Where it stands, in bytes from the start of the object.</param>
public readonly record struct ElfExportMark(ReadOnlyMemory<byte> Name, long Offset);

/// <summary>
/// The export marks that an object carries for its own build: Mini-OS since 2023 leaves the names of symbols that stay global in a
/// section .export_symbol, each with a line feed behind it, as the lists of objcopy have them; a NUL ends a name as well.
/// </summary>
public sealed class ElfExportMarks
{
    // What compilers and assemblers spell symbols with; a byte of 0x80 or more is part of a character in UTF-8.
    private static readonly SearchValues<byte> s_nameBytes = SearchValues.Create(
        [.. "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.$"u8, .. Enumerable.Range(0x80, 0x80).Select(value => (byte)value)]);

    private static readonly ElfExportMarks s_none = new([], null, []);

    private ElfExportMarks(IReadOnlyList<ElfExportMark> marks, ObjectFormatException? fault, IReadOnlyList<int> sections)
    {
        Marks = marks;
        Fault = fault;
        Sections = sections;
    }

    /// <summary>The marks in the order of the section; none when there is a <see cref="Fault"/>.</summary>
    public IReadOnlyList<ElfExportMark> Marks { get; }

    /// <summary>MINIOS1450: the section is not such a list, with the offset; null when it is, or is not there.</summary>
    public ObjectFormatException? Fault { get; }

    /// <summary>The sections that leave the object with the marks, those of (empty) relocations included; none when there is a <see cref="Fault"/>.</summary>
    internal IReadOnlyList<int> Sections { get; }

    private static ReadOnlySpan<byte> SectionName => ".export_symbol"u8;

    /// <summary>Reads the marks of an object.</summary>
    public static ElfExportMarks Of(ElfFile file)
    {
        List<int>? sections = null;
        foreach (ref readonly ElfSection section in file.SectionSpan)
        {
            if (IsMarks(section))
            {
                (sections ??= []).Add(section.Index);
            }
        }

        if (sections is null)
        {
            return s_none;
        }

        try
        {
            List<int> tables = Relocations(file, sections);
            RequireNoSymbols(file, sections);
            var marks = new List<ElfExportMark>();
            foreach (int index in sections)
            {
                RequireShape(file, file.SectionSpan[index]);
                ReadNames(file, file.SectionSpan[index], marks);
            }

            return new ElfExportMarks(marks, null, [.. sections, .. tables]);
        }
        catch (ObjectFormatException e)
        {
            return new ElfExportMarks([], e, []);
        }
    }

    /// <summary>Whether a section is called as one of marks is.</summary>
    internal static bool IsMarks(in ElfSection section) => section.NameBytes.SequenceEqual(SectionName);

    private static void RequireShape(ElfFile file, in ElfSection section)
    {
        ulong header = file.Header.SectionHeaderOffset + ((ulong)section.Index * (ulong)file.Format.SectionHeaderSize);
        if (section.Type != ElfSectionType.ProgramBits)
        {
            throw Other((long)header + 4, $"sh_type of section {section.Index} is {section.Type}, expected {ElfSectionType.ProgramBits}");
        }

        const ElfSectionFlags unfit = ElfSectionFlags.Alloc | ElfSectionFlags.Group | ElfSectionFlags.Compressed | ElfSectionFlags.LinkOrder;
        if ((section.Flags & unfit) is not ElfSectionFlags.None and var flags)
        {
            throw Other((long)header + 8, $"sh_flags of section {section.Index} has {flags}, expected none of {unfit}");
        }
    }

    private static void ReadNames(ElfFile file, in ElfSection section, List<ElfExportMark> marks)
    {
        ReadOnlyMemory<byte> text = section.HasContents ? file.Contents(section.Index) : default;
        for (int start = 0; start < text.Length;)
        {
            long offset = (long)section.Offset + start;
            ReadOnlySpan<byte> rest = text.Span[start..];
            int length = rest.IndexOfAny((byte)'\n', (byte)0);
            if (length < 0)
            {
                throw Other(offset, $"the last name, \"{Text(rest)}\", has neither a line feed nor a NUL behind it");
            }

            if (length == 0)
            {
                throw Other(offset, "a name is empty");
            }

            if (rest[..length].ContainsAnyExcept(s_nameBytes))
            {
                throw Other(offset, $"\"{Text(rest[..length])}\" is no name of a symbol");
            }

            marks.Add(new ElfExportMark(text.Slice(start, length), offset));
            start += length + 1;
        }
    }

    private static void RequireNoSymbols(ElfFile file, List<int> sections)
    {
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (symbol.Placement == ElfSymbolPlacement.Section && symbol.Type != ElfSymbolType.Section && sections.Contains((int)symbol.SectionIndex))
            {
                throw Other((long)file.SectionSpan[(int)symbol.SectionIndex].Offset, $"symbol {symbol.Index}, \"{symbol.Name}\", lies in section {symbol.SectionIndex}");
            }
        }
    }

    /// <summary>The tables of relocations of the sections, which assemblers of some machines make though they are empty.</summary>
    private static List<int> Relocations(ElfFile file, List<int> sections)
    {
        var tables = new List<int>();
        foreach (ref readonly ElfSection section in file.SectionSpan)
        {
            if (section.Type is ElfSectionType.Rel or ElfSectionType.Rela && sections.Contains((int)section.Info))
            {
                tables.Add(section.Size == 0 ? section.Index : throw Other(
                    (long)section.Offset, $"section {section.Index} ({section.Name}) has relocations for section {section.Info}, where names alone are expected"));
            }
        }

        return tables;
    }

    private static ObjectFormatException Other(long offset, string what) => new(ObjectCodes.NoListOfMarks, offset,
        $"the section .export_symbol is no list of export marks (names, each with a line feed behind it): {what}; no mark of the object is known. Correct what makes the section");

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes.Length > 64 ? bytes[..64] : bytes).ReplaceLineEndings(" ");
}
