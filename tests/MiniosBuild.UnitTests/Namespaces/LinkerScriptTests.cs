using MiniosBuild.Linking.Options;
using MiniosBuild.Linking.Scripts;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The symbols of linker scripts and option lists.</summary>
public sealed class LinkerScriptTests
{
    [Theory]
    [InlineData("a = 1; b=.;c += 2; d <<= 3; _e = a;", "a b c d _e")]
    [InlineData("/* a = 1; */ b = 2; /* c */ d = 3 /* ; e = 4 */ ;", "b d")]
    [InlineData("\"quoted name\" = 1; ASSERT(x == 2, \"y = 3\")", "quoted name")]
    [InlineData("# 1 \"a.lds\"\na = 1;\n#b = 2\n", "a")]
    [InlineData(". = 0x1000; .text = 1;", "")]
    [InlineData("PROVIDE(a = 1); PROVIDE_HIDDEN ( b = . ) ; HIDDEN(c = 2);", "a? b? c")]
    [InlineData("SECTIONS { x = .; .text : { y = .; *(.text .text.*) z = .; } > rom AT> ram :hdr =0x90909090 w = .; }", "x y z w")]
    [InlineData("SECTIONS { .a : { *(.a) } :text =0 .b : { KEEP(*(SORT(.b.*))) q = .; } }", "q")]
    [InlineData("MEMORY { rom (rx) : ORIGIN = 0, LENGTH = 1M ram : o = 1, l = 2 } x = ORIGIN(rom);", "x")]
    [InlineData("PHDRS { text PT_LOAD FILEHDR PHDRS FLAGS(5); } x = 1;", "x")]
    [InlineData("a = b == c ? d : e;", "a")]
    [InlineData("a = (1;", "a")]
    [InlineData("PROVIDE(", "")]
    [InlineData("a =", "a")]
    [InlineData("SECTIONS { .t : {", "")]
    public void Assignments_are_found(string script, string expected) => Assert.Equal(
        expected, string.Join(' ', LinkerScriptNames.Parse(script).Assignments.Select(a => a.Name + (a.IsProvided ? "?" : ""))));

    [Theory]
    [InlineData("a = b + c * 2;", "b c")]
    [InlineData("a = ADDR(.text) + SIZEOF(.data) + x;", "x")]
    [InlineData("a = DEFINED(b) ? 1 : 2;", "")]
    [InlineData("a = DEFINED(b) ? b : c;", "c")]
    [InlineData("a = (DEFINED ( b ) && b > d) ? b : c;", "d c")]
    [InlineData("a = ALIGN(end, 4096);", "end")]
    [InlineData("a = MAX(b, c) - CONSTANT(MAXPAGESIZE) - 0x10 - 1M;", "b c")]
    [InlineData("a = . ;", "")]
    public void Expressions_refer_to_symbols(string script, string expected) =>
        Assert.Equal(expected, string.Join(' ', LinkerScriptNames.Parse(script).Assignments.Single().References));

    [Fact]
    public void Entry_externs_and_sections_are_read()
    {
        LinkerScriptNames names = LinkerScriptNames.Parse(
            "ENTRY(first) ENTRY(start) EXTERN(a b, c) SECTIONS { .text 0x1000 : ALIGN(16) { *(.text) LONG(size) } mine : { *(mine) } } ASSERT(top < 5, \"too large\")");
        Assert.Equal("start", names.Entry);
        Assert.Equal(["a", "b", "c"], names.Externs);
        Assert.Equal(["size", "top"], names.References);
        Assert.Contains("mine", names.Sections);
    }

