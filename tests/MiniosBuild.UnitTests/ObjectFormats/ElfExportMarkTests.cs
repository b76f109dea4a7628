using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Sections .export_symbol of objects that gcc and clang made, with binutils as the second opinion.</summary>
public sealed class ElfExportMarkTests : IDisposable
{
    private const string Marked = """
        #define MARK(name) __asm__(".section .export_symbol\n\t.ascii \"" #name "\\n\"\n\t.previous")
        extern int outside(int);
        static int inner(int a) { return a * 3; }
        int shown(int a) { return outside(inner(a)) + 1; }
        MARK(shown);
        int value = 7;
        MARK(value);
        int hidden(void) { return value; }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gcc", "-m64")]
    [InlineData("gcc", "-m32")]
    [InlineData("clang", "--target=powerpc64-linux-gnu")]
    [InlineData("clang", "--target=s390x-linux-gnu")]
    public void The_names_are_read_in_their_order_with_their_places(string compiler, string machine)
    {
        byte[] data = Compile(compiler, machine);
        ElfExportMarks marks = ElfExportMarks.Of(ElfFile.Parse(data));

        Assert.Null(marks.Fault);
        Assert.Equal(["shown", "value"], marks.Marks.Select(mark => Encoding.UTF8.GetString(mark.Name.Span)));
        Assert.All(marks.Marks, mark => Assert.True(data.AsSpan((int)mark.Offset).StartsWith(mark.Name.Span)));
    }

    [Fact]
    public void A_name_may_end_with_a_NUL_and_an_object_have_no_marks()
    {
        Assert.Equal(["one", "two"], Marks(Assemble(".section .export_symbol\n.asciz \"one\"\n.ascii \"two\\n\"")));
        Assert.Empty(Marks(Assemble(".text\nnop")));
        Assert.Empty(Marks(Assemble(".section .export_symbol\n.text\nnop")));
    }

    [Theory]
    [InlineData(".section .export_symbol\n.ascii \"one\\ntwo\"", "\"two\", has neither a line feed nor a NUL")]
    [InlineData(".section .export_symbol\n.ascii \"one\\n\\ntwo\\n\"", "a name is empty")]
    [InlineData(".section .export_symbol\n.ascii \"\\n\"", "a name is empty")]
    [InlineData(".section .export_symbol\n.ascii \"no name\\n\"", "\"no name\" is no name of a symbol")]
    [InlineData(".section .export_symbol\n.ascii \"a-b\\n\"", "\"a-b\" is no name of a symbol")]
    [InlineData(".section .export_symbol\n.quad f\n.text\nf: nop", "has relocations for section")]
    [InlineData(".section .export_symbol,\"a\"\n.ascii \"one\\n\"", "has Alloc")]
    [InlineData(".section .export_symbol,\"\",%nobits\n.zero 4", "is NoBits, expected ProgramBits")]
    [InlineData(".section .export_symbol\nlabel: .ascii \"one\\n\"\n.globl label", "\"label\", lies in section")]
    public void A_section_of_another_shape_is_told_with_its_place(string assembly, string what)
    {
        byte[] data = Assemble(assembly);
        ElfExportMarks marks = ElfExportMarks.Of(ElfFile.Parse(data));

        Assert.Empty(marks.Marks);
        Assert.Equal("MINIOS1450", marks.Fault!.Code);
        Assert.Contains(what, marks.Fault.Message);
        Assert.InRange(marks.Fault.Offset, 1, data.Length);
        Assert.Equal("MINIOS1450", Assert.Throws<ObjectFormatException>(() => Drop(data, "note")).Code);
    }

    [Theory]
    [InlineData("gcc", "-m64")]
    [InlineData("gcc", "-m32")]
    [InlineData("gcc", "-m64", "-g", "-ffunction-sections")]
    [InlineData("clang", "--target=powerpc64-linux-gnu")]
    [InlineData("clang", "--target=x86_64-linux-gnu", "-g")]
    public void They_leave_the_object_and_nothing_else_changes(params string[] compiler)
    {
        byte[] data = Compile(compiler);
        byte[] dropped = Drop(data, "note");
        ElfFile before = ElfFile.Parse(data), after = ElfFile.Parse(dropped);

        Assert.Empty(ElfExportMarks.Of(after).Marks);
        ElfProof.Require(before, after, [], dropsMarks: true);
        Assert.Equal("MINIOS1326", Assert.Throws<ObjectFormatException>(() => ElfProof.Require(before, after, [])).Code);
        Assert.Equal(before.Sections.Count, after.Sections.Count);
        Assert.Equal("note", ElfPassNote.Read(after));
        string old = _folder.File("old.o"), made = _folder.File("new.o");
        File.WriteAllBytes(old, data);
        File.WriteAllBytes(made, dropped);
        Assert.DoesNotContain(".export_symbol", RealTool.Run("readelf", "-SW", made));
        Assert.Equal(SymbolsAndRelocations(old), SymbolsAndRelocations(made));
        Assert.Equal((0, ""), RealTool.TryRun("readelf", ["-aW", made], _ => { }));
    }

    [Fact]
    public void A_linker_and_objcopy_take_what_is_left()
    {
        string made = _folder.File("new.o"), joined = _folder.File("joined.o");
        File.WriteAllBytes(made, Drop(Compile("gcc", "-m64"), "note"));
        RealTool.Run("ld", "-r", "-o", joined, made);
        Assert.Equal(["hidden", "shown", "value"], RealTool.Run("nm", "-g", "--defined-only", "-j", joined).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order());
        RealTool.Run("objcopy", "--strip-debug", made);
        Assert.DoesNotContain(".export_symbol", RealTool.Run("readelf", "-SW", made) + RealTool.Run("readelf", "-SW", joined));
    }

    /// <summary>Without a note that takes its number the header becomes an inactive one; several sections do too.</summary>
    [Fact]
    public void Without_a_note_to_add_an_inactive_header_stays()
    {
        byte[] noted = Drop(Assemble(".section .export_symbol\n.ascii \"x\\n\"\n.text\nnop"), "");
        ElfFile after = ElfFile.Parse(noted);
        Assert.Contains(after.Sections.Skip(1), section => section is { Type: ElfSectionType.Null, Size: 0 });
        ElfProof.Require(ElfFile.Parse(Assemble(".section .export_symbol\n.ascii \"x\\n\"\n.text\nnop")), after, [], dropsMarks: true);
        string path = _folder.File("inactive.o");
        File.WriteAllBytes(path, noted);
        RealTool.Run("ld", "-r", "-o", _folder.File("joined.o"), path);
        Assert.Equal((0, ""), RealTool.TryRun("readelf", ["-aW", path], _ => { }));
    }

    [Theory]
    [InlineData("objcopy")]
    [InlineData("llvm-objcopy")]
    public void The_proof_holds_for_other_tools_and_fails_when_they_did_not_do_it(string tool)
    {
        byte[] data = Compile("gcc", "-m64", "-g");
        string path = _folder.File("theirs.o");
        File.WriteAllBytes(path, data);
        RealTool.Run(tool == "llvm-objcopy" ? LlvmTool.Find(tool) : tool, "--remove-section=.export_symbol", path);
        ElfFile before = ElfFile.Parse(data), theirs = ElfFile.Parse(File.ReadAllBytes(path));

        ElfProof.Require(before, theirs, [], dropsMarks: true);
        Assert.Equal("MINIOS1326", Assert.Throws<ObjectFormatException>(() => ElfProof.Require(before, before, [], dropsMarks: true)).Code);
        RealTool.Run("objcopy", "--remove-section=.comment", path);
        Assert.Throws<ObjectFormatException>(() => ElfProof.Require(before, ElfFile.Parse(File.ReadAllBytes(path)), [], dropsMarks: true));
    }

    [Fact]
    public void The_proof_refuses_that_something_lay_in_the_marks_or_pointed_at_them()
    {
        byte[] plain = Assemble(".section .export_symbol\n.ascii \"x\\n\"\n.text\nnop\n.data\n.quad 0");
        byte[] label = Assemble(".section .export_symbol\nl: .ascii \"x\\n\"\n.text\nnop\n.globl l\n.data\n.quad 0");
        byte[] pointed = Assemble(".section .export_symbol\n.ascii \"x\\n\"\n.text\nnop\n.data\n.quad .export_symbol");
        ElfFile after = ElfFile.Parse(Drop(plain, "note"));
        Assert.Equal("MINIOS1327", Assert.Throws<ObjectFormatException>(() => ElfProof.Require(ElfFile.Parse(label), after, [], dropsMarks: true)).Code);
        Assert.Equal("MINIOS1328", Assert.Throws<ObjectFormatException>(() => ElfProof.Require(ElfFile.Parse(pointed), after, [], dropsMarks: true)).Code);
    }

    private static string[] Marks(byte[] data)
    {
        ElfExportMarks marks = ElfExportMarks.Of(ElfFile.Parse(data));
        Assert.Null(marks.Fault);
        return [.. marks.Marks.Select(mark => Encoding.UTF8.GetString(mark.Name.Span))];
    }

    // Where a table lies in the file is not what it says.
    private static IEnumerable<string> SymbolsAndRelocations(string path) =>
        RealTool.Run("readelf", "-rsW", path).Split('\n').Select(line => line.StartsWith("Relocation section", StringComparison.Ordinal) ? line[..line.IndexOf(" at ", StringComparison.Ordinal)] : line);

    private static byte[] Drop(byte[] data, string note)
    {
        ElfRewrite rewrite = ElfSymbolRewriter.Prepare(ElfFile.Parse(data), data, [], Encoding.UTF8.GetBytes(note), dropsMarks: true);
        byte[] result = new byte[rewrite.Size];
        rewrite.WriteTo(result);
        return result;
    }

    private byte[] Compile(params string[] command)
    {
        string path = _folder.File("marked.o");
        RealTool.Run(command[0] == "clang" ? LlvmTool.Find("clang") : command[0], [.. command[1..], "-c", "-O1", "-ffreestanding", "-fno-pic", "-o", path, _folder.Write("marked.c", Marked)]);
        return File.ReadAllBytes(path);
    }

    private byte[] Assemble(string text)
    {
        string path = _folder.File("made.o");
        RealTool.Run("as", "--64", "-o", path, _folder.Write("made.s", text + "\n"));
        return File.ReadAllBytes(path);
    }
}
