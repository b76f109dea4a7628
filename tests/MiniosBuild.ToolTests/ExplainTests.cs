using System.Text.Json;

namespace MiniosBuild.ToolTests;

public sealed class ExplainTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public ExplainTests() => _library.WritePolicy();

    public void Dispose() => _library.Dispose();

    [Theory]
    [InlineData("twice")]
    [InlineData("_acme_twice")]
    public void A_name_is_explained_by_its_old_and_its_new_name(string name)
    {
        string[] lines = _library.Run("explain", name, "--policy", "policy.json", "libparts.a", "--headers", "include").MustEndWith(0).Lines;
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("twice -> _acme_twice (rule 8: ", lines[0]);
        Assert.Matches(@"^  defined by libparts\.a\(twice\.o\) at twice\.c\(3,\d+\): function, global, library parts$", lines[1]);
        Assert.Matches(@"^  referred to by libparts\.a\(frob\.o\) at frob\.c\(4,\d+\): library parts$", lines[2]);
    }

    [Fact]
    public void Json_has_the_decision_the_definitions_and_the_referrers()
    {
        JsonElement name = Assert.Single(_library.Run("explain", "count", "--policy", "policy.json", "libparts.a", "--format", "json").MustEndWith(0)
            .Json.GetProperty("names").EnumerateArray());
        Assert.Equal(7, name.GetProperty("decision").GetProperty("rule").GetInt32());
        Assert.Equal("libparts.a(twice.o)", Assert.Single(name.GetProperty("definitions").EnumerateArray()).GetProperty("object").GetString());
        Assert.Equal(3, Assert.Single(name.GetProperty("referrers").EnumerateArray()).GetProperty("line").GetInt32());
    }

    [Fact]
    public void A_name_of_a_plan_that_is_refused_is_defined_all_the_same()
    {
        _library.Run("apply", "--policy", "policy.json", "libparts.a", "-o", "out.a").MustEndWith(0);
        _library.WritePolicy("other.json", "zeta_");
        string[] lines = _library.Run("explain", "acme_twice", "--policy", "other.json", "parts=out.a").MustEndWith(1).Lines;
        Assert.Equal("acme_twice is not decided", lines[0]);
        Assert.StartsWith("  defined by out.a(twice.o)", lines[1]);
    }

    [Fact]
    public void A_name_that_nobody_has_is_an_error() =>
        Assert.Contains("MINIOS1805", _library.Run("explain", "elsewhere", "--policy", "policy.json", "libparts.a").MustEndWith(2).Errors);

    [Theory]
    [InlineData("twicee", "twice")]
    [InlineData("acme_cuont", "_acme_count")]
    public void A_name_that_is_misspelt_is_guessed(string name, string meant) =>
        Assert.EndsWith($"Did you mean {meant}?\n", _library.Run("explain", name, "--policy", "policy.json", "libparts.a").MustEndWith(2).Errors);
}
