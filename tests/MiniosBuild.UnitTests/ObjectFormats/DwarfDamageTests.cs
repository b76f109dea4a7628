using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Damaged debug information: coded refusals are the only thing that may go wrong, in bounded time and memory.</summary>
public sealed class DwarfDamageTests : IDisposable
{
    private const string C = """
        extern int later;
        int later = 3;
        static int hidden;
        extern int outside(int);
        static inline int twice(int x) { static int n; n++; return 2 * x; }
        int one(int x) { if (x == 7) __builtin_trap(); return outside(x) + hidden++; }
        int two(int x) { return one(twice(x)) + later; }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("MINIOS2201", ".debug_info", 0, 0x7fff_fff0u)] // unit_length
    [InlineData("MINIOS2202", ".debug_info", 4, 0x0801_0006u)] // version
    [InlineData("MINIOS2202", ".debug_info", 4, 0x0301_0005u)] // address_size
    [InlineData("MINIOS2202", ".debug_info", 4, 0x0809_0005u)] // unit_type
    [InlineData("MINIOS2203", ".debug_info", 12, 0x7fu)] // the code of the first entry
    [InlineData("MINIOS2204", ".debug_abbrev", 4, 0x7fu)] // the form of the first attribute
    [InlineData("MINIOS2205", ".rela.debug_str_offsets", 16, 0x7fff_ffffu, 48)] // the addend of a string's offset
    [InlineData("MINIOS2208", ".rela.debug_info", 8, 0x99u)] // the type of a relocation
    [InlineData("MINIOS2208", ".rela.debug_info", 0, 0x7fff_ffffu)] // its offset
    [InlineData("MINIOS2209", ".debug_line", 16, 0x0d00u)] // line_range
    [InlineData("MINIOS2202", ".debug_line", 4, 0x0008_0006u)] // version
    [InlineData("MINIOS2201", ".debug_line", 8, 0x7fff_fff0u)] // header_length
    public void A_damaged_field_is_refused_with_its_code(string code, string section, int offset, uint value, int step = 0)
    {
        byte[] bytes = File.ReadAllBytes(DwarfObject.Compile(_folder, "clang", "a.c", C, "-gdwarf-5", "-O0", "-fno-pic").Path);
        Span<byte> contents = Contents(bytes, section);
        for (int position = offset; position + 4 <= contents.Length; position += step == 0 ? contents.Length : step / 2)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(contents[position..], value);
        }

        Assert.NotNull(DwarfReader.Open(ElfFile.Parse(bytes))); // which reads nothing yet
        Assert.Equal(code, Ask(bytes));
    }

    [Theory]
    [InlineData("MINIOS2207", 0, 2u)] // ch_type: zstd
    [InlineData("MINIOS2206", 8, 0x7fff_ffffu)] // ch_size, more than deflate can hold
    [InlineData("MINIOS2206", 8, 40u)] // ch_size, less than there is
    [InlineData("MINIOS2206", 24, 0xffff_ffffu)] // the stream
    [InlineData("MINIOS2206", 24, 0x0000_2078u)] // a stream with a dictionary
    public void A_damaged_compressed_section_is_refused(string code, int offset, uint value)
    {
        byte[] bytes = File.ReadAllBytes(DwarfObject.Compile(_folder, "gcc", "a.c", C, "-g", "-gz=zlib").Path);
        Assert.Null(Ask(bytes));

        BinaryPrimitives.WriteUInt32LittleEndian(Contents(bytes, ".debug_info")[offset..], value);

        Assert.Equal(code, Ask(bytes));
    }

    [Theory]
    [InlineData(0x7f00, true)] // in no unit
    [InlineData(0x0c, true)] // the entry itself, over and over
    [InlineData(0x0b, false)] // the unit's first entry, which names no place
    public void A_reference_that_leads_nowhere_is_refused(int reference, bool isRefused)
    {
        byte[] file = Made(Unit(entries => entries.Append(2).AppendText("v").AppendWord(reference)));

        Assert.Equal(isRefused ? "MINIOS2210" : null, Ask(file));
    }

    [Fact]
    public void Units_cannot_read_the_same_abbreviations_over_and_over()
    {
        BinaryFieldList info = new();
        for (int unit = 0; unit < 50; unit++)
        {
            // Each at another offset of the same table.
            info.AppendWord(8).AppendHalf(4).AppendWord(unit * 5).Append(8).Append(0);
        }

        BinaryFieldList abbreviations = new();
        for (int code = 1; code <= 50; code++)
        {
            abbreviations.Append(code).Append(0x11).Append(0).Append(0).Append(0);
        }

        Assert.Equal("MINIOS2203", Ask(Made(info.ToArray(), abbreviations.Append(0).ToArray())));
    }

    [Theory]
    [InlineData("gcc", "-gdwarf-5", "-O2")]
    [InlineData("gcc", "-gdwarf-4", "-O2")]
    [InlineData("clang", "-gdwarf-5", "-O1")]
    [InlineData("gcc", "-gdwarf-5", "-gz=zlib")]
    [InlineData("clang", "-gdwarf-4", "--target=mips-linux-gnu")]
    public void Mutated_debug_sections_give_answers_or_coded_refusals(string compiler, params string[] options)
    {
        byte[] sound = File.ReadAllBytes(DwarfObject.Compile(_folder, compiler, "a.c", C, options).Path);
        ElfFile elf = ElfFile.Parse(sound);
        (int Start, int Length)[] parts = [.. elf.Sections
            .Where(section => section.HasContents && section.Name.Contains(".debug_", StringComparison.Ordinal))
            .Select(section => ((int)section.Offset, (int)section.Size))];
        Random random = new(7);
        Dictionary<string, int> codes = [];
        Stopwatch longest = new();
        TimeSpan limit = TimeSpan.FromSeconds(20);
        for (int round = 0; round < 3000; round++)
        {
            byte[] bytes = [.. sound];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                (int start, int length) = parts[random.Next(parts.Length)];
                int position = start + random.Next(length);
                bytes[position] = random.Next(4) switch
                {
                    0 => 0,
                    1 => 0xff,
                    2 => (byte)(bytes[position] ^ (1 << random.Next(8))),
                    _ => (byte)random.Next(256),
                };
            }

            longest.Restart();
            string code = Ask(bytes) ?? "none";
            Assert.True(longest.Elapsed < limit, $"round {round} took {longest.Elapsed}");
            codes[code] = codes.GetValueOrDefault(code) + 1;
        }

        Assert.InRange(codes["none"], 1, 2990);
        Assert.InRange(codes.Count, 3, 20);
    }

    /// <summary>Asks for everything; the code of the first refusal, or null.</summary>
    private static string? Ask(byte[] bytes)
    {
        string? code = null;
        long before = GC.GetAllocatedBytesForCurrentThread();
        ElfFile elf;
        try
        {
            elf = ElfFile.Parse(bytes);
        }
        catch (ObjectFormatException e)
        {
            return e.Code;
        }

        DwarfReader? reader = DwarfReader.Open(elf);
        foreach (ElfSymbol symbol in elf.Symbols)
        {
            code ??= Refusal(bytes, () => reader?.DeclarationOf(symbol));
            code ??= Refusal(bytes, () => reader?.UseOf(symbol.Index));
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // A refusal and each answer take some; a compressed section may be larger by the ratio that deflate has.
        long limit = (bytes.Length * 1100L) + (elf.Symbols.Count * 32768L) + 262144;
        Assert.True(allocated < limit, $"{allocated} bytes were allocated for a file of {bytes.Length}");
        return code;
    }

    private static string? Refusal(byte[] bytes, Func<SourcePosition?> ask)
    {
        try
        {
            Assert.NotEqual(0, ask()?.Line);
            return null;
        }
        catch (ObjectFormatException e)
        {
            Assert.True(e.Code.StartsWith("MINIOS22", StringComparison.Ordinal) || e.Code == "MINIOS2008", e.Code);
            Assert.InRange(e.Offset, 0, bytes.Length);
            return e.Code;
        }
    }

    private static Span<byte> Contents(byte[] bytes, string name)
    {
        ElfSection section = Assert.Single(ElfFile.Parse(bytes).Sections, section => section.Name == name);
        return bytes.AsSpan((int)section.Offset, (int)section.Size);
    }

    /// <summary>A unit of version 4 whose first entry has no attributes.</summary>
    private static byte[] Unit(Func<BinaryFieldList, BinaryFieldList> entries)
    {
        byte[] contents = entries(new BinaryFieldList().AppendHalf(4).AppendWord(0).Append(8).Append(1)).Append(0).ToArray();
        return [.. new BinaryFieldList().AppendWord(contents.Length).ToArray(), .. contents];
    }

    /// <summary>An object with the undefined symbol v, and abbreviation 2 for variables with a name and a specification.</summary>
    private static byte[] Made(byte[] info, byte[]? abbreviations = null)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(".debug_info", ElfSectionType.ProgramBits, info);
        writer.AddSection(".debug_abbrev", ElfSectionType.ProgramBits,
            abbreviations ?? [1, 0x11, 1, 0, 0, 2, 0x34, 0, 0x03, 0x08, 0x47, 0x13, 0, 0, 0]);
        writer.AddSymbol("v", ElfSymbolBinding.Global, ElfSymbolType.NoType, 0);
        return writer.Write().Bytes;
    }

    /// <summary>Bytes of little-endian fields, one after the other.</summary>
    private sealed class BinaryFieldList
    {
        private readonly List<byte> _bytes = [];

        public BinaryFieldList Append(int value)
        {
            _bytes.Add((byte)value);
            return this;
        }

        public BinaryFieldList AppendHalf(int value) => Append(value).Append(value >> 8);

        public BinaryFieldList AppendWord(int value) => AppendHalf(value).AppendHalf(value >> 16);

        public BinaryFieldList AppendText(string text)
        {
            _bytes.AddRange(Encoding.ASCII.GetBytes(text));
            return Append(0);
        }

        public byte[] ToArray() => [.. _bytes];
    }
}
