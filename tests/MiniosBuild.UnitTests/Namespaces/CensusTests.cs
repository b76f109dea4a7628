using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class CensusTests : IDisposable
{
    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Every_kind_of_definition_is_told_apart()
    {
        _set.AddC("core", "c", """
            int variable = 1; const int constant = 2; __thread int perthread = 3; static int hidden; extern int elsewhere;
            int function(void) { return hidden + elsewhere; }
            static int (*choose(void))(void) { return function; }
            int chosen(void) __attribute__((ifunc("choose")));
            __attribute__((weak)) int weak(void) { return 0; }
            extern int maybe __attribute__((weak)); int *uses = &maybe;
            """);
        _set.AddAssembly("core", "s", """
            .globl entry, page, absolute
            absolute = 42
            .text
            entry: call outside
            .data
            page: .long 0
            """);
        SymbolCensus census = SymbolCensus.Read(_set.Inputs());
        ObjectSymbols c = census.Objects[0];
        Assert.Equal(
            [
                ("chosen", SymbolKind.Ifunc, ElfSymbolBinding.Global), ("constant", SymbolKind.Data, ElfSymbolBinding.Global),
                ("function", SymbolKind.Function, ElfSymbolBinding.Global), ("perthread", SymbolKind.Tls, ElfSymbolBinding.Global),
                ("uses", SymbolKind.Data, ElfSymbolBinding.Global), ("variable", SymbolKind.Data, ElfSymbolBinding.Global),
                ("weak", SymbolKind.Function, ElfSymbolBinding.Weak),
            ],
            c.Definitions.Select(definition => (definition.Name, definition.Kind, definition.Binding)));
        Assert.Equal([new SymbolReference("elsewhere", false), new SymbolReference("maybe", true)], c.References);
        Assert.Equal(
            [("absolute", SymbolKind.Data), ("entry", SymbolKind.Function), ("page", SymbolKind.Data)],
            census.Objects[1].Definitions.Select(definition => (definition.Name, definition.Kind)));
        Assert.Equal(["outside"], census.Objects[1].References.Select(reference => reference.Name));
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("int x;", "starts with 696E7420")]
    [InlineData("!<arch>\n", "the file is an archive")]
    public void What_is_no_object_is_refused(string content, string fragment) =>
        AssertRefused("MINIOS1301", "x.o", fragment, new CensusInput("core", "x.o", System.Text.Encoding.ASCII.GetBytes(content)));

    [Fact]
    public void A_linked_image_is_refused()
    {
        string path = _set.AddC("core", "image", "void _start(void) {}");
        RealTool.Run("ld", "-o", path + ".out", path);
        AssertRefused("MINIOS1301", "image", "type is Executable", new CensusInput("core", "image", File.ReadAllBytes(path + ".out")));
    }

    [Fact]
    public void A_truncated_object_is_refused_with_its_file()
    {
        byte[] bytes = File.ReadAllBytes(_set.AddC("core", "whole", "int f(void) { return 1; }"));
        Diagnostic found = Refusal(new CensusInput("core", "short.o", bytes.AsMemory(0, bytes.Length / 2)));
        Assert.StartsWith("MINIOS20", found.Code);
        Assert.Equal("short.o", found.File);
    }

    /// <summary>Trap 9.</summary>
    [Fact]
    public void An_object_for_another_machine_is_refused()
    {
        _set.AddC("core", "a", "int f(void) { return 1; }");
        string odd = _set.AddC("core", "b", "int g(void) { return 1; }", "-m32");
        AssertRefused("MINIOS1302", odd, "a.o is for X86_64", [.. _set.Inputs()]);
    }

    /// <summary>Trap 10.</summary>
    [Theory]
    [InlineData("-fno-fat-lto-objects", "nothing else")]
    [InlineData("-ffat-lto-objects", "beside machine code")]
    public void Objects_with_intermediate_code_are_refused(string flag, string fragment)
    {
        string path = _set.AddC("core", "lto", "int f(void) { return 1; }", "-flto", flag);
        AssertRefused("MINIOS1303", path, fragment, [.. _set.Inputs()]);
    }

    /// <summary>Trap 5: what happens to them is the plan's business.</summary>
    [Fact]
    public void Common_symbols_are_a_kind_of_their_own()
    {
        _set.AddC("core", "common", "int b; int c = 1;", "-fcommon");
        Assert.Equal(
            [("b", SymbolKind.Common), ("c", SymbolKind.Data)],
            SymbolCensus.Read(_set.Inputs()).Objects[0].Definitions.Select(definition => (definition.Name, definition.Kind)));
    }

    [Fact]
    public void An_object_given_twice_is_refused()
    {
        string path = _set.AddC("core", "a", "int f(void) { return 1; }");
        AssertRefused("MINIOS1306", path, "for library core and for library libc", [.. _set.Inputs(), _set.Inputs()[0] with { Library = "libc" }]);
    }

    [Fact]
    public void Members_of_archives_are_objects_of_the_set()
    {
        string a = _set.AddC("core", "a", "int f(void) { return 1; }");
        string b = _set.AddC("core", "b", "extern int f(void); int g(void) { return f(); }");
        string archive = Path.Combine(_set.Folder, "z.a");
        File.WriteAllBytes(archive, new ArWriter(MiniosBuild.ObjectFormats.Ar.ArVariant.Gnu)
            .Add("a.o", File.ReadAllBytes(a)).Add("b.o", File.ReadAllBytes(b)).Add("b.o", File.ReadAllBytes(b)).Write().Bytes);
        SymbolCensus census = SymbolCensus.ReadFiles([new CensusFile("other", archive), new CensusFile("core", a)]);
        Assert.Equal([a, $"{archive}(a.o)"], census.Objects.Take(2).Select(source => source.Path));
        Assert.All(census.Objects.Skip(2), source => Assert.Matches("z.a[(]b.o@0x[0-9a-f]+[)]$", source.Path));
        Assert.NotEqual(census.Objects[2].Path, census.Objects[3].Path);
        Assert.Equal(["core", "other", "other", "other"], census.Objects.Select(source => source.Library));
        Assert.Equal((4, 4, 2, 2), (census.ObjectCount, census.DefinitionCount, census.ReferenceCount, census.NameCount));
        Assert.Equal(["f"], census.Objects[2].References.Select(reference => reference.Name));
    }

    /// <summary>Trap 8.</summary>
    [Fact]
    public void A_thin_archive_is_refused()
    {
        string archive = Path.Combine(_set.Folder, "thin.a");
        RealTool.Run("ar", "rcsDT", archive, _set.AddC("core", "a", "int f(void) { return 1; }"));
        Diagnostic found = Assert.Throws<DiagnosticException>(() => SymbolCensus.ReadFiles([new CensusFile("core", archive)])).Diagnostic;
        Assert.Equal(("MINIOS1319", archive), (found.Code, found.File));
    }

    [Fact]
    public void Members_that_are_no_objects_and_damaged_archives_are_refused()
    {
        byte[] text = new ArWriter(MiniosBuild.ObjectFormats.Ar.ArVariant.Gnu).Add("notes.txt", "text"u8.ToArray()).Write().Bytes;
        AssertArchiveRefused("MINIOS1301", "x.a(notes.txt)", text);
        AssertArchiveRefused("MINIOS2102", "x.a", text[..40]);
    }

    [Theory]
    [InlineData("nowhere.o")]
    [InlineData(".")]
    [InlineData("")]
    public void A_file_that_cannot_be_read_is_a_coded_error(string name)
    {
        string path = name.Length == 0 ? name : Path.Combine(_set.Folder, name);
        Diagnostic found = Assert.Throws<DiagnosticException>(() => SymbolCensus.ReadFiles([new CensusFile("core", path)])).Diagnostic;
        Assert.Equal(("MINIOS1318", path), (found.Code, found.File));
    }

    private static void AssertArchiveRefused(string code, string file, byte[] data)
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => SymbolCensus.ReadArchives([new CensusInput("core", "x.a", data)])).Diagnostic;
        Assert.Equal((code, file), (found.Code, found.File));
    }

    private static Diagnostic Refusal(params CensusInput[] inputs) => Assert.Throws<DiagnosticException>(() => SymbolCensus.Read(inputs)).Diagnostic;

    private static void AssertRefused(string code, string path, string fragment, params CensusInput[] inputs)
    {
        Diagnostic found = Refusal(inputs);
        Assert.Equal((code, path), (found.Code, found.File));
        Assert.Contains(fragment, found.Message);
    }
}
