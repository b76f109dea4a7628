using System.Text.Json;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

public sealed class AdoptTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public AdoptTests()
    {
        _library.WritePolicy();
        Directory.CreateDirectory(File("out/lib"));
        Directory.CreateDirectory(File("out/share/minios"));
        _library.Run("plan", "--policy", "policy.json", "libparts.a", "--headers", "include", "--map", "out/share/minios/renames.txt").MustEndWith(0);
        _library.Run("apply", "--policy", "policy.json", "libparts.a", "--headers", "include", "-o", "out/lib/libminios-parts.a").MustEndWith(0);
        _library.Compile("user", "int frob(int); extern int count; int main(void)\n{\n\treturn frob(20) + count == 42 ? 0 : 1;\n}\n");
    }

    public void Dispose() => _library.Dispose();

    [Theory]
    [InlineData("managed")]
    [InlineData("objcopy")]
    public void An_object_in_old_names_links_with_the_set_and_runs(string rewriter)
    {
        JsonElement file = _library.Run("adopt", "user.o", "--set", "out", "--policy", "policy.json", "-o", "new.o", "--rewriter", rewriter, "--format", "json").MustEndWith(0).Json.GetProperty("files")[0];

        Assert.Equal(("user.o", "new.o", 2), (file.GetProperty("input").GetString(), file.GetProperty("output").GetString(), file.GetProperty("renamed").GetInt32()));
        RealTool.Run("gcc", "-o", File("main"), File("new.o"), File("out/lib/libminios-parts.a"));
        RealTool.Run(File("main"));
    }

    [Fact]
    public void The_names_alone_are_enough_and_definitions_stay()
    {
        _library.Compile("own", "int frob(int n) { return n; } int twice(int); int own(void) { return twice(2); }");

        Minios.Result result = _library.Run("adopt", "user.o", "own.o", "--map", "out/share/minios/renames.txt", "--policy", "policy.json", "-o", "out", "--verbose").MustEndWith(0);

        Assert.Contains("message MINIOS1343: \"frob\" of own.o, which user.o refers to", result.Errors);
        string names = RealTool.Run("nm", File("out/user.o"), File("out/own.o"));
        Assert.Contains(" U frob", names);
        Assert.Contains(" T frob", names);
        Assert.Contains(" U _acme_count", names);
        Assert.Contains(" U _acme_twice", names);
    }

    [Fact]
    public void A_name_that_the_set_hides_is_an_error_at_its_line_and_nothing_is_written()
    {
        _library.Compile("user", "int spare(void);\nint main(void)\n{\n\treturn spare();\n}\n");

        Minios.Result result = _library.Run("adopt", "user.o", "--set", "out", "--policy", "policy.json", "-o", "new.o").MustEndWith(1);

        Assert.Contains("user.c(4", result.Errors);
        Assert.Contains("MINIOS1342: user.o: \"spare\" is referred to in main, but out/lib/libminios-parts.a(twice.o) has it as a local symbol only", result.Errors);
        Assert.False(System.IO.File.Exists(File("new.o")));
    }

    [Fact]
    public void A_set_of_another_policy_is_refused_and_so_is_a_folder_that_is_none()
    {
        Assert.Contains("error MINIOS1349", _library.Run("adopt", "user.o", "--set", "out", "-o", "new.o").MustEndWith(2).Errors);
        Assert.Contains("error MINIOS1801", _library.Run("adopt", "user.o", "--set", "include", "-o", "new.o").MustEndWith(2).Errors);
        Assert.Contains("give the set", _library.Run("adopt", "user.o", "-o", "new.o").MustEndWith(2).Errors);
    }

    [Fact]
    public void Adopting_again_changes_nothing()
    {
        _library.Run("adopt", "user.o", "--set", "out", "--policy", "policy.json", "-o", "new.o").MustEndWith(0);
        byte[] once = System.IO.File.ReadAllBytes(File("new.o"));

        _library.Run("adopt", "new.o", "--set", "out", "--policy", "policy.json", "-o", "new.o").MustEndWith(0);

        Assert.Equal(once, System.IO.File.ReadAllBytes(File("new.o")));
    }

    private string File(string name) => Path.Combine(_library.Folder, name);
}
