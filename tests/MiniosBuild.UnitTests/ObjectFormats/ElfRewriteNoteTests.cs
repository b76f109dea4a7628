using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;
using static MiniosBuild.UnitTests.ObjectFormats.ElfRewriteRun;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The pass note of made objects.</summary>
public sealed class ElfRewriteNoteTests
{
    [Theory]
    [MemberData(nameof(ElfRewriteTests.Formats), MemberType = typeof(ElfRewriteTests))]
    public void A_note_is_added_replaced_and_left_alone(ElfClass fileClass, ElfByteOrder order, bool extended)
    {
        byte[] before = ElfRewriteTests.Sample(fileClass, order, extended);
        Assert.Null(ElfPassNote.Read(ElfFile.Parse(before)));

        byte[] noted = Apply(before, [], "policy minios, pass 1");
        byte[] same = Apply(noted, [], "policy minios, pass 1");
        byte[] longer = Apply(noted, Changes(ElfFile.Parse(noted), name => "minios_" + name), "policy minios-strict, größer, pass 2");
        byte[] shorter = Apply(longer, [], "p");

        Assert.Equal("policy minios, pass 1", ElfPassNote.Read(ElfFile.Parse(noted)));
        Assert.Equal(noted, same);
        Assert.Equal("policy minios-strict, größer, pass 2", ElfPassNote.Read(ElfFile.Parse(longer)));
        Assert.Equal("p", ElfPassNote.Read(ElfFile.Parse(shorter)));
        Assert.All((byte[][])[noted, longer, shorter], data =>
        {
            ElfSection note = Assert.Single(ElfFile.Parse(data).Sections, section => section.Name == ".note.minios");
            Assert.Equal((ElfSectionType.Note, ElfSectionFlags.Exclude, 4u, 0u), (note.Type, note.Flags, note.Alignment, note.Offset % 4));
        });
    }

    [Fact]
    public void A_note_fits_into_the_table_that_holds_all_names()
    {
        // LLVM writes one string table: here .symtab names its symbols from the section name table.
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection("name_of_both", ElfSectionType.ProgramBits, [1, 2, 3]);
        writer.AddSymbol("name_of_both", ElfSymbolBinding.Global, ElfSymbolType.Func, 1);
        BinaryImage image = writer.Write();
        byte[] before = image.With("Shdr[2].sh_link", 4);
        Assert.Equal("name_of_both", ElfFile.Parse(before).Symbols[1].Name);

        ElfFile elf = ElfFile.Parse(Apply(before, Changes(ElfFile.Parse(before), _ => "new"), "note"));

        Assert.Equal(["", "name_of_both", ".symtab", ".strtab", ".shstrtab", ".note.minios"], elf.Sections.Select(section => section.Name));
        Assert.Equal("new", elf.Symbols[1].Name);
        Assert.Equal("note", ElfPassNote.Read(elf));
    }

    [Fact]
    public void The_count_of_sections_moves_to_section_0_when_the_note_is_one_too_many()
    {
        const int Largest = 0xff00 - 1; // SHN_LORESERVE
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        while (writer.SymbolTableIndex + 3 < Largest)
        {
            writer.AddSection(".x", ElfSectionType.ProgramBits);
        }

        byte[] before = writer.Write().Bytes;
        Assert.Equal(Largest, ElfFile.Parse(before).Sections.Count);
        ElfFile elf = ElfFile.Parse(Apply(before, [], "note"));

        Assert.Equal(Largest + 1, elf.Sections.Count);
        Assert.Equal((ulong)Largest + 1, elf.Sections[0].Size);
        Assert.Equal("note", ElfPassNote.Read(elf));
    }

    [Fact]
    public void Notes_that_a_partial_link_joined_are_all_told_and_foreign_ones_not()
    {
        byte[] one = NoteOf("one");
        byte[] two = NoteOf("two");
        byte[] foreign = [.. one];
        foreign[8] = 2; // the type

        Assert.Equal("one\ntwo", ElfPassNote.Read(ElfFile.Parse(WithNote([.. one, .. two, .. one, .. foreign]))));
        Assert.Null(ElfPassNote.Read(ElfFile.Parse(WithNote(foreign))));
        Assert.Null(ElfPassNote.Read(ElfFile.Parse(WithNote([]))));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(0, 255)]
    [InlineData(4, 64)]
    [InlineData(7, 0xff)]
    public void A_damaged_note_is_refused(int offset, byte value)
    {
        byte[] note = NoteOf("one");
        note[offset] = value;
        ElfFile elf = ElfFile.Parse(WithNote(offset == 0 && value == 5 ? note[..11] : note));

        Assert.Equal("MINIOS2018", Assert.Throws<ObjectFormatException>(() => ElfPassNote.Read(elf)).Code);
    }

    [Fact]
    public void A_file_without_names_of_sections_gets_no_note()
    {
        byte[] data = new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian) { WithoutSections = true }.Write().Bytes;

        Assert.Equal("MINIOS2017", Assert.Throws<ObjectFormatException>(() => Apply(data, [], "note")).Code);
        Assert.Equal(data, Apply(data, []));
    }

    private static byte[] NoteOf(string text)
    {
        ElfFile elf = ElfFile.Parse(Apply(ElfRewriteTests.Sample(ElfClass.Elf64, ElfByteOrder.LittleEndian), [], text));
        return elf.Contents(elf.Sections.Single(section => section.Name == ".note.minios").Index).ToArray();
    }

    private static byte[] WithNote(byte[] contents)
    {
        ElfWriter writer = new(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        writer.AddSection(".note.minios", ElfSectionType.Note, contents, ElfSectionFlags.Exclude);
        return writer.Write().Bytes;
    }
}
