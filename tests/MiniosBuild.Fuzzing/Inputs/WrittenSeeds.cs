using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>Files of the test writers: what the formats allow and no tool of the machine makes.</summary>
internal static class WrittenSeeds
{
    public static IEnumerable<Seed> Objects()
    {
        foreach (ElfClass fileClass in Enum.GetValues<ElfClass>())
        {
            foreach (ElfByteOrder order in Enum.GetValues<ElfByteOrder>())
            {
                foreach (bool extended in (bool[])[false, true])
                {
                    yield return Of($"written {fileClass} {order}{(extended ? " extended" : "")}", Object(fileClass, order, extended));
                }
            }
        }

        yield return Of("no sections", new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian) { WithoutSections = true }.Write());
        yield return Of("no symbols", new ElfWriter(ElfClass.Elf32, ElfByteOrder.BigEndian) { WithoutSymbols = true }.Write());
        yield return Of("one name twice", Twice());
    }

    public static IEnumerable<Seed> Archives()
    {
        byte[] member = Object(ElfClass.Elf64, ElfByteOrder.LittleEndian, extended: false).Bytes;
        foreach (ArVariant variant in (ArVariant[])[ArVariant.Gnu, ArVariant.Bsd])
        {
            foreach (ArIndexKind index in Enum.GetValues<ArIndexKind>())
            {
                ArWriter writer = new ArWriter(variant) { Index = index, BigEndianIndex = index == ArIndexKind.Wide, PadLast = index != ArIndexKind.None }
                    .Add("a.o", member, "main", "weak")
                    .Add("../a name with blanks and a slash that is long.o", [1, 2, 3])
                    .Add("a.o", member, "main");
                yield return Of($"written {variant} {index}", writer.Write());
            }
        }

        yield return Of("written thin", new ArWriter(ArVariant.Gnu) { IsThin = true, Index = ArIndexKind.Narrow }.Add("sub/a.o", member, "main").Write());
    }

    private static Seed Of(string name, BinaryImage image) => new(name, image.Bytes, image.Fields, []);

    private static BinaryImage Object(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        ElfWriter writer = new(fileClass, order) { OsAbi = 3, ForceExtendedNumbering = extended };
        int text = writer.AddSection(".text", ElfSectionType.ProgramBits, [1, 2, 3, 4, 5, 6, 7, 8], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        int bss = writer.AddSection(".bss", ElfSectionType.NoBits, flags: ElfSectionFlags.Alloc | ElfSectionFlags.Write, size: 0x10000);
        writer.AddSymbol("local", ElfSymbolBinding.Local, ElfSymbolType.Func, (uint)text, 1, 2);
        writer.AddSymbol("main", ElfSymbolBinding.Global, ElfSymbolType.Func, (uint)text, 3, 4);
        writer.AddSymbol("missing", ElfSymbolBinding.Global, ElfSymbolType.NoType, 0);
        writer.AddSymbol("weak", ElfSymbolBinding.Weak, ElfSymbolType.Object, (uint)bss, 0x10, 0x20, ElfSymbolVisibility.Hidden);
        writer.AddSymbol("absolute", ElfSymbolBinding.Global, ElfSymbolType.NoType, 0xfff1, 0xdeadbeef, isReserved: true);
        int inline = writer.AddSymbol("größe", ElfSymbolBinding.Weak, ElfSymbolType.Func, 4);
        writer.AddSymbol("unique", ElfSymbolBinding.GnuUnique, ElfSymbolType.Object, (uint)bss, 0, 1, ElfSymbolVisibility.Protected);
        writer.AddSegment(new ElfSegment
        {
            Type = ElfSegmentType.Load, Flags = ElfSegmentFlags.Read, Offset = 0x40, VirtualAddress = 0x1000, PhysicalAddress = 0x2000,
            FileSize = 0x20, MemorySize = 0x30, Alignment = 0x1000,
        });
        writer.AddGroup(inline, isComdat: true, 4, 6);
        int member = writer.AddSection(".text.inline", ElfSectionType.ProgramBits, [0x90, 0x90, 0x90, 0x90], ElfSectionFlags.Group);
        writer.AddRelocations(".rela.text", text, hasAddends: true, new ElfRelocation(2, 7, 3, -4), new ElfRelocation(4, 10, 0, 0x7fffffff));
        writer.AddRelocations(".rel.text.inline", member, hasAddends: false, new ElfRelocation(1, 1, 6, 0));
        return writer.Write();
    }

    private static BinaryImage Twice()
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        int text = writer.AddSection(".text", ElfSectionType.ProgramBits, new byte[16], ElfSectionFlags.Alloc | ElfSectionFlags.Executable);
        writer.AddSymbol("twice", ElfSymbolBinding.Weak, ElfSymbolType.Func, (uint)text, 0, 4);
        writer.AddSymbol("twice", ElfSymbolBinding.Weak, ElfSymbolType.Func, (uint)text, 8, 4);
        return writer.Write();
    }
}
