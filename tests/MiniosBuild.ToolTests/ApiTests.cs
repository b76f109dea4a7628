using System.Text.Json;

namespace MiniosBuild.ToolTests;

public sealed class ApiTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public ApiTests() => _library.WritePolicy();

    public void Dispose() => _library.Dispose();

    [Fact]
    public void The_public_symbols_are_listed_before_and_after_the_pass_alike()
    {
        string[] before = _library.Run("api", "--policy", "policy.json", "libparts.a", "--headers", "include").MustEndWith(0).Lines;
        Assert.Equal(["acme_frob function parts"], before.Where(line => line[0] != '#'));
        _library.Run("apply", "--policy", "policy.json", "libparts.a", "--headers", "include", "-o", "out.a").MustEndWith(0);
        Assert.Equal(before, _library.Run("api", "--policy", "policy.json", "parts=out.a").MustEndWith(0).Lines);
    }

    [Fact]
    public void What_compilers_give_is_no_public_symbol_before_or_after_the_pass()
    {
        _library.Compile("memory", "void *memcpy(void *to, const void *from, unsigned long n) { (void)from; (void)n; return to; }\nint good(void) { return 1; }\n");
        string[] before = _library.Run("api", "--policy", "policy.json", "memory.o").MustEndWith(0).Lines;
        Assert.Equal(["acme_good function memory"], before.Where(line => line[0] != '#'));
        _library.Run("apply", "--policy", "policy.json", "memory.o", "-o", "out.o").MustEndWith(0);
        Assert.Equal(before, _library.Run("api", "--policy", "policy.json", "memory=out.o").MustEndWith(0).Lines);
    }

    [Fact]
    public void A_list_is_kept_and_every_difference_to_it_is_an_error_at_its_line()
    {
        string[] api = ["api", "--policy", "policy.json", "libparts.a"];
        _library.Run([.. api, "--update", "minios.api.txt"]).MustEndWith(0);
        Assert.Equal("", _library.Run([.. api, "--check", "minios.api.txt"]).MustEndWith(0).Output);

        string list = File.ReadAllText(Path.Combine(_library.Folder, "minios.api.txt"));
        _library.Write("minios.api.txt", list.Replace("acme_spare function", "acme_spares function"));
        Minios.Result result = _library.Run([.. api, "--check", "minios.api.txt"]).MustEndWith(1);
        int line = 1 + Array.FindIndex(list.Split('\n'), text => text.StartsWith("acme_spare ", StringComparison.Ordinal));
        Assert.Equal(
            [$"minios.api.txt({line}): error MINIOS1603", $"minios.api.txt({line}): error MINIOS1604"],
            result.Lines.Select(text => text[..text.IndexOf(": ", text.IndexOf("MINIOS", StringComparison.Ordinal), StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_list_that_is_not_there_is_an_error_of_its_own() =>
        Assert.Contains("MINIOS1602", _library.Run("api", "--policy", "policy.json", "libparts.a", "--check", "none.txt").MustEndWith(2).Errors);

    [Fact]
    public void Json_says_where_a_header_declares_a_symbol()
    {
        JsonElement symbol = Assert.Single(_library.Run("api", "--policy", "policy.json", "libparts.a", "--headers", "include", "--format", "json").MustEndWith(0)
            .Json.GetProperty("symbols").EnumerateArray());
        Assert.Equal(
            ("acme_frob", "function", "parts", "include/parts.h", 1),
            (symbol.GetProperty("name").GetString(), symbol.GetProperty("kind").GetString(), symbol.GetProperty("library").GetString(),
                symbol.GetProperty("file").GetString(), symbol.GetProperty("line").GetInt32()));
    }
}
