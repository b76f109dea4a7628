using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Common symbols of one object that get a place, become references, or go; and what the proof says of results that are wrong.</summary>
public sealed class ElfCommonTests
{
    private const uint Common = 0xfff2;
    private const int Text = 1;
    private const int Debug = 2;

    private static readonly ElfCommonChange[] s_changes =
    [
        new(3, ElfCommonFate.Allocated, 6, 4), new(4, ElfCommonFate.Removed), new(5, ElfCommonFate.Undefined), new(6, ElfCommonFate.Allocated, 40, 32),
    ];

    [Theory]
    [MemberData(nameof(ElfReadingTests.AllFormats), MemberType = typeof(ElfReadingTests))]
    public void Each_common_symbol_becomes_what_it_should_and_all_else_stays(ElfClass fileClass, ElfByteOrder order, bool isExtended)
    {
        byte[] before = Object(fileClass, order, isExtended);
        ElfFile after = ElfFile.Parse(Apply(before, s_changes));

        ElfSection bss = after.Sections[^1];
        Assert.Equal((".bss", ElfSectionType.NoBits, ElfSectionFlags.Write | ElfSectionFlags.Alloc, 72ul, 32ul), (bss.Name, bss.Type, bss.Flags, bss.Size, bss.Alignment));
        Assert.Equal(
            ["", "local", "main", "small", "used", "large", "other"], after.Symbols.Select(symbol => symbol.Name));
        Assert.Equal((0ul, 6ul, (uint)bss.Index, ElfSymbolType.Object), Place(after.Symbols[3]));
        Assert.Equal((32ul, 40ul, (uint)bss.Index, ElfSymbolType.Object), Place(after.Symbols[5]));
        Assert.Equal((0ul, 0ul, 0u, ElfSymbolType.NoType), Place(after.Symbols[4]));
        Assert.True(after.Symbols[4].IsUndefined);
        Assert.True(after.Symbols[6].IsCommon);
        // The text uses main and used, the debug information used and what is gone.
        Assert.Equal(["main", "used", "used", "", "large"], after.Sections.SelectMany(s => after.Relocations(s.Index)).Select(r => after.Symbols[r.SymbolIndex].Name));
        Assert.All(ElfFile.Parse(before).Sections.Where(s => s.Index is Text or Debug), s => Assert.Equal(
            ElfFile.Parse(before).Contents(s.Index).ToArray(), after.Contents(s.Index).ToArray()));
    }

    [Fact]
    public void With_nothing_to_do_the_bytes_stay()
    {
        byte[] before = Object(ElfClass.Elf64, ElfByteOrder.LittleEndian, isExtended: false);
        ElfRewrite rewrite = ElfCommonRewriter.Prepare(ElfFile.Parse(before), before, []);
        Assert.True(rewrite.IsUnchanged);
        Assert.Equal(before.Length, rewrite.Size);
    }

    [Theory]
    [InlineData(2, ElfCommonFate.Undefined, 0, 0, "no common symbol")]
    [InlineData(5, ElfCommonFate.Removed, 0, 0, "the object uses it")]
    [InlineData(6, ElfCommonFate.Allocated, 8, 32, "would get 8")]
    [InlineData(6, ElfCommonFate.Allocated, 40, 8, "at a multiple of 8")]
    [InlineData(6, ElfCommonFate.Allocated, 40, 48, "at a multiple of 48")]
    [InlineData(6, ElfCommonFate.Allocated, 0x7fffffffffffffff, 32, "")]
    [InlineData(6, ElfCommonFate.Allocated, -1, 32, "more than 0x7fffffffffffffff")]
    public void What_cannot_be_done_is_refused_at_the_symbol(int symbol, ElfCommonFate fate, long size, int alignment, string why)
    {
        byte[] before = Object(ElfClass.Elf64, ElfByteOrder.LittleEndian, isExtended: false);
        ElfCommonChange[] changes = [new(symbol, fate, (ulong)size, (ulong)alignment)];
        if (why.Length == 0)
        {
            Apply(before, changes); // The largest that there can be.
            return;
        }

        var refused = Assert.Throws<ObjectFormatException>(() => Apply(before, changes));
        Assert.Equal("MINIOS1353", refused.Code);
        Assert.Contains(why, refused.Message);
        ElfFile elf = ElfFile.Parse(before);
        Assert.Equal((long)elf.Sections[elf.Symbols.SectionIndex].Offset + (symbol * 24), refused.Offset);
    }

    [Theory]
    [InlineData(0xff02u, ElfSymbolBinding.Global, ElfSymbolType.Object, 8, "0xff02")]
    [InlineData(Common, ElfSymbolBinding.Weak, ElfSymbolType.Object, 8, "Weak")]
    [InlineData(Common, ElfSymbolBinding.Global, ElfSymbolType.Tls, 8, "thread-local")]
    [InlineData(Common, ElfSymbolBinding.Global, ElfSymbolType.Func, 8, "Func")]
    [InlineData(Common, ElfSymbolBinding.Global, ElfSymbolType.Object, 24, "0x18")]
    public void Kinds_that_the_linker_places_itself_stay(uint section, ElfSymbolBinding binding, ElfSymbolType type, int alignment, string why)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(".text", ElfSectionType.ProgramBits);
        writer.AddSymbol("it", binding, type, section, (ulong)alignment, 8, isReserved: true);
        byte[] before = writer.Write().Bytes;

