using System.Text.Json;

namespace MiniosBuild.ToolTests;

public sealed class ConsumersTests : IDisposable
{
    private readonly SmallLibrary _library = new SmallLibrary().WithParts();

    public ConsumersTests()
    {
        _library.WritePolicy();
        _library.Compile("user", "int frob(int); int spare(void); int acme_gone(void); int main(void) { return frob(1) + spare() + acme_gone(); }\n");
    }

    public void Dispose() => _library.Dispose();

    [Fact]
    public void A_plan_says_what_a_program_gets_and_what_it_would_miss()
    {
        _library.Run("plan", "--policy", "policy.json", "libparts.a", "--headers", "include", "-o", "plan.json").MustEndWith(0);
        Minios.Result result = _library.Run("consumers", "user.o", "--policy", "policy.json", "--plan", "plan.json").MustEndWith(0);
        Assert.Equal(
            [
                "acme_gone: defined nowhere; used by user.o",
                "frob: public, called acme_frob now, from libparts.a(frob.o); used by user.o",
                "spare: hidden in libparts.a(twice.o); used by user.o",
            ],
            result.Lines.Order(StringComparer.Ordinal));
        Assert.Equal(2, result.Errors.Split("warning MINIOS1609").Length - 1);
    }

    [Fact]
    public void Finished_files_and_the_map_of_their_renames_say_the_same()
    {
        _library.Run("plan", "--policy", "policy.json", "libparts.a", "--headers", "include", "--map", "map.txt").MustEndWith(0);
        _library.Run("apply", "--policy", "policy.json", "libparts.a", "--headers", "include", "-o", "out.a").MustEndWith(0);
        JsonElement names = _library.Run("consumers", "user.o", "--policy", "policy.json", "--set", "parts=out.a", "--map", "map.txt", "--format", "json")
            .MustEndWith(0).Json.GetProperty("names");
        Assert.Equal(
            ["acme_gone missing same", "frob public old", "spare hidden same"],
            names.EnumerateArray().Select(name => $"{Text(name, "name")} {Text(name, "state")} {Text(name, "form")}").Order(StringComparer.Ordinal));
        Assert.Equal([false, true, true], names.EnumerateArray().Select(name => name.TryGetProperty("provider", out _)));
        Assert.DoesNotContain(names.EnumerateArray(), name => name.GetProperty("uses")[0].TryGetProperty("member", out _));

        static string? Text(JsonElement name, string property) => name.GetProperty(property).GetString();
    }
}
