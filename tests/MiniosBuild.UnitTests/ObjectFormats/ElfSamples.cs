using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>A small file that uses every structure that the reader knows.</summary>
internal static class ElfSamples
{
    public static IEnumerable<(ElfClass Class, ElfByteOrder Order)> Formats =>
        from fileClass in Enum.GetValues<ElfClass>()
        from order in Enum.GetValues<ElfByteOrder>()
        select (fileClass, order);

    /// <summary>
    /// Sections: 1 .text, 2 .bss, 3 .group, 4 .text.inline, 5 .rela.text, 6 .rel.text.inline, then the tables.
    /// Symbols: 1 local, 2 main, 3 missing, 4 weak, 5 common, 6 absolute, 7 the group's signature, 8 unique, 9 thread.
    /// </summary>
    public static BinaryImage Full(ElfClass fileClass, ElfByteOrder order, bool extended = false, string signature = "größe")
    {
        ElfWriter writer = new(fileClass, order) { OsAbi = 3, Entry = 0x1234, Flags = 0x55, ForceExtendedNumbering = extended };
        int text = writer.AddSection(
            ".text", ElfSectionType.ProgramBits, [1, 2, 3, 4, 5, 6, 7, 8], ElfSectionFlags.Alloc | ElfSectionFlags.Executable, address: 0x400);
        int bss = writer.AddSection(".bss", ElfSectionType.NoBits, flags: ElfSectionFlags.Alloc | ElfSectionFlags.Write, size: 0x10000);
        writer.AddSymbol("local", ElfSymbolBinding.Local, ElfSymbolType.Func, (uint)text, 1, 2);
        writer.AddSymbol("main", ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text, 3, 4);
        writer.AddSymbol("missing", ElfSymbolBinding.Global, ElfSymbolType.NoType, 0);
        writer.AddSymbol("weak", ElfSymbolBinding.Weak, ElfSymbolType.Object, (uint)bss, 0x10, 0x20, ElfSymbolVisibility.Hidden);
        writer.AddSymbol("common", ElfSymbolBinding.Global, ElfSymbolType.Object, 0xfff2, 8, 4, isReserved: true);
        writer.AddSymbol("absolute", ElfSymbolBinding.Global, ElfSymbolType.NoType, 0xfff1, 0xdeadbeef, isReserved: true);
        int inline = writer.AddSymbol(signature, ElfSymbolBinding.Weak, ElfSymbolType.GnuIfunc, 4);
        writer.AddSymbol("unique", ElfSymbolBinding.GnuUnique, ElfSymbolType.Object, (uint)bss, 0, 1, ElfSymbolVisibility.Protected);
        writer.AddSymbol("thread", ElfSymbolBinding.Global, ElfSymbolType.Tls, 0xff20, 0, 1, ElfSymbolVisibility.Internal, isReserved: true);
        writer.AddSegment(new ElfSegment
        {
            Type = ElfSegmentType.Load,
            Flags = ElfSegmentFlags.Read | ElfSegmentFlags.Execute,
            Offset = 0x40,
            VirtualAddress = 0x1000,
            PhysicalAddress = 0x2000,
            FileSize = 0x20,
            MemorySize = 0x30,
            Alignment = 0x1000,
        });
        AddGroupAndRelocations(writer, inline, text);
        return writer.Write();
    }

    /// <summary>A file of one symbol in each of so many sections.</summary>
    public static BinaryImage ManySections(int count, bool extended)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian) { ForceExtendedNumbering = extended };
        for (int index = 1; index <= count; index++)
        {
            writer.AddSection($".text.f{index}", ElfSectionType.ProgramBits);
            writer.AddSymbol($"f{index}", ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)index);
        }

        return writer.Write();
    }

    private static void AddGroupAndRelocations(ElfWriter writer, int signature, int text)
    {
        int group = writer.AddGroup(signature, isComdat: true, 4, 6);
        int inline = writer.AddSection(".text.inline", ElfSectionType.ProgramBits, [0x90, 0x90, 0x90, 0x90], ElfSectionFlags.Group);
        writer.AddRelocations(".rela.text", text, hasAddends: true, new ElfRelocation(2, 7, 3, -4), new ElfRelocation(4, 10, 0, 0x7fffffff));
        writer.AddRelocations(".rel.text.inline", inline, hasAddends: false, new ElfRelocation(1, 1, 9, 0));
        Assert.Equal((3, 4), (group, inline));
    }
}
