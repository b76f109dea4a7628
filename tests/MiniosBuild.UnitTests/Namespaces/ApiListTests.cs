using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Api;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class ApiListTests : IDisposable
{
    private const string Listed = """
        # The public symbols: NAME KIND LIBRARY, sorted by name. Written by MiniosBuild.
        # arch: x86_64
        # libc: stub
        app_main function core
        minios_add function core
        minios_clock tls core

        """;

    private static readonly ApiSetting[] s_settings = [ApiSetting.Of("arch", "x86_64"), ApiSetting.Of("libc", "stub")];

    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void It_has_the_public_names_with_kind_and_library_sorted()
    {
        _set.AddC("core", "kernel", """
            int add(int a) { return a + 1; }
            __attribute__((weak)) int app_main(void) { return 0; }
            static int real(void) { return 4; }
            __attribute__((used)) static int (*choose(void))(void) { return real; }
            __attribute__((ifunc("choose"))) int chosen(void);
            int HYPERVISOR_shared_info[4];
            int shared;
            int lonely(void) { return 7; }
            void *memcpy(void *to, const void *from, unsigned long n) { (void)from; (void)n; return to; }
            """);
        _set.AddC("blkfront", "blkfront", "extern int shared; int init_blkfront(void) { return shared; }");

        ApiList api = Of("int add(int a); int chosen(void); int init_blkfront(void);");

        // Not memcpy, which compilers give; not shared, which is internal; not lonely, which is local.
        Assert.Equal(
            """
            # The public symbols: NAME KIND LIBRARY, sorted by name. Written by MiniosBuild.
            # arch: x86_64
            # libc: stub
            HYPERVISOR_shared_info data core
            app_main function core
            blkfront_init function blkfront
            minios_add function core
            minios_chosen ifunc core

            """,
            api.ToText());
        Assert.EndsWith("public.h", api.Symbols[3].Declaration!.Value.File);
        Assert.Null(api.Symbols[0].Declaration);
    }

    [Fact]
    public void A_name_with_several_definitions_is_what_the_strong_one_is()
    {
        _set.AddC("a", "a", "__attribute__((weak)) int app_main(void) { return 0; }");
        _set.AddC("b", "b", "int app_main(void) { return 1; }");

        Assert.Equal("b", Assert.Single(Of("").Symbols).Library);
    }

    [Fact]
    public void Its_text_is_read_back()
    {
        ApiList api = ApiList.Parse(Listed, "list");

        Assert.Equal(Listed, api.ToText());
        Assert.Equal([4, 5, 6], api.Symbols.Select(symbol => symbol.Line));
        Assert.Equal(SymbolKind.Tls, api.Symbols[2].Kind);
        Assert.Equal([("arch", "x86_64", 2), ("libc", "stub", 3)], api.Settings.Select(setting => (setting.Name, setting.Value, setting.Line)));
    }

    [Fact]
    public void Any_names_and_libraries_are_read_back()
    {
        Prop.ForAll<NonEmptyString[], NonEmptyString>((names, library) =>
        {
            string[] sorted = [.. names.Select(name => name.Get).Distinct().Order(StringComparer.Ordinal)];
            var api = new ApiList([], sorted.Reverse().Select(name => new ApiSymbol(name, SymbolKind.Data, library.Get)));

            ApiList read = ApiList.Parse(api.ToText(), "list");

            return read.Symbols.Select(symbol => (symbol.Name, symbol.Library)).SequenceEqual(sorted.Select(name => (name, library.Get)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Lines_of_other_systems_comments_and_empty_lines_are_taken()
    {
        ApiList api = ApiList.Parse("# Our interface. See: nothing\r\n#\r\n\r\na function core  \r\nb data libc\r\n\r\n", "list");

        Assert.Equal(["a", "b"], api.Symbols.Select(symbol => symbol.Name));
        Assert.Empty(api.Settings);
    }

    [Theory]
    [InlineData("a function\n", 1, "expected \"NAME KIND LIBRARY\"")]
    [InlineData("# x\na function core more\n", 2, "expected \"NAME KIND LIBRARY\"")]
    [InlineData("a funktion core\n", 1, "the kind of \"a\" is \"funktion\"")]
    [InlineData("b data core\na data core\n", 2, "\"a\" comes after \"b\"")]
    [InlineData("a data core\n\na function core\n", 3, "\"a\" is listed in line 1 already")]
    [InlineData("a%2 data core\n", 1, "expected \"NAME KIND LIBRARY\"")]
    [InlineData("# libc: stub\n# libc: none\n", 2, "the setting \"libc\" is given in line 1 already")]
    [InlineData("<<<<<<< ours branch\na data core\n", 1, "the kind of \"<<<<<<<\" is \"ours\"")]
    public void A_line_that_is_none_is_a_coded_error_with_its_number(string text, int line, string message)
    {
        var diagnostic = Assert.Throws<DiagnosticException>(() => ApiList.Parse(text, "list")).Diagnostic;

        Assert.Equal(("MINIOS1601", "list", line), (diagnostic.Code, diagnostic.File, diagnostic.Line));
        Assert.Contains(message, diagnostic.Message);
    }

    [Fact]
    public void A_list_that_is_not_there_is_a_coded_error()
    {
        string missing = Path.Combine(_set.Folder, "none", "minios.api.txt");

        var diagnostic = Assert.Throws<DiagnosticException>(() => ApiList.Load(missing)).Diagnostic;

        Assert.Equal(("MINIOS1602", missing), (diagnostic.Code, diagnostic.File));
    }

    [Fact]
    public void An_equal_list_gives_nothing() => Assert.Empty(ApiList.Parse(Listed, "list").Check(ApiList.Parse(Listed, "now"), "list"));

    [Fact]
    public void An_added_symbol_is_at_the_line_that_it_would_get()
    {
        Assert.Equal([("MINIOS1603", 5)], Check(Listed.Replace("minios_add", "minios_abs function core\nminios_add")));
        Assert.Equal([("MINIOS1603", 7)], Check(Listed + "minios_wake function core\n"));
        Assert.Equal([("MINIOS1603", 4)], Check(Listed.Replace("app_main", "abc data core\napp_main")));
    }

    [Fact]
    public void A_removed_symbol_is_at_its_line() =>
        Assert.Equal([("MINIOS1604", 5)], Check(Listed.Replace("minios_add function core\n", "")));

    [Fact]
    public void A_changed_kind_and_a_changed_library_are_at_the_line()
    {
        Assert.Equal([("MINIOS1605", 6)], Check(Listed.Replace("clock tls", "clock data")));
        Assert.Equal([("MINIOS1606", 5)], Check(Listed.Replace("add function core", "add function libc")));
        Assert.Equal([("MINIOS1605", 5), ("MINIOS1606", 5)], Check(Listed.Replace("add function core", "add ifunc libc")));
    }

    [Fact]
    public void Another_configuration_is_one_error_at_the_setting()
    {
        Assert.Equal([("MINIOS1607", 3)], Check(Listed.Replace("libc: stub", "libc: private").Replace("minios_add", "minios_abs")));

        // What only one of the two has is not compared.
        Assert.Empty(Check(Listed.Replace("# libc: stub\n", "").Replace("# arch", "# switches: BALLOON=y\n# arch")));
    }

    [Fact]
    public void The_words_of_a_setting_have_no_order() =>
        Assert.Equal(ApiSetting.Of("libraries", "b", "a c").Value, ApiList.Parse("# libraries: c  a b a\n", "list").Settings[0].Value);

    [Fact]
    public void An_added_symbol_says_where_it_is_declared()
    {
        _set.AddC("core", "kernel", "int add(int a) { return a + 1; }");

        var diagnostic = Assert.Single(ApiList.Parse("", "list").Check(Of("\nint add(int a);"), "list"));

        Assert.Equal(("MINIOS1603", "list", 1), (diagnostic.Code, diagnostic.File, diagnostic.Line));
        Assert.Contains($"the function \"minios_add\" of core, declared at {Path.Combine(_set.Folder, "public.h")}(2), is public", diagnostic.Message);
    }

    private static IEnumerable<(string Code, int Line)> Check(string actual) =>
        ApiList.Parse(Listed, "list").Check(ApiList.Parse(actual, "now"), "list").Select(d => (d.Code, d.Line));

    private ApiList Of(string header)
    {
        var declarations = _set.Declare(header);
        NamespacePlan plan = _set.Plan(declarations: declarations);
        return ApiList.Of(plan, SymbolCensus.Read(_set.Inputs()), BuiltInPolicy.Minios, s_settings, declarations);
    }
}
