using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The proof finds each kind of damage that a pass could do: one field of a good result is changed at a time.</summary>
public sealed class ElfProofTests
{
    // Fields that say where things lie, or that no reader takes anything from; those of the null section and symbol; how a name is stored.
    private static readonly string[] s_free = ["sh_name", "sh_offset", "st_name", "e_shoff", "e_shstrndx", "Shdr[0].", "Sym[0].", "Shndx["];

    public static IEnumerable<object[]> Formats => ElfSamples.Formats.Select(format => (object[])[format.Class, format.Order]);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_changed_field_is_found(ElfClass fileClass, ElfByteOrder order)
    {
        BinaryImage image = Image(fileClass, order, extended: false);
        ElfFile before = ElfFile.Parse(image.Bytes);
        ElfProof.Require(before, ElfFile.Parse(image.Bytes.ToArray()), []);
        List<string> missed = [];
        HashSet<string> codes = [];
        foreach (BinaryField field in image.Fields)
        {
            ulong value = image.Value(field);
            foreach (ulong bad in (ulong[])[value ^ 1, value ^ 2, value + 4, value ^ 0x80])
            {
                string? code = Find(before, image.With(field, bad), []);
                codes.Add(code ?? "");
                if (code is null && !Array.Exists(s_free, free => field.Name.Contains(free, StringComparison.Ordinal)))
                {
                    missed.Add($"{field.Name}: {value:x} -> {bad:x}");
                }
            }
        }

        // What no section header leads to, and what has no meaning for the linker.
        missed.RemoveAll(miss => miss.Contains("Ehdr.e_ehsize") || miss.Contains("e_phoff") || miss.Contains("e_phentsize"));
        // The alignment of a table, the flags and the entry size of one that is not compared as a section.
        missed.RemoveAll(IsOfTable);
        Assert.Empty(missed);
        Assert.Superset((HashSet<string>)["MINIOS1326", "MINIOS1327", "MINIOS1329"], codes);
    }