    [Theory]
    [InlineData("INPUT(a.o b.o, c.o) GROUP ( -lx -l:y.a ) INPUT(d.o)", "a.o b.o, c.o -lx(1) -l:y.a(1) d.o")]
    [InlineData("INPUT(a.o ,b.o)", "a.o b.o")]
    [InlineData("INPUT(\"a b.o\",\"-lc\" AS_NEEDED(-ld e.so))", "a b.o -lc -ld e.so")]
    [InlineData("GROUP(a.a) GROUP(b.a AS_NEEDED ( AS_NEEDED(c.a) ) d.a)", "a.a(1) b.a(2) c.a(2) d.a(2)")]
    [InlineData("INPUT(/x/../y/lib-1.2+3.a /* a.o */ ./z~.o)", "/x/../y/lib-1.2+3.a ./z~.o")]
    [InlineData("INPUT(=/usr/lib/a.o $SYSROOT/b.o @c.o 1d.o)", "=/usr/lib/a.o $SYSROOT/b.o c.o d.o")]
    [InlineData("STARTUP(a.o) x = 1; INPUT(b.o); y = 2;", "!a.o b.o@1")]
    [InlineData("SECTIONS { .text : { *(.text) GROUP(a.o) } INPUT(b.o) } INPUT(c.o)", "c.o")]
    [InlineData("input(a.o) INPUT a.o", "")]
    [InlineData("INPUT(a.o", "a.o")]
    [InlineData("INPUT(", "")]
    [InlineData("INPUT", "")]
    public void Files_are_found_as_ld_spells_them(string script, string expected) => Assert.Equal(
        expected, string.Join(' ', LinkerScriptNames.Parse(script).Files.Select(f =>
            $"{(f.IsFirst ? "!" : "")}{(f.IsLibrary ? "-l" : "")}{f.Text}{(f.Group > 0 ? $"({f.Group})" : "")}{(f.Assignments > 0 ? $"@{f.Assignments}" : "")}")));

    [Fact]
    public void Folders_are_read() =>
        Assert.Equal(["/usr/lib/x86-64", "=/lib", "a b"], LinkerScriptNames.Parse("SEARCH_DIR(/usr/lib/x86-64) SEARCH_DIR(\"=/lib\"); SEARCH_DIR(\"a b\")").SearchFolders);

    [Fact]
    public void A_line_is_that_of_the_name() =>
        Assert.Equal([2, 4], LinkerScriptNames.Parse("\na = 1;\n/* x\n*/ b = 2;").Assignments.Select(a => a.Line));

