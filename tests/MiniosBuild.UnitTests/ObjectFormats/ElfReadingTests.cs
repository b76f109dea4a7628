using System.Text;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class ElfReadingTests
{
    public static TheoryData<ElfClass, ElfByteOrder, bool> AllFormats()
    {
        TheoryData<ElfClass, ElfByteOrder, bool> all = [];
        foreach ((ElfClass fileClass, ElfByteOrder order) in ElfSamples.Formats)
        {
            all.Add(fileClass, order, false);
            all.Add(fileClass, order, true);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Header_fields_are_read_in_either_class_and_byte_order(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.Full(fileClass, order, extended).Bytes);

        Assert.Equal((fileClass, order), (elf.Class, elf.ByteOrder));
        Assert.Equal((ElfType.Relocatable, ElfMachine.X86_64), (elf.Type, elf.Machine));
        Assert.Equal((0x1234ul, 0x55u, (byte)3), (elf.Entry, elf.Flags, elf.OsAbi));
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Sections_are_read_with_their_names_and_contents(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.Full(fileClass, order, extended).Bytes);

        string[] tables = extended ? [".symtab", ".strtab", ".symtab_shndx", ".shstrtab"] : [".symtab", ".strtab", ".shstrtab"];
        Assert.Equal(
            ["", ".text", ".bss", ".group", ".text.inline", ".rela.text", ".rel.text.inline", .. tables],
            elf.Sections.Select(section => section.Name));
        Assert.Equal(Enumerable.Range(0, elf.Sections.Count), elf.Sections.Select(section => section.Index));
        ElfSection text = elf.Sections[1];
        Assert.Equal(ElfSectionType.ProgramBits, text.Type);
        Assert.Equal(ElfSectionFlags.Alloc | ElfSectionFlags.Executable, text.Flags);
        Assert.Equal((0x400ul, 8ul, 1ul), (text.Address, text.Size, text.Alignment));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], elf.Contents(1).ToArray());
        Assert.Equal(0x10000ul, elf.Sections[2].Size);
        Assert.True(elf.Contents(2).IsEmpty);
        Assert.True(elf.Contents(0).IsEmpty);
        Assert.Equal((7u, 1u, fileClass == ElfClass.Elf64 ? 24ul : 12ul), (elf.Sections[5].Link, elf.Sections[5].Info, elf.Sections[5].EntrySize));
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Symbols_are_read_with_their_kinds_and_places(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.Full(fileClass, order, extended).Bytes);

        Assert.Equal(
            ["", "local", "main", "missing", "weak", "common", "absolute", "größe", "unique", "thread"],
            elf.Symbols.Select(symbol => symbol.Name));
        Assert.Equal("größe", Encoding.UTF8.GetString(elf.Symbols[7].NameBytes));
        Assert.Equal(
            [
                ElfSymbolPlacement.Undefined, ElfSymbolPlacement.Section, ElfSymbolPlacement.Section, ElfSymbolPlacement.Undefined,
                ElfSymbolPlacement.Section, ElfSymbolPlacement.Common, ElfSymbolPlacement.Absolute, ElfSymbolPlacement.Section,
                ElfSymbolPlacement.Section, ElfSymbolPlacement.Reserved,
            ],
            elf.Symbols.Select(symbol => symbol.Placement));
        Assert.Equal([0u, 1, 1, 0, 2, 0xfff2, 0xfff1, 4, 2, 0xff20], elf.Symbols.Select(symbol => symbol.SectionIndex));
        ElfSymbol main = elf.Symbols[2];
        Assert.Equal((2, 3ul, 4ul), (main.Index, main.Value, main.Size));
        Assert.Equal((ElfSymbolBinding.Global, ElfSymbolType.Func, ElfSymbolVisibility.Default), (main.Binding, main.Type, main.Visibility));
        Assert.True(main is { IsGlobal: true, IsDefined: true, IsUndefined: false, IsCommon: false, IsAbsolute: false });
        Assert.True(elf.Symbols[1] is { IsGlobal: false, IsDefined: true });
        Assert.True(elf.Symbols[3] is { IsGlobal: true, IsDefined: false, IsUndefined: true });
        Assert.True(elf.Symbols[4] is { Binding: ElfSymbolBinding.Weak, Visibility: ElfSymbolVisibility.Hidden });
        Assert.True(elf.Symbols[5] is { IsCommon: true, IsDefined: true, Value: 8 });
        Assert.True(elf.Symbols[6] is { IsAbsolute: true, IsDefined: true, Value: 0xdeadbeef });
        Assert.True(elf.Symbols[7] is { Type: ElfSymbolType.GnuIfunc });
        Assert.True(elf.Symbols[8] is { Binding: ElfSymbolBinding.GnuUnique, Visibility: ElfSymbolVisibility.Protected });
        Assert.True(elf.Symbols[9] is { Type: ElfSymbolType.Tls, Visibility: ElfSymbolVisibility.Internal });
        Assert.Empty(elf.DynamicSymbols);
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Relocations_are_read_with_and_without_addends(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.Full(fileClass, order, extended).Bytes);

        Assert.Equal([new ElfRelocation(2, 7, 3, -4), new ElfRelocation(4, 10, 0, 0x7fffffff)], elf.Relocations(5));
        Assert.True(elf.Relocations(5).HasAddends);
        Assert.Equal([new ElfRelocation(1, 1, 9, 0)], elf.Relocations(6));
        Assert.False(elf.Relocations(6).HasAddends);
        Assert.Empty(elf.Relocations(1));
    }

    [Theory]
    [MemberData(nameof(AllFormats))]
    public void Groups_and_segments_are_read(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.Full(fileClass, order, extended).Bytes);

        ElfSectionGroup group = Assert.Single(elf.Groups);
        Assert.Equal((3, "größe", true), (group.SectionIndex, elf.Symbols[group.SignatureIndex].Name, group.IsComdat));
        Assert.Equal([4, 6], group.Members);
        ElfSegment segment = Assert.Single(elf.Segments);
        Assert.Equal((ElfSegmentType.Load, ElfSegmentFlags.Read | ElfSegmentFlags.Execute), (segment.Type, segment.Flags));
        Assert.Equal((0x40ul, 0x1000ul, 0x2000ul), (segment.Offset, segment.VirtualAddress, segment.PhysicalAddress));
        Assert.Equal((0x20ul, 0x30ul, 0x1000ul), (segment.FileSize, segment.MemorySize, segment.Alignment));
    }

    [Theory]
    [InlineData(ElfByteOrder.LittleEndian)]
    [InlineData(ElfByteOrder.BigEndian)]
    public void The_odd_relocations_of_64_bit_mips_have_one_shape_in_both_byte_orders(ElfByteOrder order)
    {
        ElfWriter writer = new(ElfClass.Elf64, order) { Machine = ElfMachine.Mips };
        writer.AddSymbol("f", ElfSymbolBinding.Global, ElfSymbolType.Func, 0);
        // r_offset 0, r_sym 1 in the file's order, then r_ssym 0, r_type3 5, r_type2 0x18, r_type 7 as single bytes, r_addend 0.
        byte[] symbol = order == ElfByteOrder.BigEndian ? [0, 0, 0, 1] : [1, 0, 0, 0];
        int section = writer.AddSection(".rela.text", ElfSectionType.Rela,
            [.. new byte[8], .. symbol, 0, 5, 0x18, 7, .. new byte[8]], link: null, entrySize: 24);

        ElfFile elf = ElfFile.Parse(writer.Write().Bytes);

        Assert.Equal([new ElfRelocation(0, 0x00051807, 1, 0)], elf.Relocations(section));
    }

    [Fact]
    public void A_file_without_sections_is_read()
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian) { WithoutSections = true, Type = ElfType.Executable };
        ElfFile elf = ElfFile.Parse(writer.Write().Bytes);

        Assert.Empty(elf.Sections);
        Assert.Empty(elf.Symbols);
        Assert.Empty(elf.Segments);
        Assert.Empty(elf.Groups);
        Assert.False(elf.HasLtoSections || elf.IsSlimLto);
    }

    [Fact]
    public void A_file_without_symbols_is_read()
    {
        ElfWriter writer = new(ElfClass.Elf32, ElfByteOrder.BigEndian) { WithoutSymbols = true };
        writer.AddSection(".data", ElfSectionType.ProgramBits, [1]);
        ElfFile elf = ElfFile.Parse(writer.Write().Bytes);

        Assert.Equal(["", ".data", ".shstrtab"], elf.Sections.Select(section => section.Name));
        Assert.Empty(elf.Symbols);
    }

    [Fact]
    public void Sections_have_no_names_when_there_is_no_name_table()
    {
        BinaryImage image = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        ElfFile elf = ElfFile.Parse(image.With("Ehdr.e_shstrndx", 0));

        Assert.All(elf.Sections, section => Assert.Equal("", section.Name));
        Assert.Equal("main", elf.Symbols[2].Name);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(10, true)]
    [InlineData(0xfef0, false)]
    [InlineData(70_000, true)]
    public void Section_indices_above_the_reserved_ones_are_real(int count, bool extended)
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.ManySections(count, extended).Bytes);

        Assert.Equal(count + 4 + (extended ? 1 : 0), elf.Sections.Count);
        for (int index = 1; index <= count; index++)
        {
            // Among them 0xfff1 and 0xfff2, which are not SHN_ABS and SHN_COMMON here.
            ElfSymbol symbol = elf.Symbols[index];
            Assert.Equal(((uint)index, ElfSymbolPlacement.Section), (symbol.SectionIndex, symbol.Placement));
            Assert.False(symbol.IsAbsolute || symbol.IsCommon);
        }

        Assert.Equal($".text.f{count}", elf.Sections[count].Name);
    }

    [Fact]
    public void Overlapping_tables_are_read_as_they_are()
    {
        // .symtab and .text take the same bytes: odd, but everything is where its header says.
        BinaryImage image = ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        ulong symtab = image.Value(image.Field("Shdr[7].sh_offset"));
        ElfFile elf = ElfFile.Parse(image.With("Shdr[1].sh_offset", symtab));

        Assert.Equal(elf.Contents(7)[..8].ToArray(), elf.Contents(1).ToArray());
    }

    [Theory]
    [InlineData(ElfMachine.X86_64, 0xff02u, ElfSymbolPlacement.Common)]
    [InlineData(ElfMachine.Mips, 0xff03u, ElfSymbolPlacement.Common)]
    [InlineData(ElfMachine.AArch64, 0xff02u, ElfSymbolPlacement.Reserved)]
    public void Common_symbols_of_a_machine_are_common(ElfMachine machine, uint reserved, ElfSymbolPlacement expected)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian) { Machine = machine };
        int index = writer.AddSymbol("big", ElfSymbolBinding.Global, ElfSymbolType.Object, reserved, isReserved: true);

        Assert.Equal(expected, ElfFile.Parse(writer.Write().Bytes).Symbols[index].Placement);
    }

    [Theory]
    [InlineData(".gnu.lto_main.0", true)]
    [InlineData(".llvm.lto", true)]
    [InlineData(".llvmbc", true)]
    [InlineData(".gnu.linkonce.t.f", false)]
    public void Sections_of_intermediate_code_are_recognised(string name, bool expected)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(name, ElfSectionType.ProgramBits, [0]);

        Assert.Equal(expected, ElfFile.Parse(writer.Write().Bytes).HasLtoSections);
    }

    [Fact]
    public void The_default_values_of_the_value_types_can_be_read()
    {
        Assert.Equal("", default(ElfSection).Name);
        Assert.Equal("", default(ElfSymbol).Name);
        Assert.True(default(ElfSymbol).NameBytes.IsEmpty && default(ElfSection).NameBytes.IsEmpty);
    }

    [Fact]
    public void An_index_outside_a_table_is_the_callers_error()
    {
        ElfFile elf = ElfFile.Parse(ElfSamples.Full(ElfClass.Elf64, ElfByteOrder.LittleEndian).Bytes);

        Assert.Throws<ArgumentOutOfRangeException>(() => elf.Symbols[elf.Symbols.Count]);
        Assert.Throws<ArgumentOutOfRangeException>(() => elf.Relocations(5)[-1]);
    }
}