    [Fact]
    public void Every_changed_byte_of_contents_relocations_and_groups_is_found()
    {
        byte[] bytes = Image(ElfClass.Elf64, ElfByteOrder.LittleEndian, extended: true).Bytes;
        ElfFile before = ElfFile.Parse(bytes);
        int changed = 0;
        HashSet<string> codes = [];
        foreach (ElfSection section in before.Sections.Where(section => section.HasContents && section.Type != ElfSectionType.StringTable))
        {
            // The null symbol, and what .symtab_shndx says of symbols that are in no section.
            bool isTable = section.Type is ElfSectionType.SymbolTable or ElfSectionType.SymbolTableSectionIndices;
            for (ulong at = isTable ? section.EntrySize : 0; at < section.Size; at++)
            {
                if (isTable && before.Symbols[(int)(at / section.EntrySize)].Placement != ElfSymbolPlacement.Section)
                {
                    continue;
                }

                byte[] bad = [.. bytes];
                bad[section.Offset + at] ^= 0x20;
                codes.Add(Find(before, bad, []) ?? $"not found: byte {at} of {section.Name}");
                changed++;
            }
        }

        Assert.InRange(changed, 150, 10000);
        Assert.Equal(["MINIOS1326", "MINIOS1327", "MINIOS1328"], codes.Where(code => !code.StartsWith("MINIOS20", StringComparison.Ordinal)).Order());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_pass_that_did_more_or_less_than_planned_is_found(ElfClass fileClass, ElfByteOrder order)
    {
        byte[] bytes = Image(fileClass, order, extended: false).Bytes;
        ElfFile before = ElfFile.Parse(bytes);
        ElfSymbolChange[] done = [new(2, "minios_alpha"u8.ToArray(), false), new(3, default, true)];
        byte[] after = ElfRewriteRun.Apply(bytes, done);

        Assert.Null(Find(before, after, done));
        Assert.Equal("MINIOS1327", Find(before, after, []));
        Assert.Equal("MINIOS1327", Find(before, after, done[..1]));
        Assert.Equal("MINIOS1327", Find(before, after, done[1..]));
        Assert.Equal("MINIOS1327", Find(before, bytes, done));
        Assert.Equal("MINIOS1327", Find(before, after, [new(2, "minios_alphb"u8.ToArray(), false), done[1]]));
        Assert.Equal("MINIOS1327", Find(before, after, [new(2, "minios_alph"u8.ToArray(), false), done[1]]));
        Assert.Equal("MINIOS1327", Find(before, after, [new(2, "minios_alphaa"u8.ToArray(), false), done[1]]));
    }

    [Fact]
    public void Two_symbols_of_one_name_are_found_even_if_that_was_the_plan()
    {
        // As the tools do it: both symbols are there, under one name (trap 4).
        BinaryImage image = Image(ElfClass.Elf64, ElfByteOrder.LittleEndian, extended: false);
        byte[] after = image.With("Sym[2].st_name", image.Value(image.Field("Sym[3].st_name")));

        Assert.Equal("MINIOS1327", Find(ElfFile.Parse(image.Bytes), after, [new ElfSymbolChange(2, "beta"u8.ToArray(), false)]));
    }

    [Fact]
    public void A_section_a_symbol_a_group_and_a_relocation_too_many_or_too_few_are_found()
    {
        byte[] all = Parts(section: true, symbol: true, group: true, relocations: true);
        byte[][] parts =
        [
            Parts(section: false, symbol: true, group: true, relocations: true),
            Parts(section: true, symbol: false, group: true, relocations: true),
            Parts(section: true, symbol: true, group: false, relocations: true),
            Parts(section: true, symbol: true, group: true, relocations: false),
        ];

        Assert.Null(Find(ElfFile.Parse(all), all, []));
        Assert.All(parts, part =>
        {
            Assert.NotNull(Find(ElfFile.Parse(all), part, []));
            Assert.NotNull(Find(ElfFile.Parse(part), all, []));
        });
    }

    [Fact]
    public void Symbols_in_another_order_and_symbols_of_sections_less_are_no_damage()
    {
        byte[] one = Order("alpha", "beta", withSectionSymbol: true);
        byte[] two = Order("beta", "alpha", withSectionSymbol: true);
        byte[] three = Order("beta", "alpha", withSectionSymbol: false);

        Assert.Null(Find(ElfFile.Parse(one), two, []));
        Assert.Null(Find(ElfFile.Parse(one), three, []));
        Assert.Null(Find(ElfFile.Parse(three), one, []));
    }

    [Fact]
    public void A_symbol_of_a_section_that_is_not_its_start_is_like_any_other()
    {
        Assert.Null(Find(ElfFile.Parse(At(2)), At(2), []));
        Assert.Equal("MINIOS1327", Find(ElfFile.Parse(At(2)), At(0), []));
        Assert.Equal("MINIOS1327", Find(ElfFile.Parse(At(0)), At(2), []));

        static byte[] At(ulong value)
        {
            ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
            int text = writer.AddSection(".text", ElfSectionType.ProgramBits, [1, 2, 3, 4]);
            int start = writer.AddSymbol("", ElfSymbolBinding.Local, ElfSymbolType.Section, (uint)text, value);
            writer.AddRelocations(".rela.text", text, true, new ElfRelocation(0, 1, start, 0));
            return writer.Write().Bytes;
        }
    }

    /// <returns>The code of what the proof, or already the reader, has against a file; null if nothing.</returns>
    private static string? Find(ElfFile before, byte[] after, ElfSymbolChange[] changes)
    {
        try
        {
            ElfProof.Require(before, ElfFile.Parse(after), changes);
            return null;
        }
        catch (ObjectFormatException e)
        {
            Assert.InRange(e.Offset, 0, after.Length);
            return e.Code;
        }
    }

    private static bool IsOfTable(string miss) =>
        // In the sample .symtab is 5, .strtab 6, .shstrtab 7: how they are stored is the pass's own affair.
        miss.StartsWith("Shdr[5].sh_flags") || miss.StartsWith("Shdr[5].sh_add") || miss.StartsWith("Shdr[6].") || miss.StartsWith("Shdr[7].")
        // Any alignment that GNU tools give a relocation table, and the flag that says what it always is.
        || miss.StartsWith("Shdr[2].sh_addralign")
        // An alignment of 0 is one of 1.
        || miss.EndsWith("sh_addralign: 1 -> 0");

    /// <summary>Sections: 1 .text, 2 .rela.text, 3 .group, 4 .text.inline. Symbols: 1 local, 2 alpha, 3 beta, 4 inline.</summary>
    private static BinaryImage Image(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfWriter writer = new(fileClass, order) { Flags = 5, OsAbi = 3, ForceExtendedNumbering = extended };
        int text = writer.AddSection(".text", ElfSectionType.ProgramBits, [1, 2, 3, 4], ElfSectionFlags.Alloc, address: 16, info: 0, entrySize: 2);
        writer.AddRelocations(".rela.text", text, true, new ElfRelocation(1, 4, 2, -4), new ElfRelocation(2, 4, 3, 0), new ElfRelocation(3, 2, 1, 8));
        writer.AddGroup(4, isComdat: true, 4);
        writer.AddSection(".text.inline", ElfSectionType.ProgramBits, [5, 6, 7], ElfSectionFlags.Group);
        writer.AddSymbol("local", ElfSymbolBinding.Local, ElfSymbolType.Func, 1, 1, 2);
        writer.AddSymbol("alpha", ElfSymbolBinding.Global, ElfSymbolType.Func, 1, 2, 2);
        writer.AddSymbol("beta", ElfSymbolBinding.Weak, ElfSymbolType.Object, 1, 4, 2, ElfSymbolVisibility.Hidden);
        writer.AddSymbol("inline", ElfSymbolBinding.Weak, ElfSymbolType.Func, 4, 0, 3);
        return writer.Write();
    }

    private static byte[] Parts(bool section, bool symbol, bool group, bool relocations)
    {
        ElfWriter writer = new(ElfClass.Elf32, ElfByteOrder.BigEndian);
        int text = writer.AddSection(".text", ElfSectionType.ProgramBits, Encoding.ASCII.GetBytes("text"));
        writer.AddSymbol("alpha", ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text);
        if (symbol)
        {
            writer.AddSymbol("beta", ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text);
        }

        if (group)
        {
            writer.AddGroup(1, isComdat: true, text);
        }

        if (relocations)
        {
            writer.AddRelocations(".rel.text", text, hasAddends: false, new ElfRelocation(1, 1, 1, 0));
        }

        if (section)
        {
            writer.AddSection(".data", ElfSectionType.ProgramBits);
        }

        return writer.Write().Bytes;
    }

    private static byte[] Order(string first, string second, bool withSectionSymbol)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.BigEndian);
        int text = writer.AddSection(".text", ElfSectionType.ProgramBits, [1, 2, 3, 4]);
        if (withSectionSymbol)
        {
            writer.AddSymbol("", ElfSymbolBinding.Local, ElfSymbolType.Section, (uint)text);
        }

        int one = writer.AddSymbol(first, ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text, (ulong)first.Length);
        int two = writer.AddSymbol(second, ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text, (ulong)second.Length);
        writer.AddRelocations(".rela.text", text, true, new ElfRelocation(0, 1, first == "alpha" ? one : two, 0));
        return writer.Write().Bytes;
    }
}
