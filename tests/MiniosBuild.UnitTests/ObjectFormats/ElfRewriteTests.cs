using System.Text;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;
using static MiniosBuild.UnitTests.ObjectFormats.ElfRewriteRun;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>What the rewriter does to small made objects, and what it refuses.</summary>
public sealed class ElfRewriteTests
{
    public static IEnumerable<object[]> Formats =>
        from format in ElfSamples.Formats
        from extended in (bool[])[false, true]
        select (object[])[format.Class, format.Order, extended];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Old_names_leave_the_file_and_new_ones_come_once(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        byte[] before = Sample(fileClass, order, extended);
        byte[] after = Rename(before, ("alpha", "minios_alpha"), ("beta", "minios_beta"), ("missing", "m"));

        ElfFile elf = ElfFile.Parse(after);
        Assert.Equal(["", "local", "minios_alpha", "minios_beta", "m", "gamma"], elf.Symbols.Select(symbol => symbol.Name));
        string strings = Strings(elf);
        Assert.Equal("\0local\0gamma\0minios_alpha\0minios_beta\0m\0", strings);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Symbols_made_local_come_before_the_others_and_are_followed(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfFile elf = ElfFile.Parse(Localise(Sample(fileClass, order, extended), "beta", "gamma"));

        Assert.Equal(["", "local", "beta", "gamma", "alpha", "missing"], elf.Symbols.Select(symbol => symbol.Name));
        Assert.Equal([false, false, false, false, true, true], elf.Symbols.Select(symbol => symbol.IsGlobal));
        Assert.Equal(4u, elf.Sections[elf.Symbols.SectionIndex].Info);
        Assert.Equal(["beta", "missing", "gamma", ""], elf.Relocations(2).Select(relocation => elf.Symbols[relocation.SymbolIndex].Name));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Without_changes_the_bytes_are_those_of_the_input(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        byte[] before = Sample(fileClass, order, extended);
        ElfFile elf = ElfFile.Parse(before);
        ElfSymbolChange[] sameNames = Changes(elf, name => name);

        Assert.Equal(before, Apply(before, []));
        Assert.Equal(4, sameNames.Length);
        Assert.Equal(before, Apply(before, sameNames));
        Assert.True(ElfSymbolRewriter.Prepare(elf, before, sameNames).IsUnchanged);
    }

    [Fact]
    public void Two_symbols_may_swap_their_names()
    {
        byte[] before = Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        ElfFile elf = ElfFile.Parse(Rename(before, ("alpha", "beta"), ("beta", "alpha")));

        Assert.Equal(["", "local", "beta", "alpha", "missing", "gamma"], elf.Symbols.Select(symbol => symbol.Name));
    }

    [Fact]
    public void A_symbol_may_be_renamed_and_made_local_in_one_go()
    {
        byte[] before = Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        // A local symbol may have the name of a global one.
        ElfFile elf = ElfFile.Parse(Apply(before, [new ElfSymbolChange(3, "alpha"u8.ToArray(), MakeLocal: true)]));

        Assert.Equal(["", "local", "alpha", "alpha", "missing", "gamma"], elf.Symbols.Select(symbol => symbol.Name));
        Assert.Equal([2, 3], elf.Symbols.Where(symbol => symbol.Name == "alpha").Select(symbol => symbol.Index));
        Assert.False(elf.Symbols[2].IsGlobal);
    }

    [Fact]
    public void A_name_that_others_share_a_part_of_stays_where_it_is()
    {
        // "ending" is the end of "long_ending": assemblers write the bytes once.
        BinaryImage image = TwoNames("long_ending", "__________x");
        byte[] shared = image.With("Sym[2].st_name", image.Value(image.Field("Sym[1].st_name")) + 5);
        Assert.Equal("ending", ElfFile.Parse(shared).Symbols[2].Name);

        Assert.Equal(["", "a_new_name", "ending"], ElfFile.Parse(Rename(shared, ("long_ending", "a_new_name"))).Symbols.Select(symbol => symbol.Name));
        Assert.Equal(["", "long_ending", "e"], ElfFile.Parse(Rename(shared, ("ending", "e"))).Symbols.Select(symbol => symbol.Name));
    }

    [Fact]
    public void Sections_behind_a_table_that_grows_keep_their_alignment()
    {
        byte[] before = Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian, extended: true);
        for (int length = 1; length < 40; length++)
        {
            ElfFile elf = ElfFile.Parse(Rename(before, ("alpha", new string('x', length))));
            Assert.All(elf.Sections.Where(section => section.HasContents), section => Assert.Equal(0u, section.Offset % 8));
        }
    }

    [Fact]
    public void A_string_table_that_another_section_uses_only_grows()
    {
        ElfWriter writer = new(ElfClass.Elf32, ElfByteOrder.BigEndian);
        writer.AddSection("stabs", ElfSectionType.ProgramBits, [0, 0, 0, 1], link: 3, entrySize: 12);
        writer.AddSymbol("alpha", ElfSymbolBinding.Global, ElfSymbolType.Func, 1);
        byte[] before = writer.Write().Bytes;
        Assert.Equal(3u, ElfFile.Parse(before).Sections[2].Link);

        Assert.Equal("\0alpha\0beta\0", Strings(ElfFile.Parse(Rename(before, ("alpha", "beta")))));
    }

    [Theory]
    [InlineData("alpha", "beta", "MINIOS2014")]
    [InlineData("missing", "gamma", "MINIOS2014")]
    [InlineData("gamma", "missing", "MINIOS2014")]
    [InlineData("alpha", "a\0b", "MINIOS2012")]
    [InlineData("local", "minios_local", "MINIOS2012")]
    public void Renames_that_would_not_do_what_they_say_are_refused(string old, string @new, string code)
    {
        byte[] data = Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        ElfSymbol symbol = ElfFile.Parse(data).Symbols.Single(symbol => symbol.Name == old);

        Assert.Equal(code, Refusal(data, new ElfSymbolChange(symbol.Index, Encoding.UTF8.GetBytes(@new), false)));
    }

    [Fact]
    public void Two_symbols_that_would_get_one_name_are_refused() => Assert.Equal("MINIOS2014", Refusal(
        Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian),
        new ElfSymbolChange(2, "x"u8.ToArray(), false), new ElfSymbolChange(3, "x"u8.ToArray(), false)));