    /// <summary>Every script of the reference tree and of ld itself, with an object that wants whatever is provided.</summary>
    [Fact]
    public void The_symbols_of_real_scripts_are_those_that_ld_makes()
    {
        string verbose = RealTool.Run("ld", ["--verbose"]);
        string text = verbose.Split("==================================================")[1];
        LinkerScriptNames names = LinkerScriptNames.Parse(text);
        using var folder = new TemporaryFolder();
        string wants = string.Concat(names.Assignments.Select(a => $".quad {a.Name}\n"));
        string made = folder.File("a.o");
        RealTool.Run("as", ["-o", made, folder.Write("a.s", ".globl _start\n_start: ret\n.data\n" + wants)]);
        RealTool.Run("ld", ["-static", "-T", folder.Write("a.lds", text), "-o", folder.File("a"), made]);
        string symbols = RealTool.Run("nm", [folder.File("a")]);
        var defined = new SortedSet<string>(symbols.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[^1]), StringComparer.Ordinal);
        defined.Remove("_start");
        Assert.Equal(defined, new SortedSet<string>(names.Assignments.Select(a => a.Name), StringComparer.Ordinal));
        Assert.Contains("_end", defined);
    }

    [Fact]
    public void The_script_of_the_reference_tree_defines_what_the_kernel_leaves_to_it()
    {
        foreach (string path in Directory.GetFiles(Path.Combine(Repository.Root, "src", "mini-os", "arch", "x86"), "*.lds*"))
        {
            LinkerScriptNames names = LinkerScriptNames.Parse(File.ReadAllText(path));
            Assert.Equal("_start", names.Entry);
            Assert.Superset(
                new HashSet<string> { "_text", "_etext", "_erodata", "_edata", "__bss_start", "_end", "__init_array_start", "__init_array_end" },
                new HashSet<string>(names.Assignments.Where(a => !a.IsProvided).Select(a => a.Name)));
        }
    }

    [Fact]
    public void Options_that_matter_are_read_in_every_spelling()
    {
        LinkerOptions options = LinkerOptions.Parse(
        [
            "-u", "a", "-ub", "--undefined=c", "-undefined", "d", "--require-defined=e", "--defsym=f=g+1", "--defsym", "h=0x10", "-e", "start",
            "--wrap=i", "-wrap", "j", "-L/x", "-L", "y", "--library-path=z", "-lm", "-l", ":c.a", "--library=n", "x.o", "--start-group", "p.a", "q.a", "--end-group",
            "-(", "r.a", "-)", "--whole-archive", "s.a", "--no-whole-archive", "t.a", "--push-state", "--whole-archive", "u.a", "--pop-state", "v.a",
            "--format=binary", "w.bin", "-b", "elf64-x86-64", "x.a", "-z", "muldefs", "--gc-sections",
        ]);
        Assert.Equal(["a", "b", "c", "d", "e"], options.Undefined);
        Assert.Equal(["e"], options.Required);
        Assert.Equal(["f:g", "h:"], options.Assignments.Select(a => $"{a.Name}:{string.Join(',', a.References)}"));
        Assert.Equal("start", options.Entry);
        Assert.Equal(["i", "j"], options.Wrapped);
        Assert.Equal(["/x", "y", "z"], options.SearchFolders);
        Assert.Equal(
            ["-lm", "-l:c.a", "-ln", "x.o", "p.a1", "q.a1", "r.a2", "s.a!", "t.a", "u.a!", "v.a", "w.bin#", "x.a"],
            options.Inputs.Select(i => $"{(i.IsLibrary ? "-l" : "")}{i.Text}{(i.Group > 0 ? i.Group : "")}{(i.IsWhole ? "!" : "")}{(i.IsBinary ? "#" : "")}"));
        Assert.True(options.AllowsMultipleDefinition);
        Assert.True(options.CollectsSections);
        Assert.False(options.AllowsMissingNames);
    }

    [Theory]
    [InlineData("-o", "out")]
    [InlineData("-m", "elf_x86_64")]
    [InlineData("-Map", "out.map")]
    [InlineData("--version-script", "v")]
    [InlineData("-z", "noexecstack")]
    [InlineData("-Ttext", "0x1000")]
    [InlineData("--section-start", ".x=1")]
    public void The_value_of_another_option_is_no_file(string option, string value)
    {
        LinkerOptions options = LinkerOptions.Parse([option, value, "x.o", "-static", "-nostdlib", "--build-id=none", "-O1", "-s", "-export-dynamic", "-emit-relocs", "-unique"]);
        Assert.Equal(["x.o"], options.Inputs.Select(i => i.Text));
        Assert.Null(options.Entry);
        Assert.Empty(options.Undefined);
    }

    [Fact]
    public void Files_that_options_name_are_known()
    {
        LinkerOptions options = LinkerOptions.Parse(
        [
            "-T", "a.lds", "-Tb.lds", "--script=c.lds", "-script", "d.lds", "-R", "e", "-Rf", "--just-symbols=g", "--version-script", "h", "--version-script=i", "--dynamic-list=j",
            "--export-dynamic-symbol-list=k", "-dT", "l", "--default-script=m", "--retain-symbols-file", "n", "--retain-symbols-file=o", "-c", "p", "-Ttext=0", "-Tbss", "0", "-plugin", "q", "x.o",
        ]);
        Assert.Equal(["a.lds", "b.lds", "c.lds", "d.lds"], options.Inputs.Where(i => i.IsScript).Select(i => i.Text));
        Assert.Equal(["e", "f", "g"], options.Inputs.Where(i => i.IsSymbolsOnly).Select(i => i.Text));
        Assert.Equal("x.o", options.Inputs.Single(i => !i.IsScript && !i.IsSymbolsOnly).Text);
        Assert.Equal("h* i* j* k* l* m* n o p* q", string.Join(' ', options.Files.Select(f => f.Text + (f.IsSearched ? "*" : ""))));
    }

    [Theory]
    [InlineData("-u")]
    [InlineData("--defsym")]
    [InlineData("--defsym==1")]
    [InlineData("-l")]
    [InlineData("-e")]
    [InlineData("-")]
    [InlineData("--")]
    [InlineData("")]
    public void A_cut_off_option_says_nothing(string option) => Assert.Empty(LinkerOptions.Parse([option]).Undefined);
}
