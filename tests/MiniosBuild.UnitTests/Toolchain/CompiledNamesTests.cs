using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Two readers of the same headers, the parser and the compiler itself: each finds what the other finds.</summary>
public sealed class CompiledNamesTests : IDisposable
{
    // The parser was made to read all of these.
    private const string Declarations = """
        #ifndef ALL_H
        #define ALL_H
        #define NUMBER 3
        typedef int myint;
        extern myint (parenthesized)(int);
        int plain(void), *second(int (*callback)(int parameter), ...);
        struct tagged { int member : 3; struct inner { int z; } in; union { int q; }; enum { IN_MEMBERS } e; };
        enum { OF_SIZE = sizeof(struct in_sizeof { int q; }), OTHER = sizeof(enum deep { IN_ENUM }) };
        int of_array[sizeof(struct in_array { int z; })];
        typedef struct first { int a; } first_t, *first_p;
        void (*signals(int, void (*)(int)))(int);
        _Static_assert(sizeof(struct in_assert { int q; }) == 4, "");
        extern int labelled __asm__("other_label");
        int function_labelled(void) __asm__("function_label");
        __typeof__(struct in_typeof { int a; }) of_typeof;
        _Alignas(sizeof(struct in_alignas { int a; })) int aligned;
        __attribute__((aligned(sizeof(struct in_attribute { int a; })))) int with_attribute;
        struct both { int a; } value, *pointer, function_of(void);
        int (*(*of_functions)(int))(void);
        const struct qualified { int a; } volatile *qualified_pointer;
        int unsigned long number, (bracketed), ((twice));
        _Thread_local int of_thread;
        typedef __typeof__(sizeof(int)) size;
        extern const char text[];
        #endif

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void Both_find_the_same(string compiler) => Compare(compiler, [_folder.Write("all.h", Declarations)], [], least: 40);

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void Both_find_the_same_in_the_reference_tree(string compiler)
    {
        string include = Path.Combine(Repository.Root, "src", "mini-os", "include"), links = Directory.CreateDirectory(_folder.File("links")).FullName;
        List<string> options = ["-std=gnu11", "-ffreestanding", "-D__XEN_INTERFACE_VERSION__=0x00030205"];
        foreach (string part in new[] { "", "x86", "x86/x86_64" })
        {
            string link = Directory.CreateDirectory(Path.Combine(links, "l" + part.Replace('/', '-'))).FullName;
            Directory.CreateSymbolicLink(Path.Combine(link, "mini-os"), Path.Combine(include, part));
            options.AddRange(["-isystem", link]);
        }

        options.AddRange(["-isystem", Path.Combine(Repository.Root, "src", "mini-os", "lib", "include")]);
        Compare(compiler, [.. Directory.GetFiles(include, "*.h").Order(StringComparer.Ordinal)], [.. options], least: 400);
    }

    [Fact]
    public void Both_find_the_same_in_a_libc()
    {
        const string Folder = "/usr/include/x86_64-linux-musl";
        Compare("gcc", [.. Directory.GetFiles(Folder, "*.h").Order(StringComparer.Ordinal)], ["-nostdinc", "-D_GNU_SOURCE", "-isystem", Folder], least: 2000);
    }

    [Theory]
    [InlineData("gcc", "undeclared_type(void);", "undeclared_type", HeaderNameKind.Function)]
    [InlineData("clang", "undeclared_type(void);", "undeclared_type", HeaderNameKind.Function)]
    [InlineData("gcc", "const no_type;", "no_type", HeaderNameKind.Variable)]
    [InlineData("clang", "typedef no_type_t;", "no_type_t", HeaderNameKind.Typedef)]
    [InlineData("gcc", "int\nf(void);\nvolatile\n seen_late;", "seen_late", HeaderNameKind.Variable)]
    public void What_the_parser_misses_is_added_where_it_stands(string compiler, string text, string name, HeaderNameKind kind)
    {
        string header = _folder.Write("odd.h", "struct known { int a; };\n" + text + "\n");
        (IReadOnlyList<ScannedHeader> scans, HeaderReadings readings, IReadOnlyList<CompiledName> compiled) = Read(compiler, [header], []);
        Assert.DoesNotContain(scans[0].Names, found => found.Name == name); // What the parser learns to read has to be taken out here.
        HeaderName added = Assert.Single(SecondReading.Of(scans, readings.TextOf, compiled)[0].Names, found => found.Name == name);
        Assert.Equal((kind, header, 1 + text.Split('\n').Length, kind == HeaderNameKind.Typedef ? null : name), (added.Kind, added.Site.File, added.Site.Line, added.Symbol));
    }

    [Fact]
    public void A_header_that_is_not_compiled_leaves_the_others()
    {
        string[] headers = [_folder.Write("a.h", "int a;\n"), _folder.Write("b.h", "int b(;\n"), _folder.Write("c.h", "struct c { int x; };\nenum { C };\n"), _folder.Write("d.h", "struct c { int other; };\nint d;\n")];
        Assert.Equal(["C", "a", "c", "d"], Read("gcc", headers, []).Compiled.Select(name => name.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("type _s struct { a int32; }\nconst _sizeof_s = 4\n", "s")]
    [InlineData("type _unfinished struct {}\n", "")]
    [InlineData("// var _v INVALID-type\n// type _t INVALID-int-128\n// unknowndefine X y\n", "v t")]
    public void The_declarations_that_gcc_writes(string text, string names) =>
        Assert.Equal(names, string.Join(' ', CompiledNames.OfDeclarations(text).Select(name => name.Name)));

    private (IReadOnlyList<ScannedHeader> Scans, HeaderReadings Readings, IReadOnlyList<CompiledName> Compiled) Read(string compiler, string[] headers, string[] options)
    {
        HeaderReadings readings = new HeaderRuns(new ToolRunner(), compiler, _folder.Path).Read(headers, _folder.File("headers.c"), options, null, 2, default);
        var scans = new HeaderScans(File.ReadAllBytes);
        ScannedHeader[] scanned = [.. readings.Outside.Select(reading => scans.Scan(reading.Header, Path.GetFileName(reading.Header), reading.Text, false, HeaderRefusal.Of(reading.Header, reading.Failure)))];
        return (scanned, readings, new CompiledNames(new ToolRunner(), compiler, _folder.Path).Read(readings.Compiled, _folder.File("compiled.c"), options, default).Names);
    }

    private void Compare(string compiler, string[] headers, string[] options, int least)
    {
        (IReadOnlyList<ScannedHeader> scans, _, IReadOnlyList<CompiledName> compiled) = Read(compiler, headers, options);
        HeaderName[] parsed = [.. scans.SelectMany(scan => scan.Names)];
        HashSet<string> known = [.. parsed.Select(name => name.Name)], seen = [.. compiled.Select(name => name.Name)];
        Assert.InRange(compiled.Count, least, 100_000);
        Assert.Equal("", string.Join(' ', compiled.Where(name => !known.Contains(name.Name)).Select(name => $"{name.Kind}:{name.Name}")));

        // gcc writes no static functions, which have no symbol, and no types that are never completed; macros are the preprocessor's.
        Assert.Equal("", string.Join(' ', parsed
            .Where(name => !name.Kind.IsMacro() && !seen.Contains(name.Name) && (name.Kind is not (HeaderNameKind.Function or HeaderNameKind.Variable) || name.Symbol is not null) && (name.Kind != HeaderNameKind.Tag || name.IsDefinition))
            .Select(name => $"{name.Kind}:{name.Name}").Distinct(StringComparer.Ordinal)));
    }
}
