using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What the real gdb answers with the script.</summary>
public sealed class DebuggerScriptTests : IDisposable
{
    private readonly CompiledSet _set = new();
    private readonly string _script;

    public DebuggerScriptTests()
    {
        _set.AddC("core", "sched", """
            int counter; int shared; int list(void);
            void wake(void) { counter++; shared++; }
            int list(void) { return counter; }
            int odd(void) __asm__("odd$1");
            int odd(void) { return 1; }
            int app_main(void);
            __attribute__((weak)) int app_main(void) { return list() + odd(); }
            """);
        _set.AddC("core", "other", "extern int shared; int list(void); int user(void); int user(void) { return shared + list(); }");
        var names = NameMap.Of(
        [
            new(HeaderNameKind.Function, "wake", "minios_wake"), new(HeaderNameKind.Tag, "list", "minios_list"), new(HeaderNameKind.FunctionMacro, "BUG_ON", "MINIOS_BUG_ON"),
        ]);
        _script = Path.Combine(_set.Folder, "minios.gdb");
        File.WriteAllText(_script, DebuggerScript.Text(_set.Plan(declarations: _set.Declare("void wake(void);\n")), names));
    }

    public void Dispose() => _set.Dispose();

    [Theory]
    [InlineData("wake", "wake (function) is minios_wake in the archives and headers\n")]
    [InlineData("minios_wake", "minios_wake (function) is wake in the sources and in debug information\n")]
    [InlineData("BUG_ON", "BUG_ON (macro) is MINIOS_BUG_ON in the archives and headers\n")]
    [InlineData("list", "list (tag) is minios_list in the archives and headers\nlist (symbol) is _minios_list in the archives and headers\n")]
    [InlineData("_minios_shared", "_minios_shared (symbol) is shared in the sources and in debug information\n")]
    [InlineData("counter", "counter (symbol) is local to its object (core, sched.o)\n")]
    [InlineData("app_main", "app_main (symbol) keeps its name\n")]
    public void A_name_is_answered_in_both_directions(string name, string expected) => Assert.Equal(expected, Gdb("minios-name " + name));

    [Fact]
    public void All_names_are_listed_and_a_part_is_completed()
    {
        string listed = Gdb("help minios-name");

        Assert.Contains("minios-name wake -- function, now minios_wake\n", listed);
        Assert.Contains("minios-name minios_list -- tag, list in the sources\n", listed);
        Assert.Equal("minios-name minios_list\nminios-name minios_wake\n", Gdb("complete minios-name minios_"));
    }

    [Fact]
    public void Loading_it_says_nothing_even_with_names_that_gdb_takes_for_no_command()
    {
        Assert.Equal("", Gdb("echo"));
        Assert.Contains("\n# odd$1: symbol, local in core, sched.o\n", File.ReadAllText(_script));
    }

    private string Gdb(string command) => RealTool.Run("gdb", "-nx", "-batch", "-x", _script, "-ex", command);
}
