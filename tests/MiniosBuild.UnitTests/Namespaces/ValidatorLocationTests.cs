using MiniosBuild.Policy.Findings;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Findings at the line of the source, taken from debug information.</summary>
public sealed class ValidatorLocationTests : IDisposable
{
    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("-gdwarf-4")]
    [InlineData("-gdwarf-5")]
    public void A_leak_is_told_where_the_source_defines_it(string debug)
    {
        _set.AddC("core", "a", "int minios_f(void) { return 0; }\n\nint leak(void)\n{\n\treturn 1;\n}\n\n  int data_leak = 3;\n", debug);
        Finding[] found = Found();
        Assert.Equal([("data_leak", 8), ("leak", 3)], found.Select(f => (f.Symbol!, f.Position!.Value.Line)));
        Diagnostic told = found[1].ToDiagnostic();
        Assert.Equal((Path.Combine(_set.Folder, "a.c"), 3), (told.File, told.Line));
        Assert.StartsWith(Path.Combine(_set.Folder, "libminios-core.a(a.o): function \"leak\" (global)"), told.Message);
    }

    /// <summary>
    /// Of what a system header declares, as a tree's headers are to the compiler, gcc records the header's line; of functions the
    /// line table knows better, of variables nothing does.
    /// </summary>
    [Theory]
    [InlineData("-isystem", "inc/leak.h", 4)]
    [InlineData("-I", "a.c", 7)]
    public void A_leak_that_a_header_declares_is_told_where_it_is_defined(string include, string dataFile, int dataLine)
    {
        Directory.CreateDirectory(Path.Combine(_set.Folder, "inc"));
        File.WriteAllText(Path.Combine(_set.Folder, "inc", "leak.h"), "\n\nint leak(void);\nextern int data_leak;\n");
        _set.AddC("core", "a", "#include <leak.h>\n\n\n\n\nint leak(void) { return 1; }\nint data_leak = 1;\n", "-g", include, Path.Combine(_set.Folder, "inc"));
        Assert.Equal(
            [(Path.Combine(_set.Folder, dataFile), dataLine), (Path.Combine(_set.Folder, "a.c"), 6)],
            Found().Select(f => (f.Position!.Value.File, f.Position!.Value.Line)));
    }

    [Fact]
    public void Without_debug_information_it_is_told_at_the_archive()
    {
        _set.AddC("core", "a", "int leak(void) { return 1; }");
        Finding found = Found().Single();
        Assert.Null(found.Position);
        Assert.Equal(Path.Combine(_set.Folder, "libminios-core.a"), found.ToDiagnostic().File);
    }

    [Fact]
    public void A_renamed_symbol_is_told_where_the_source_defines_it()
    {
        string path = _set.AddC("core", "a", "\nint inner(void) { return 1; }\n", "-g");
        RealTool.Run("objcopy", "--redefine-sym", "inner=leak", path);
        Finding found = Found().Single();
        Assert.Equal(("leak", 2), (found.Symbol!, found.Position!.Value.Line));
    }

    [Fact]
    public void A_name_that_nothing_defines_is_told_where_it_is_used()
    {
        _set.AddC("core", "a", "extern int gone(void);\n\nint minios_f(void)\n{\n\treturn gone();\n}\n", "-g");
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1416", 5), (found.Code, found.Position!.Value.Line));
    }

    [Fact]
    public void A_duplicate_names_both_places()
    {
        _set.AddC("core", "a", "int minios_a;\nint minios_f(void) { return 0; }\n", "-g");
        _set.AddC("core", "b", "int minios_b;\n\nint minios_f(void) { return 1; }\n", "-g");
        Diagnostic told = Found().Single().ToDiagnostic();
        Assert.Equal((Path.Combine(_set.Folder, "b.c"), 3), (told.File, told.Line));
        Assert.Contains($"libminios-core.a(a.o) at {Path.Combine(_set.Folder, "a.c")}(2);", told.Message);
    }

    [Theory]
    [InlineData("/usr/src/mini-os", "/home/me/tree", "/home/me/tree/a.c")]
    [InlineData("/usr/src/mini-os/", "/home/me/tree/", "/home/me/tree/a.c")]
    [InlineData("/usr/src/mini", "/home/me/tree", "/usr/src/mini-os/a.c")]
    public void Recorded_folders_become_real_ones(string recorded, string real, string expected)
    {
        _set.AddC("core", "a", "int leak(void) { return 1; }", "-g", $"-ffile-prefix-map={_set.Folder}=/usr/src/mini-os");
        Assert.Equal(expected, Found((recorded, real)).Single().Position!.Value.File);
    }

    [Fact]
    public void A_recorded_dot_is_the_folder_of_the_compiler()
    {
        _set.AddC("core", "a", "int leak(void) { return 1; }", "-g", $"-ffile-prefix-map={_set.Folder}=.", $"-ffile-prefix-map={Environment.CurrentDirectory}=.");
        Assert.Equal("/home/me/a.c", Found(("/elsewhere", "/x"), (".", "/home/me")).Single().Position!.Value.File);
    }

    /// <summary>Debug information that is damaged costs the line, not the finding.</summary>
    [Fact]
    public void Damaged_debug_information_costs_only_the_line()
    {
        string path = _set.AddC("core", "a", "int leak(void) { return 1; }", "-g"), junk = Path.Combine(_set.Folder, "junk");
        File.WriteAllBytes(junk, [.. Enumerable.Repeat((byte)0xff, 64)]);
        RealTool.Run("objcopy", "--update-section", $".debug_info={junk}", "--remove-relocations=.debug_info", path);
        Finding found = Found().Single();
        Assert.Equal(("MINIOS1410", null), (found.Code, found.Position));
    }

    private Finding[] Found(params (string, string)[] pathMap) =>
        [.. new NamespaceValidator(BuiltInPolicy.Minios, LibcMode.Stub, new ValidationSettings { PathMap = pathMap }).ValidateSet(_set.Archive())];
}
