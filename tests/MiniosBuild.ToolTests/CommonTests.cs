using System.Text.Json;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary>Sets whose headers define variables, compiled with -fcommon.</summary>
public sealed class CommonTests : IDisposable
{
    private readonly SmallLibrary _library = new();

    public CommonTests()
    {
        _library.WritePolicy();
        _library.Write("include/parts.h", "int frob(int n);\nint twice(int n);\n");
        _library.Write("own.h", "\nint state;\nlong spare[4];\n");
        _library.Compile("frob", "#include \"own.h\"\nint twice(int n);\nint frob(int n) { state++; return twice(n) + state; }\n", "-fcommon");
        _library.Compile("idle", "#include \"own.h\"\nint idle(void) { return 1; }\n", "-fcommon");
        _library.Compile("twice", "#include \"own.h\"\nint twice(int n) { state += 10; spare[1] = n; return 2 * n; }\n", "-fcommon");
        _library.Archive("libparts.a", "frob", "idle").Archive("libmore.a", "twice");
    }

    public void Dispose() => _library.Dispose();

    [Theory]
    [InlineData("managed")]
    [InlineData("objcopy")]
    [InlineData("llvm-objcopy")]
    public void They_are_applied_by_any_rewriter_pass_the_check_and_run(string rewriter)
    {
        string[] program = rewriter == "llvm-objcopy" ? ["--objcopy", LlvmTool.Find(rewriter)] : [];
        Minios.Result applied = _library.Run([.. Apply, "--rewriter", rewriter, .. program]).MustEndWith(0);

        Assert.Equal(
            [
                "own.h(2,5): warning MINIOS1350: \"state\" is a tentative definition in 3 objects (libmore.a(twice.o), libparts.a(frob.o), libparts.a(idle.o)); one variable was made of them, in libmore.a(twice.o) (library more). Declare it extern in the header, and define it in one source.",
                "own.h(3,6): warning MINIOS1350: \"spare\" is a tentative definition in 3 objects (libmore.a(twice.o), libparts.a(frob.o), libparts.a(idle.o)); one variable was made of them, in libmore.a(twice.o) (library more). Declare it extern in the header, and define it in one source.",
            ],
            applied.Errors.Split('\n').Where(line => line.Contains("MINIOS", StringComparison.Ordinal)).Select(line => line.TrimStart('/')).Order(StringComparer.Ordinal));
        _library.Run("check", "--policy", "policy.json", "parts=out/libparts.a", "more=out/libmore.a").MustEndWith(0);
        _library.Write("main.c", "int acme_frob(int n);\nint main(void) { return acme_frob(2) == 15 && acme_frob(2) == 26 ? 0 : 1; }\n");
        RealTool.Run("gcc", "-o", At("main"), At("main.c"), At("out/libparts.a"), At("out/libmore.a"));
        RealTool.Run(At("main"));
        string[] names = RealTool.Run("nm", At("out/libmore.a"), At("out/libparts.a")).Split('\n');
        Assert.Equal(["B _acme_state", "U _acme_state", "b spare"], names.Where(n => n.Contains("state", StringComparison.Ordinal) || n.Contains("spare", StringComparison.Ordinal)).Select(n => n[17..]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_second_time_changes_nothing_and_says_nothing()
    {
        _library.Run(Apply).MustEndWith(0);
        byte[] once = File.ReadAllBytes(At("out/libparts.a"));
        Minios.Result again = _library.Run("apply", "--policy", "policy.json", "--headers", "include", "out/libparts.a", "out/libmore.a", "-o", "out").MustEndWith(0);
        Assert.DoesNotContain("MINIOS", again.Errors);
        Assert.Equal(once, File.ReadAllBytes(At("out/libparts.a")));
    }

    [Fact]
    public void A_plan_is_applied_to_its_whole_set_only()
    {
        Assert.Contains("MINIOS1350", _library.Run("plan", "--policy", "policy.json", "--headers", "include", "libparts.a", "libmore.a", "-o", "plan.json").MustEndWith(0).Errors);
        Minios.Result part = _library.Run("apply", "--plan", "plan.json", "libparts.a", "-o", "part.a");
        Assert.NotEqual(0, part.Code);
        Assert.Contains("plan.json: error MINIOS1354: common symbols (spare, state) get their places by all objects of the set", part.Errors);
        Assert.False(File.Exists(At("part.a")));

        Directory.CreateDirectory(At("planned"));
        Assert.Contains("MINIOS1350", _library.Run("apply", "--plan", "plan.json", "--policy", "policy.json", "libparts.a", "libmore.a", "-o", "planned").MustEndWith(0).Errors);
        _library.Run(Apply).MustEndWith(0);
        Assert.Equal(File.ReadAllBytes(At("out/libmore.a")), File.ReadAllBytes(At("planned/libmore.a")));
    }

    [Fact]
    public void A_map_leaves_them_common_as_objcopy_does()
    {
        _library.Write("map.txt", "state mode\n");
        _library.Run("apply", "--map", "map.txt", "libmore.a", "-o", "ours.a").MustEndWith(0);
        Assert.Contains(" C mode", RealTool.Run("nm", At("ours.a")));
    }

    [Fact]
    public void What_a_public_header_defines_is_public_since_each_user_defines_it_too()
    {
        File.Copy(At("own.h"), At("include/own.h"));
        _library.Run(Apply).MustEndWith(0);
        Assert.Contains(" B acme_spare", RealTool.Run("nm", At("out/libmore.a")));
    }

    [Fact]
    public void An_explanation_tells_where_the_definition_went_and_a_check_before_what_to_do()
    {
        Minios.Result explained = _library.Run("explain", "state", "--policy", "policy.json", "--headers", "include", "libparts.a", "libmore.a", "--format", "json").MustEndWith(0);
        JsonElement name = explained.Json.GetProperty("names")[0];
        JsonElement definition = Assert.Single(name.GetProperty("definitions").EnumerateArray());
        Assert.Equal(("libmore.a(twice.o)", "data", 2), (definition.GetProperty("object").GetString(), definition.GetProperty("kind").GetString(), definition.GetProperty("line").GetInt32()));
        Assert.Equal("libparts.a(frob.o)", Assert.Single(name.GetProperty("referrers").EnumerateArray()).GetProperty("object").GetString());
        Assert.Equal("MINIOS1350", Assert.Single(explained.Json.GetProperty("findings").EnumerateArray()).GetProperty("code").GetString());

        Assert.Contains(
            "common \"state\" (global) has no section and can meet any other variable of its name; let it go through the symbol pass",
            _library.Run("check", "--policy", "policy.json", "libparts.a", "libmore.a").MustEndWith(1).Errors + _library.Run("check", "--policy", "policy.json", "libparts.a", "libmore.a").Output);
    }

    [Fact]
    public void Without_fcommon_the_refusal_says_how_such_trees_are_compiled()
    {
        _library.Compile("frob", "#include \"own.h\"\nint frob(void) { return state; }\n").Compile("twice", "#include \"own.h\"\nint twice(void) { return state; }\n");
        Minios.Result result = _library.Run("plan", "--policy", "policy.json", "frob.o", "twice.o");
        Assert.NotEqual(0, result.Code);
        Assert.Matches("error MINIOS1309: \"state\" is defined here .* declare it extern there and define it in one source; or compile with -fcommon", result.Errors);
    }

    private string[] Apply
    {
        get
        {
            Directory.CreateDirectory(At("out"));
            return ["apply", "--policy", "policy.json", "--headers", "include", "libparts.a", "libmore.a", "-o", "out"];
        }
    }

    private string At(string name) => Path.Combine(_library.Folder, name);
}
