using System.Text.Json;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

public sealed class ApplyTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public ApplyTests() => _library.WritePolicy();

    public void Dispose() => _library.Dispose();

    [Theory]
    [InlineData("managed")]
    [InlineData("objcopy")]
    [InlineData("llvm-objcopy")]
    public void A_policy_is_applied_by_any_rewriter_and_what_comes_out_passes_the_check(string rewriter)
    {
        string[] program = rewriter == "llvm-objcopy" ? ["--objcopy", LlvmTool.Find(rewriter)] : [];
        _library.Run([.. Apply("out.a"), "--headers", "include", "--rewriter", rewriter, .. program]).MustEndWith(0);
        Assert.Equal(["_acme_count", "_acme_twice", "acme_frob"], GlobalsOf("out.a"));
        _library.Run("check", "--policy", "policy.json", "parts=out.a").MustEndWith(0);
        Assert.Equal(["count", "frob", "spare", "twice"], GlobalsOf("libparts.a"));
    }

    [Fact]
    public void What_was_passed_links_and_runs()
    {
        _library.Run([.. Apply("out.a"), "--headers", "include"]).MustEndWith(0);
        _library.Write("main.c", "int acme_frob(int n);\nint main(void) { return acme_frob(20) == 41 ? 0 : 1; }\n");
        RealTool.Run("gcc", "-o", Path.Combine(_library.Folder, "main"), Path.Combine(_library.Folder, "main.c"), Path.Combine(_library.Folder, "out.a"));
        RealTool.Run(Path.Combine(_library.Folder, "main"));
    }

    [Fact]
    public void A_second_time_changes_nothing()
    {
        _library.Run(Apply("out.a")).MustEndWith(0);
        byte[] once = File.ReadAllBytes(Path.Combine(_library.Folder, "out.a"));
        JsonElement file = _library.Run("apply", "--policy", "policy.json", "parts=out.a", "-o", "out.a", "--format", "json").MustEndWith(0).Json.GetProperty("files")[0];
        Assert.Equal((false, 0), (file.GetProperty("changed").GetBoolean(), file.GetProperty("changedMembers").GetInt32()));
        Assert.Equal(once, File.ReadAllBytes(Path.Combine(_library.Folder, "out.a")));
    }

    [Fact]
    public void Another_policy_over_a_passed_archive_is_refused_and_the_archive_stays()
    {
        _library.Run(Apply("out.a")).MustEndWith(0);
        byte[] before = File.ReadAllBytes(Path.Combine(_library.Folder, "out.a"));
        _library.WritePolicy("other.json", "zeta_");
        Minios.Result result = _library.Run("apply", "--policy", "other.json", "parts=out.a", "-o", "out.a");
        Assert.NotEqual(0, result.Code);
        Assert.Contains("error MINIOS13", result.Errors);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_library.Folder, "out.a")));
    }

    [Fact]
    public void A_plan_made_before_is_applied()
    {
        _library.Run("plan", "--policy", "policy.json", "libparts.a", "--headers", "include", "-o", "plan.json").MustEndWith(0);
        _library.Run("apply", "--plan", "plan.json", "libparts.a", "-o", "out.a").MustEndWith(0);
        Assert.Equal(["_acme_count", "_acme_twice", "acme_frob"], GlobalsOf("out.a"));
    }

    [Fact]
    public void A_map_is_applied_as_objcopy_does()
    {
        _library.Write("map.txt", "# ours\nfrob grind\n\ncount tally\n");
        _library.Run("apply", "--map", "map.txt", "libparts.a", "-o", "ours.a").MustEndWith(0);
        _library.Write("plain.txt", "frob grind\ncount tally\n");
        RealTool.Run("objcopy", "-D", $"--redefine-syms={Path.Combine(_library.Folder, "plain.txt")}", Path.Combine(_library.Folder, "libparts.a"), Path.Combine(_library.Folder, "theirs.a"));
        Assert.Equal(["grind", "spare", "tally", "twice"], GlobalsOf("ours.a"));
        Assert.Equal(Symbols("theirs.a"), Symbols("ours.a"));
    }

    [Fact]
    public void An_entry_of_a_map_that_matches_nothing_is_reported_where_objcopy_is_silent()
    {
        _library.Write("map.txt", "frob grind\nfrobb grindd\n");
        Minios.Result result = _library.Run("apply", "--map", "map.txt", "libparts.a", "-o", "out.a").MustEndWith(0);
        Assert.Contains("map.txt(2): warning MINIOS1332", result.Errors);
    }

    [Fact]
    public void A_name_that_is_taken_is_refused_and_nothing_is_written()
    {
        _library.Write("map.txt", "frob twice\n");
        Assert.Matches("error MINIOS(1333|2014): .*twice", _library.Run("apply", "--map", "map.txt", "libparts.a", "-o", "out.a").MustEndWith(2).Errors);
        Assert.DoesNotContain("out.a", string.Join(' ', Directory.GetFiles(_library.Folder).Select(Path.GetFileName)));
    }

    [Fact]
    public void A_name_that_another_of_the_files_has_is_taken_too()
    {
        _library.Write("map.txt", "frob spare\n");
        Directory.CreateDirectory(Path.Combine(_library.Folder, "out"));
        Minios.Result result = _library.Run("apply", "--map", "map.txt", "frob.o", "twice.o", "-o", "out").MustEndWith(2);
        Assert.StartsWith("map.txt: error MINIOS1333: \"frob\" of frob.o would become \"spare\", a name that twice.o has already", result.Errors);
        Assert.Empty(Directory.GetFiles(Path.Combine(_library.Folder, "out")));
    }

    [Fact]
    public void Of_several_files_all_are_published_or_none()
    {
        _library.Compile("good", "int good(void) { return 1; }\n").Archive("libgood.a", "good");
        _library.Write("map.txt", "good better\nfrob twice\n");
        Directory.CreateDirectory(Path.Combine(_library.Folder, "out"));
        _library.Run("apply", "--map", "map.txt", "libgood.a", "libparts.a", "-o", "out").MustEndWith(2);
        Assert.Empty(Directory.GetFiles(Path.Combine(_library.Folder, "out")));

        _library.Write("map.txt", "good better\nfrob grind\n");
        _library.Run("apply", "--map", "map.txt", "libgood.a", "libparts.a", "-o", "out").MustEndWith(0);
        Assert.Equal(["libgood.a", "libparts.a"], Directory.GetFiles(Path.Combine(_library.Folder, "out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void An_input_that_is_called_like_a_temporary_file_of_the_output_stays()
    {
        File.Move(Path.Combine(_library.Folder, "libparts.a"), Path.Combine(_library.Folder, "out.a.tmp"));
        byte[] before = File.ReadAllBytes(Path.Combine(_library.Folder, "out.a.tmp"));
        _library.Run("apply", "--policy", "policy.json", "parts=out.a.tmp", "--headers", "include", "-o", "out.a").MustEndWith(0);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_library.Folder, "out.a.tmp")));
        Assert.Equal(["_acme_count", "_acme_twice", "acme_frob"], GlobalsOf("out.a"));
    }

    [Fact]
    public void The_note_of_a_plan_says_what_the_plan_was_made_for()
    {
        _library.Run("plan", "--policy", "policy.json", "--libc", "private", "libc=libparts.a", "-o", "plan.json").MustEndWith(0);
        _library.Run("apply", "--plan", "plan.json", "--policy", "policy.json", "libparts.a", "-o", "out.a").MustEndWith(0);
        _library.Run("check", "--policy", "policy.json", "--libc", "private", "libc=out.a").MustEndWith(0);
    }

    [Fact]
    public void A_note_of_another_policy_than_the_plans_is_refused()
    {
        _library.Run("plan", "--policy", "policy.json", "libparts.a", "-o", "plan.json").MustEndWith(0);
        Assert.StartsWith("plan.json: error MINIOS1806: ", _library.Run("apply", "--plan", "plan.json", "--policy", "minios", "libparts.a", "-o", "out.a").MustEndWith(2).Errors);
        Assert.False(File.Exists(Path.Combine(_library.Folder, "out.a")));
    }

    [Fact]
    public void A_plan_of_other_files_is_reported()
    {
        _library.Run("plan", "--policy", "policy.json", "libparts.a", "-o", "plan.json").MustEndWith(0);
        _library.Compile("good", "int good(void) { return 1; }\n");
        Assert.Contains("plan.json: warning MINIOS1332: ", _library.Run("apply", "--plan", "plan.json", "good.o", "-o", "out.o").MustEndWith(0).Errors);
        Assert.DoesNotContain("MINIOS1332", _library.Run("apply", "--plan", "plan.json", "frob.o", "-o", "out.o").MustEndWith(0).Errors);
    }

    [Theory]
    [InlineData("map.txt/", "libparts.a")]
    [InlineData("map.txt", "libparts.a", "frob.o")]
    [InlineData("out", "libparts.a", "copy/libparts.a")]
    public void An_output_that_cannot_be_is_refused(string output, params string[] inputs)
    {
        Directory.CreateDirectory(Path.Combine(_library.Folder, "out"));
        Directory.CreateDirectory(Path.Combine(_library.Folder, "copy"));
        File.Copy(Path.Combine(_library.Folder, "libparts.a"), Path.Combine(_library.Folder, "copy/libparts.a"));
        _library.Write("map.txt", "frob grind\n");
        Assert.Contains("error MINIOS1803", _library.Run(["apply", "--map", "map.txt", "-o", output, .. inputs]).MustEndWith(2).Errors);
    }

    [Theory]
    [InlineData("new/out.a", "new/out.a", "libparts.a")]
    [InlineData("new/", "new/libparts.a", "libparts.a")]
    [InlineData("new/deep", "new/deep/frob.o", "libparts.a", "frob.o")]
    public void Folders_that_are_missing_are_made(string output, string made, params string[] inputs)
    {
        _library.Write("map.txt", "frob grind\n");
        _library.Run(["apply", "--map", "map.txt", "-o", output, .. inputs]).MustEndWith(0);
        Assert.Contains("grind", GlobalsOf(made));
    }

    private string[] Apply(string output) => ["apply", "--policy", "policy.json", "libparts.a", "-o", output];

    private IEnumerable<string> GlobalsOf(string archive) =>
        RealTool.Run("nm", "-g", "--defined-only", "--format=posix", Path.Combine(_library.Folder, archive)).Split('\n')
            .Where(line => line.Contains(' ') && !line.EndsWith(':')).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal);

    private string Symbols(string archive) => RealTool.Run("nm", "--format=posix", "-p", Path.Combine(_library.Folder, archive)).Replace(archive, "");
}
