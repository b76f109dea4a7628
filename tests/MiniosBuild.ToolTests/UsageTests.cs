using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary>What the command line says when it is wrong, and when it is asked.</summary>
public sealed class UsageTests
{
    public static TheoryData<string> Commands => ["check", "plan", "apply", "api", "explain", "consumers", "headers", "migrate"];

    [Theory]
    [InlineData("'minios --help' lists")]
    [InlineData("'minios --help' lists", "chekc")]
    [InlineData("'minios check --help' lists", "check")]
    [InlineData("'musl' not recognized", "check", "a.o", "--libc", "musl")]
    [InlineData("'xml' not recognized", "check", "a.o", "--format", "xml")]
    [InlineData("--public headers needs", "plan", "a.o", "--public", "headers")]
    [InlineData("give the set", "consumers", "a.o")]
    [InlineData("exclude each other", "consumers", "a.o", "--set", "b.o", "--plan", "plan.json")]
    [InlineData("give --policy, --plan or --map", "apply", "a.o", "-o", "b.o")]
    [InlineData("exclude each other", "apply", "a.o", "-o", "b.o", "--plan", "p", "--map", "m")]
    [InlineData("give archives or objects, or headers", "check", "--policy", "minios")]
    [InlineData("takes the name of one folder", "headers", "include", "--below", "a/b")]
    [InlineData("exclude each other", "headers", "include", "--plan", "p", "--archive", "a.o")]
    [InlineData("MINIOS1804", "headers", "none")]
    [InlineData("MINIOS1801", "check", "none.a")]
    [InlineData("MINIOS1801", "check", "/tmp")]
    [InlineData("MINIOS1405", "check", "none.a", "--policy", "none.json")]
    public void What_cannot_be_done_ends_with_2_and_says_why(string expected, params string[] arguments)
    {
        Minios.Result result = Minios.Run(Path.GetTempPath(), arguments).MustEndWith(2);
        Assert.Equal("", result.Output);
        Assert.Contains(expected, result.Errors);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("sarif")]
    public void An_output_that_cannot_be_written_is_no_crash(string format)
    {
        using SmallLibrary library = new SmallLibrary().WithParts();
        string minios = Path.Combine(AppContext.BaseDirectory, "minios.dll");
        string said = RealTool.Run("sh", "-c", $"cd {library.Folder}; dotnet exec {minios} plan libparts.a --format {format} 2>&1 >/dev/full; echo $?");
        Assert.Contains("error MINIOS9001", said);
        Assert.EndsWith("\n2\n", said);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Help_names_the_exit_codes(string command)
    {
        Minios.Result result = Minios.Run(Path.GetTempPath(), command, "--help").MustEndWith(0);
        Assert.Contains("  1      ", result.Output);
        Assert.Contains("  2      not done", result.Output);
        Assert.Contains("  130    interrupted", result.Output);
    }
}
