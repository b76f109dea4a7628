using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class ElfDamageTests
{
    [Theory]
    // Identification
    [InlineData("Ehdr.EI_CLASS", 3, "MINIOS2002")]
    [InlineData("Ehdr.EI_DATA", 0, "MINIOS2002")]
    [InlineData("Ehdr.EI_VERSION", 2, "MINIOS2002")]
    [InlineData("Ehdr.e_version", 0, "MINIOS2002")]
    // Tables and contents beyond the end, with and without a sum that wraps around
    [InlineData("Ehdr.e_shoff", 0x100000, "MINIOS2003")]
    [InlineData("Ehdr.e_shoff", ulong.MaxValue, "MINIOS2003")]
    [InlineData("Ehdr.e_shnum", 0x1000, "MINIOS2003")]
    [InlineData("Ehdr.e_phnum", 0x1000, "MINIOS2003")]
    [InlineData("Ehdr.e_phoff", ulong.MaxValue - 8, "MINIOS2003")]
    [InlineData("Shdr[1].sh_offset", ulong.MaxValue - 4, "MINIOS2003")]
    [InlineData("Shdr[1].sh_size", ulong.MaxValue, "MINIOS2003")]
    [InlineData("Shdr[1].sh_size", 0x7fffffff, "MINIOS2003")]
    [InlineData("Phdr[0].p_filesz", ulong.MaxValue, "MINIOS2003")]
    // Entry sizes
    [InlineData("Ehdr.e_shentsize", 63, "MINIOS2004")]
    [InlineData("Ehdr.e_phentsize", 0, "MINIOS2004")]
    [InlineData("Shdr[7].sh_entsize", 0, "MINIOS2004")]
    [InlineData("Shdr[7].sh_entsize", 16, "MINIOS2004")]
    [InlineData("Shdr[7].sh_size", 25, "MINIOS2004")]
    [InlineData("Shdr[5].sh_entsize", 16, "MINIOS2004")]
    [InlineData("Shdr[6].sh_entsize", 24, "MINIOS2004")]
    [InlineData("Shdr[3].sh_size", 7, "MINIOS2004")]
    // Section indices
    [InlineData("Ehdr.e_shstrndx", 10, "MINIOS2005")]
    [InlineData("Ehdr.e_shstrndx", 0xfeff, "MINIOS2005")]
    [InlineData("Shdr[7].sh_link", 0, "MINIOS2005")]
    [InlineData("Shdr[7].sh_link", 0xffffffff, "MINIOS2005")]
    [InlineData("Sym[2].st_shndx", 10, "MINIOS2005")]
    [InlineData("Sym[2].st_shndx", 0xfeff, "MINIOS2005")]
    // Names
    [InlineData("Ehdr.e_shstrndx", 1, "MINIOS2006")]
    [InlineData("Shdr[1].sh_name", 0xffffffff, "MINIOS2006")]
    [InlineData("Shdr[7].sh_link", 1, "MINIOS2006")]
    [InlineData("Shdr[8].sh_size", 5, "MINIOS2006")]
    [InlineData("Sym[2].st_name", 0x1000, "MINIOS2006")]
    // Symbol tables
    [InlineData("Sym[2].st_shndx", 0xffff, "MINIOS2007")]
    [InlineData("Shdr[4].sh_type", 2, "MINIOS2004")]
    // Symbol indices
    [InlineData("Shdr[3].sh_info", 10, "MINIOS2008")]
    [InlineData("Shdr[3].sh_link", 1, "MINIOS2008")]
    [InlineData("Shdr[3].sh_size", 0, "MINIOS2009")]
    // Counts
    [InlineData("Ehdr.e_shoff", 0, "MINIOS2010")]
    [InlineData("Ehdr.e_shnum", 0, "MINIOS2010")]
    public void A_damaged_field_is_refused_with_its_code(string field, ulong value, string code)
    {
        byte[] bytes = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian).With(field, value);

        ObjectFormatException e = Assert.Throws<ObjectFormatException>(() => ElfFile.Parse(bytes));

        Assert.Equal(code, e.Code);
        Assert.Equal(code, Damage.ReadElf(bytes));
    }

    [Fact]
    public void The_offset_of_a_refusal_is_that_of_the_structure_at_fault()
    {
        BinaryImage image = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian);

        long Offset(string field, ulong value) => Assert.Throws<ObjectFormatException>(() => ElfFile.Parse(image.With(field, value))).Offset;

        Assert.Equal(image.Field("Ehdr.e_shnum").Offset, Offset("Ehdr.e_shnum", 0));
        Assert.Equal(image.Field("Ehdr.e_shstrndx").Offset, Offset("Ehdr.e_shstrndx", 99));
        Assert.Equal(image.Field("Shdr[7].sh_name").Offset, Offset("Shdr[7].sh_entsize", 1));
        Assert.Equal(image.Field("Sym[2].st_name").Offset, Offset("Sym[2].st_name", 0x1000));
    }

    [Fact]
    public void Every_field_of_every_format_can_hold_any_value()
    {
        int refused = 0;
        int accepted = 0;
        foreach ((ElfClass fileClass, ElfByteOrder order) in ElfSamples.Formats)
        {
            foreach (bool extended in (bool[])[false, true])
            {
                BinaryImage image = ElfSamples.Full(fileClass, order, extended);
                foreach (BinaryField field in image.Fields)
                {
                    foreach (ulong value in Values(image, field))
                    {
                        _ = Damage.ReadElf(image.With(field, value)) is null ? accepted++ : refused++;
                    }
                }
            }
        }

        // Both happen, else the damage or the reading would not be real.
        Assert.InRange(refused, 1000, int.MaxValue);
        Assert.InRange(accepted, 1000, int.MaxValue);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused()
    {
        foreach ((ElfClass fileClass, ElfByteOrder order) in ElfSamples.Formats)
        {
            byte[] bytes = ElfSamples.Full(fileClass, order).Bytes;
            for (int length = 0; length < bytes.Length; length++)
            {
                // The section header table comes last, so that each cut hits it or what is before it.
                string? code = Damage.ReadElf(bytes[..length]);
                Assert.Equal(length < 4 ? "MINIOS2001" : "MINIOS2003", code);
            }
        }
    }

    [Fact]
    public void Mutated_files_are_read_or_refused()
    {
        Random random = new(20260);
        BinaryImage[] images = [.. ElfSamples.Formats.SelectMany(format => (BinaryImage[])
            [ElfSamples.Full(format.Class, format.Order), ElfSamples.Full(format.Class, format.Order, extended: true)])];
        int refused = 0;
        for (int round = 0; round < 40_000; round++)
        {
            byte[] bytes = [.. images[round % images.Length].Bytes];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(4) switch { 0 => 0, 1 => 0xff, 2 => 1, _ => (byte)random.Next(256) };
            }

            refused += Damage.ReadElf(bytes) is null ? 0 : 1;
        }

        Assert.InRange(refused, 4000, 39_000);
    }

    [Fact]
    public void Two_symbol_tables_are_refused()
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(".symtab2", ElfSectionType.SymbolTable, new byte[24], link: 3, entrySize: 24);

        Assert.Equal("MINIOS2007", Damage.ReadElf(writer.Write().Bytes));
    }

    [Fact]
    public void A_relocation_of_a_symbol_that_does_not_exist_is_refused_when_it_is_read()
    {
        ElfWriter writer = new(ElfClass.Elf32, ElfByteOrder.BigEndian);
        int section = writer.AddRelocations(".rel", 0, hasAddends: false, new ElfRelocation(0, 1, 0, 0), new ElfRelocation(0, 1, 1, 0));
        ElfFile elf = ElfFile.Parse(writer.Write().Bytes);

        Assert.Equal(0, elf.Relocations(section)[0].SymbolIndex);
        ObjectFormatException e = Assert.Throws<ObjectFormatException>(() => elf.Relocations(section)[1]);
        Assert.Equal(("MINIOS2008", (long)elf.Sections[section].Offset + 8), (e.Code, e.Offset));
    }

    [Theory]
    [InlineData(4, 4, "MINIOS2009")] // twice in one group
    [InlineData(0, 0, "MINIOS2005")]
    [InlineData(99, 1, "MINIOS2005")]
    public void Bad_members_of_a_group_are_refused(int first, int second, string code)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddGroup(0, isComdat: true, first, second);

        Assert.Equal(code, Damage.ReadElf(writer.Write().Bytes));
    }

    [Theory]
    [InlineData(1ul << 58)] // times 64 bytes is 2^64
    [InlineData((1ul << 58) + 1)]
    [InlineData(1ul << 32)]
    [InlineData(ulong.MaxValue)]
    public void A_count_of_sections_that_wraps_around_is_refused(ulong count)
    {
        BinaryImage image = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian, extended: true);

        Assert.Equal("MINIOS2003", Damage.ReadElf(image.With("Shdr[0].sh_size", count)));
    }

    [Fact]
    public void A_name_may_not_start_at_the_end_of_its_table()
    {
        BinaryImage image = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        ulong size = image.Value(image.Field("Shdr[8].sh_size"));

        Assert.Null(Damage.ReadElf(image.With("Sym[2].st_name", size - 1)));
        Assert.Equal("MINIOS2006", Damage.ReadElf(image.With("Sym[2].st_name", size)));
    }

    [Fact]
    public void A_string_table_without_a_last_nul_is_refused()
    {
        BinaryImage image = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        byte[] bytes = [.. image.Bytes];
        ulong end = image.Value(image.Field("Shdr[8].sh_offset")) + image.Value(image.Field("Shdr[8].sh_size"));
        bytes[end - 1] = (byte)'x';

        Assert.Equal("MINIOS2006", Damage.ReadElf(bytes));
    }

    [Theory]
    [InlineData("", "no bytes at all")]
    [InlineData("4243c0de", "LLVM bitcode")]
    [InlineData("213c617263683e0a", "an archive")]
    [InlineData("7f454c", "7f454c")]
    public void What_is_no_elf_file_is_told_by_name(string hex, string found)
    {
        ObjectFormatException e = Assert.Throws<ObjectFormatException>(() => ElfFile.Parse(Convert.FromHexString(hex)));

        Assert.Equal("MINIOS2001", e.Code);
        Assert.Contains(found, e.Message);
        Assert.Contains("MINIOS2001", e.ToDiagnostic("a.o", "b").ToString());
    }

    private static IEnumerable<ulong> Values(BinaryImage image, BinaryField field)
    {
        ulong value = image.Value(field);
        ulong size = (ulong)image.Bytes.Length;
        return [0, 1, ulong.MaxValue, ulong.MaxValue >> 1, size, size + 1, value + 1, value - 1];
    }
}
