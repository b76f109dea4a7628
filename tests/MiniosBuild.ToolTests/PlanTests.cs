using System.Text.Json;

namespace MiniosBuild.ToolTests;

public sealed class PlanTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public PlanTests() => _library.WritePolicy();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void Without_headers_every_definition_is_public()
    {
        Minios.Result result = _library.Run("plan", "--policy", "policy.json", "libparts.a").MustEndWith(0);
        Assert.Equal(
            ["libparts.a(frob.o): frob -> acme_frob", "libparts.a(twice.o): count -> _acme_count", "libparts.a(twice.o): spare -> acme_spare", "libparts.a(twice.o): twice -> acme_twice"],
            result.Lines.Select(WithoutReason));
        Assert.Contains("4 global definitions: 4 renamed, 0 made local, 0 kept", result.Errors);
    }

    [Theory]
    [InlineData("--headers", "include")]
    [InlineData("--public", "names.txt")]
    [InlineData("--consumer", "user.o")]
    public void What_is_public_comes_from_headers_from_a_list_or_from_programs(params string[] option)
    {
        _library.Write("names.txt", "# the interface\nfrob\n");
        _library.Compile("user", "int frob(int); int main(void) { return frob(1); }\n");
        Minios.Result result = _library.Run(["plan", "--policy", "policy.json", "libparts.a", .. option]).MustEndWith(0);
        string[] expected = ["libparts.a(frob.o): frob -> acme_frob", "libparts.a(twice.o): count -> _acme_count", "libparts.a(twice.o): spare becomes local", "libparts.a(twice.o): twice -> _acme_twice"];
        Assert.Equal(expected, result.Lines.Select(WithoutReason));
    }

    [Fact]
    public void A_plan_and_a_map_are_written_and_a_second_run_leaves_them_alone()
    {
        string[] plan = ["plan", "--policy", "policy.json", "libparts.a", "-o", "plan.json", "--map", "renames.txt"];
        Assert.Equal("", _library.Run(plan).MustEndWith(0).Output);
        Assert.Equal("count _acme_count\nfrob acme_frob\nspare acme_spare\ntwice acme_twice\n", File.ReadAllText(Path.Combine(_library.Folder, "renames.txt")));
        DateTime written = File.GetLastWriteTimeUtc(Path.Combine(_library.Folder, "plan.json"));
        _library.Run(plan).MustEndWith(0);
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_library.Folder, "plan.json")));
    }

    [Fact]
    public void A_plan_with_errors_is_told_and_not_written()
    {
        _library.Compile("again", "int frob(int n) { return n; }\n");
        Minios.Result result = _library.Run("plan", "--policy", "policy.json", "libparts.a", "again.o", "-o", "plan.json").MustEndWith(1);
        Assert.Contains("error MINIOS1309", result.Errors);
        Assert.False(File.Exists(Path.Combine(_library.Folder, "plan.json")));
    }

    [Fact]
    public void Json_has_every_decision_with_its_rule()
    {
        JsonElement report = _library.Run("plan", "--policy", "policy.json", "libparts.a", "--headers", "include", "--format", "json").MustEndWith(0).Json;
        JsonElement frob = report.GetProperty("decisions").EnumerateArray().Single(decision => decision.GetProperty("name").GetString() == "frob");
        Assert.Equal(
            ("rename", "acme_frob", "parts", "libparts.a(frob.o)", 8),
            (frob.GetProperty("action").GetString(), frob.GetProperty("newName").GetString(), frob.GetProperty("library").GetString(),
                frob.GetProperty("object").GetString(), frob.GetProperty("rule").GetInt32()));
        Assert.Contains("include/parts.h(1)", frob.GetProperty("reason").GetString());
        Assert.Equal("acme", report.GetProperty("policy").GetString());
    }

    [Fact]
    public void A_libc_of_somebody_else_can_be_planned_with_a_policy_of_two_lines()
    {
        const string Musl = "/usr/lib/x86_64-linux-musl/libc.a";
        JsonElement plan = _library.Run("plan", "--policy", "policy.json", $"musl={Musl}", "--format", "json").MustEndWith(0).Json;
        var names = plan.GetProperty("decisions").EnumerateArray().ToLookup(
            decision => decision.GetProperty("name").GetString()!, decision => decision.GetProperty("newName").GetString()!);
        Assert.Equal(["acme_fopen"], names["fopen"].Distinct());
        Assert.Equal(["memcpy"], names["memcpy"].Distinct());
        Assert.True(names.Count > 1000);
    }

    private static string WithoutReason(string line) => line[..line.IndexOf(" (rule ", StringComparison.Ordinal)];
}