        Assert.Contains(why, ElfCommonRewriter.WhyNot(ElfFile.Parse(before).Symbols[1]));
        Assert.Equal("MINIOS1353", Assert.Throws<ObjectFormatException>(() => Apply(before, [new(1, ElfCommonFate.Undefined)])).Code);
    }

    /// <summary>Field by field, what a faulty rewriter could have written.</summary>
    [Theory]
    [InlineData(3, 8, 36, "MINIOS1327", "lies over")] // st_value of small: in large
    [InlineData(3, 8, 70, "MINIOS1327", "expected at least")] // not aligned, and beyond the end
    [InlineData(5, 8, 36, "MINIOS1327", "at a multiple of 32")]
    [InlineData(5, 16, 39, "MINIOS1327", "expected")] // st_size
    [InlineData(5, 6, 1, "MINIOS1327", "expected")] // st_shndx: in .text
    [InlineData(4, 16, 4, "MINIOS1327", "expected")] // a size for a reference
    [InlineData(4, 4, 0x20, "MINIOS1327", "expected")] // a weak reference
    [InlineData(6, 16, 99, "MINIOS1327", "expected")] // one that nobody asked to change
    public void A_wrong_symbol_is_found(int symbol, int field, int value, string code, string what) =>
        MustFail(after => after[(int)after.Table + (symbol * 24) + field] = (byte)value, code, what);

    [Theory]
    [InlineData(32, 71, "MINIOS1327")] // sh_size: large ends behind it
    [InlineData(48, 16, "MINIOS1327")] // sh_addralign
    [InlineData(8, 7, "MINIOS1326")] // sh_flags: executable
    [InlineData(4, 1, "MINIOS1326")] // sh_type: in the file
    public void A_wrong_section_for_them_is_found(int field, int value, string code) =>
        MustFail(after => after[(int)after.Headers + (64 * (after.Sections - 1)) + field] = (byte)value, code, "");

    [Fact]
    public void A_use_of_what_is_gone_and_other_contents_are_found()
    {
        MustFail(after => after[(int)after.Offset(".text")] ^= 1, "MINIOS1326", "differs from byte 0x0");
        MustFail(after => after[(int)after.Offset(".rela.text") + 12] = 0, "MINIOS1328", "entry 0");
        MustFail(after => after[(int)after.Offset(".rela.debug_info") + 24 + 12] = 5, "MINIOS1328", "entry 1");
        MustFail(after => after[(int)after.Headers + (64 * after.Index(".symtab")) + 44] = 3, "MINIOS1326", "sh_info"); // one local symbol more

        // A rewriter that takes a symbol away which the code uses gives the null symbol's value, and no other proof would see it.
        byte[] before = Object(ElfClass.Elf64, ElfByteOrder.LittleEndian, isExtended: false);
        ElfFile elf = ElfFile.Parse(before);
        Patch gone = new(Apply(Object(ElfClass.Elf64, ElfByteOrder.LittleEndian, isExtended: false, isUsed: false), [new(5, ElfCommonFate.Removed)]));
        gone[(int)gone.Offset(".rela.text") + 24 + 12] = 0;
        var failed = Assert.Throws<ObjectFormatException>(() => ElfCommonProof.Require(elf, ElfFile.Parse(gone.Bytes), [new(5, ElfCommonFate.Removed)]));
        Assert.Equal("MINIOS1328", failed.Code);
        Assert.Contains("symbol 5 (used), which is gone", failed.Message);
    }

    /// <summary>Names of sections and symbols are in one table, as LLVM writes it; there is no .bss, and a table of significant addresses.</summary>
    [Theory]
    [InlineData("x86_64-linux-gnu")]
    [InlineData("i386-linux-gnu")]
    [InlineData("aarch64_be-linux-gnu")]
    [InlineData("mips-linux-gnu")]
    [InlineData("mips64el-linux-gnuabi64")]
    [InlineData("powerpc-linux-gnu")]
    [InlineData("s390x-linux-gnu")]
    public void Objects_of_other_compilers_and_machines_are_read_by_llvm_readelf_as_they_should_be(string target)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("x.o");
        RealTool.Run(LlvmTool.Find("clang"), $"--target={target}", "-fcommon", "-g", "-O1", "-c", "-o", path,
            folder.Write("x.c", "int used, unused, elsewhere; long big[20] __attribute__((aligned(64)));\nint f(void) { return used + elsewhere; }\n"));
        byte[] before = File.ReadAllBytes(path);
        ElfFile elf = ElfFile.Parse(before);
        ElfCommonChange[] changes =
        [
            .. elf.Symbols.Where(symbol => symbol.IsCommon).Select(symbol => symbol.Name switch
            {
                "unused" => new ElfCommonChange(symbol.Index, ElfCommonFate.Removed),
                "elsewhere" => new ElfCommonChange(symbol.Index, ElfCommonFate.Undefined),
                _ => new ElfCommonChange(symbol.Index, ElfCommonFate.Allocated, symbol.Size, symbol.Value),
            }),
        ];
        Assert.Equal(4, changes.Length);
        File.WriteAllBytes(path, Apply(before, changes));

        string[] lines = RealTool.Run(LlvmTool.Find("llvm-readelf"), "-sW", path).Split('\n');
        string Line(string name) => Assert.Single(lines, line => line.EndsWith(" " + name, StringComparison.Ordinal));
        Assert.Contains(" UND ", Line("elsewhere"));
        Assert.Matches($"OBJECT +GLOBAL +DEFAULT .*{ElfFile.Parse(File.ReadAllBytes(path)).Sections.Count - 1} used$", Line("used"));
        Assert.DoesNotContain(lines, line => line.EndsWith(" unused", StringComparison.Ordinal) || line.Contains(" COM ", StringComparison.Ordinal));
        RealTool.Run(LlvmTool.Find("llvm-objcopy"), "--strip-debug", path, folder.File("y.o")); // finds no fault with it
    }

    private static (ulong Value, ulong Size, uint Section, ElfSymbolType Type) Place(in ElfSymbol symbol) => (symbol.Value, symbol.Size, symbol.SectionIndex, symbol.Type);

    /// <summary>Symbols: 1 local, 2 main, and common 3 small, 4 gone, which debug information alone mentions, 5 used, 6 large, 7 other.</summary>
    private static byte[] Object(ElfClass fileClass, ElfByteOrder order, bool isExtended, bool isUsed = true)
    {
        ElfWriter writer = new(fileClass, order) { ForceExtendedNumbering = isExtended };
        writer.AddSection(".text", ElfSectionType.ProgramBits, new byte[16], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        writer.AddSection(".debug_info", ElfSectionType.ProgramBits, new byte[32]);
        writer.AddSymbol("local", ElfSymbolBinding.Local, ElfSymbolType.Func, Text, 4);
        writer.AddSymbol("main", ElfSymbolBinding.Global, ElfSymbolType.Func, Text);
        writer.AddSymbol("small", ElfSymbolBinding.Global, ElfSymbolType.Object, Common, 2, 6, isReserved: true);
        writer.AddSymbol("gone", ElfSymbolBinding.Global, ElfSymbolType.Object, Common, 4, 4, isReserved: true);
        writer.AddSymbol("used", ElfSymbolBinding.Global, ElfSymbolType.Object, Common, 8, 8, isReserved: true);
        writer.AddSymbol("large", ElfSymbolBinding.Global, ElfSymbolType.Common, Common, 16, 40, isReserved: true);
        writer.AddSymbol("other", ElfSymbolBinding.Global, ElfSymbolType.Object, Common, 4, 4, isReserved: true);
        writer.AddRelocations(".rela.text", Text, hasAddends: true, new ElfRelocation(0, 1, 2, 0), new ElfRelocation(8, 1, isUsed ? 5 : 2, 4));
        writer.AddRelocations(".rela.debug_info", Debug, hasAddends: true, new ElfRelocation(0, 1, 5, 0), new ElfRelocation(8, 1, 4, 0), new ElfRelocation(16, 1, 6, 0));
        return writer.Write().Bytes;
    }

    private static byte[] Apply(byte[] before, ElfCommonChange[] changes)
    {
        ElfFile file = ElfFile.Parse(before);
        ElfRewrite rewrite = ElfCommonRewriter.Prepare(file, before, changes);
        byte[] after = new byte[rewrite.Size];
        Array.Fill(after, (byte)0xa5);
        rewrite.WriteTo(after);
        ElfCommonProof.Require(file, ElfFile.Parse(after), changes);
        return after;
    }

    private static void MustFail(Action<Patch> patch, string code, string what)
    {
        byte[] before = Object(ElfClass.Elf64, ElfByteOrder.LittleEndian, isExtended: false);
        Patch after = new(Apply(before, s_changes));
        patch(after);
        var failed = Assert.Throws<ObjectFormatException>(() => ElfCommonProof.Require(ElfFile.Parse(before), ElfFile.Parse(after.Bytes), s_changes));
        Assert.Equal(code, failed.Code);
        Assert.Contains(what, failed.Message);
    }

    /// <summary>A result of 64 bits, low bytes first, whose bytes a test changes.</summary>
    private sealed class Patch(byte[] bytes)
    {
        private readonly ElfFile _file = ElfFile.Parse(bytes.ToArray());

        public byte[] Bytes => bytes;

        public int Sections => _file.Sections.Count;

        public ulong Table => _file.Sections[_file.Symbols.SectionIndex].Offset;

        public ulong Headers => BitConverter.ToUInt64(bytes, 40); // e_shoff

        public ref byte this[int at] => ref bytes[at];

        public int Index(string section) => _file.Sections.Single(s => s.Name == section).Index;

        public ulong Offset(string section) => _file.Sections[Index(section)].Offset;
    }
}