    [Theory]
    [InlineData(ElfSymbolType.Section)]
    [InlineData(ElfSymbolType.File)]
    public void Symbols_of_sections_and_files_are_refused(ElfSymbolType type)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(".text", ElfSectionType.ProgramBits, [1]);
        writer.AddSymbol("s", ElfSymbolBinding.Local, type, 1);
        writer.AddSymbol("g", ElfSymbolBinding.Global, type, 1);
        byte[] data = writer.Write().Bytes;

        Assert.Equal("MINIOS2012", Refusal(data, new ElfSymbolChange(1, "x"u8.ToArray(), false)));
        Assert.Equal("MINIOS2012", Refusal(data, new ElfSymbolChange(2, "x"u8.ToArray(), false)));
        Assert.Equal("MINIOS2013", Refusal(data, new ElfSymbolChange(2, default, true)));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("common")]
    [InlineData("größe")] // the signature of a COMDAT group, defined in it
    [InlineData("thread")] // in a section of a reserved number
    public void Symbols_that_others_need_are_not_made_local(string name)
    {
        byte[] data = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian).Bytes;
        ElfSymbol symbol = ElfFile.Parse(data).Symbols.Single(symbol => symbol.Name == name);

        Assert.Equal("MINIOS2013", Refusal(data, new ElfSymbolChange(symbol.Index, default, true)));
    }

    [Theory]
    [InlineData("main")]
    [InlineData("weak")]
    [InlineData("absolute")]
    [InlineData("unique")]
    public void Symbols_of_every_other_kind_are_made_local(string name)
    {
        byte[] data = WithoutSegments(ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian));

        Assert.False(ElfFile.Parse(Localise(data, name)).Symbols.Single(symbol => symbol.Name == name).IsGlobal);
    }

    [Fact]
    public void Files_that_are_not_relocatable_and_files_with_segments_are_refused()
    {
        ElfSymbolChange change = new(2, "x"u8.ToArray(), false);
        BinaryImage image = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian);

        Assert.Equal("MINIOS2017", Refusal(image.Bytes, change));
        Assert.Equal("MINIOS2011", Refusal(image.With("Ehdr.e_type", 2)));
        Assert.Equal("MINIOS2011", Refusal(image.With("Ehdr.e_type", 3)));
    }

    [Fact]
    public void Parts_that_lie_over_each_other_are_refused()
    {
        BinaryImage image = TwoNames("alpha", "beta");
        ElfFile elf = ElfFile.Parse(image.Bytes);
        ElfSymbolChange change = new(1, "x"u8.ToArray(), false);
        ulong strings = elf.Sections[3].Offset;

        Assert.Equal("MINIOS2017", Refusal(image.With("Shdr[1].sh_offset", strings), change));
        Assert.Equal("MINIOS2017", Refusal(image.With("Shdr[1].sh_offset", strings - 2), change));
        Assert.Equal("MINIOS2017", Refusal(image.With("Shdr[1].sh_offset", 0), change));
        Assert.Equal("MINIOS2017", Refusal(image.With("Shdr[3].sh_offset", elf.Sections[2].Offset + 23), change)); // .symtab ends in a 0
    }

    [Fact]
    public void Sections_that_may_know_symbols_by_number_are_refused_only_where_the_order_changes()
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(".text", ElfSectionType.ProgramBits, [1]);
        writer.AddSection(".crel.text", (ElfSectionType)0x40000014, [1, 2, 3], link: null, info: 1);
        writer.AddSymbol("alpha", ElfSymbolBinding.Global, ElfSymbolType.Func, 1);
        byte[] data = writer.Write().Bytes;

        Assert.Equal("minios_alpha", ElfFile.Parse(Rename(data, ("alpha", "minios_alpha"))).Symbols[1].Name);
        Assert.Equal("MINIOS2015", Refusal(data, new ElfSymbolChange(1, default, true)));
    }

    [Theory]
    [InlineData(0x6fff4c03u, 0, new byte[] { 3, 2, 0x80, 0 }, new byte[] { 2, 3, 0 })] // .llvm_addrsig
    [InlineData(0x6fff4c09u, 16, new byte[] { 3, 0, 0, 0, 2, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 1 }, new byte[] { 2, 0, 0, 0, 3, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(0x6fff4c09u, 8, new byte[] { 3, 0, 0, 0, 2, 0, 0, 0 }, new byte[] { 3, 0, 0, 0, 2, 0, 0, 0 })] // weights alone
    [InlineData(0x6fffffffu, 2, new byte[] { 0, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0 }, new byte[] { 0, 0, 1, 0, 3, 0, 2, 0, 4, 0, 5, 0 })] // versions
    public void Tables_beside_the_symbols_follow_their_order(uint type, ulong entrySize, byte[] contents, byte[] expected)
    {
        byte[] after = Localise(Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian, (type, entrySize, contents)), "beta");

        Assert.Equal(["", "local", "beta", "alpha", "missing", "gamma"], ElfFile.Parse(after).Symbols.Select(symbol => symbol.Name));
        Assert.Equal(expected, ElfFile.Parse(after).Contents(3).ToArray());
    }

    [Theory]
    [InlineData(0x6fff4c03u, 0, new byte[] { 6 })]
    [InlineData(0x6fff4c03u, 0, new byte[] { 1, 0x80 })]
    [InlineData(0x6fff4c03u, 0, new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0 })]
    [InlineData(0x6fff4c09u, 16, new byte[] { 3, 0, 0, 0, 6, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 1 })]
    [InlineData(0x6fff4c09u, 16, new byte[] { 3, 0, 0, 0 })]
    [InlineData(0x6fffffffu, 2, new byte[] { 0, 0 })]
    public void Damaged_tables_beside_the_symbols_are_refused(uint type, ulong entrySize, byte[] contents) => Assert.Equal(
        "MINIOS2016", Refusal(Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian, (type, entrySize, contents)), new ElfSymbolChange(3, default, true)));

    [Fact]
    public void A_relocation_to_a_symbol_that_does_not_exist_is_refused_where_the_order_changes()
    {
        ElfWriter writer = new(ElfClass.Elf32, ElfByteOrder.BigEndian);
        int text = writer.AddSection(".text", ElfSectionType.ProgramBits, [1]);
        writer.AddRelocations(".rel.text", text, hasAddends: false, new ElfRelocation(0, 1, 77, 0));
        writer.AddSymbol("alpha", ElfSymbolBinding.Global, ElfSymbolType.Func, 1);

        Assert.Equal("MINIOS2008", Refusal(writer.Write().Bytes, new ElfSymbolChange(1, default, true)));
    }

    [Fact]
    public void Changes_out_of_order_are_a_mistake_of_the_caller()
    {
        byte[] data = Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        ElfFile elf = ElfFile.Parse(data);
        ElfSymbolChange[] swapped = [new(3, "x"u8.ToArray(), false), new(2, "y"u8.ToArray(), false)];

        Assert.Throws<ArgumentException>(() => ElfSymbolRewriter.Prepare(elf, data, swapped));
        Assert.Throws<ArgumentException>(() => ElfSymbolRewriter.Prepare(elf, data, [new ElfSymbolChange(6, default, true)]));
        Assert.Throws<ArgumentException>(() => ElfSymbolRewriter.Prepare(elf, new byte[3], []));
        Assert.Throws<ArgumentException>(() => ElfSymbolRewriter.Prepare(elf, data, []).WriteTo(new byte[data.Length + 1]));
    }

    internal static byte[] WithoutSegments(BinaryImage image) => image.With("Ehdr.e_phnum", 0);

    /// <summary>Symbols: 1 local, 2 alpha, 3 beta, 4 missing, 5 gamma; section 2 has relocations to 3, 4, 5 and none.</summary>
    internal static byte[] Sample(ElfClass fileClass, ElfByteOrder order, bool extended) => Sample(fileClass, order, null, extended);

    internal static byte[] Sample(
        ElfClass fileClass, ElfByteOrder order, (uint Type, ulong EntrySize, byte[] Contents)? table = null, bool extended = false)
    {
        ElfWriter writer = new(fileClass, order) { ForceExtendedNumbering = extended };
        int text = writer.AddSection(".text", ElfSectionType.ProgramBits, [1, 2, 3, 4, 5, 6, 7, 8], ElfSectionFlags.Alloc);
        writer.AddRelocations(".rela.text", text, hasAddends: true,
            new ElfRelocation(0, 7, 3, -4), new ElfRelocation(1, 8, 4, 5), new ElfRelocation(2, 9, 5, 0), new ElfRelocation(3, 1, 0, 1));
        if (table is var (type, entrySize, contents))
        {
            writer.AddSection(".table", (ElfSectionType)type, contents, link: null, entrySize: entrySize);
        }

        writer.AddSymbol("local", ElfSymbolBinding.Local, ElfSymbolType.Func, (uint)text, 1, 2);
        writer.AddSymbol("alpha", ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text, 2, 2);
        writer.AddSymbol("beta", ElfSymbolBinding.Weak, ElfSymbolType.Object, (uint)text, 4, 2, ElfSymbolVisibility.Hidden);
        writer.AddSymbol("missing", ElfSymbolBinding.Global, ElfSymbolType.NoType, 0);
        writer.AddSymbol("gamma", ElfSymbolBinding.GnuUnique, ElfSymbolType.Tls, (uint)text, 6, 1);
        return writer.Write().Bytes;
    }

    private static BinaryImage TwoNames(string first, string second)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(".text", ElfSectionType.ProgramBits, [1, 2, 3, 4]);
        writer.AddSymbol(first, ElfSymbolBinding.Global, ElfSymbolType.Func, 1);
        writer.AddSymbol(second, ElfSymbolBinding.Global, ElfSymbolType.Func, 1);
        return writer.Write();
    }

    private static string Strings(ElfFile elf) =>
        Encoding.UTF8.GetString(elf.Contents((int)elf.Sections[elf.Symbols.SectionIndex].Link).Span);
}
