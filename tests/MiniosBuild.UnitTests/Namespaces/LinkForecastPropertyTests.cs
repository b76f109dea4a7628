using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Links at random, forecast and done: the members taken, the errors and the winners are those of the machine's ld.</summary>
public sealed class LinkForecastPropertyTests
{
    private const int CasesPerSeed = 40;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void The_forecast_is_what_ld_does(int seed)
    {
        for (int i = 0; i < CasesPerSeed; i++)
        {
            var link = new LinkRandomCase((seed * 10000) + i);
            LinkForecast forecast = LinkForecast.Make(link.Inputs, new LinkSettings
            {
                Options = LinkerOptions.Parse(link.Options),
                Files = path => link.Files.TryGetValue(Path.GetFileName(path), out byte[]? bytes) ? new LinkFile(Path.GetFileName(path), bytes) : null,
            });
            LinkRealLink real = LinkRealLink.Of(link.Inputs, link.Options, link.Files);
            string told = $"case {(seed * 10000) + i}\n{link}\n{real.Errors}";
            Check(string.Join(' ', real.Taken), string.Join(' ', forecast.Objects.Select(o => o.Member ?? o.File)), "taken", told);
            Check(string.Join(' ', real.Missing), Sorted(forecast.Missing.Where(m => !m.IsWeak).Select(m => m.Name)), "missing", told);
            Check(string.Join(' ', real.Duplicates), Sorted(forecast.Collisions.Where(c => c.Kind == CollisionKind.Refused).Select(c => c.Name)), "refused", told);
            Assert.True(real.Image is not null, told);
            foreach ((string name, LinkPlace place) in forecast.Definitions)
            {
                Assert.Equal(place, forecast.DefinitionOf(name));
                Check($"{real.At(name):x}", $"{Contents(place):x}", $"winner of {name}", told);
            }
        }
    }

    private static string Sorted(IEnumerable<string> names) => string.Join(' ', new SortedSet<string>(names));

    private static void Check(string expected, string actual, string what, string told) =>
        Assert.True(expected == actual, $"{what}: ld has \"{expected}\", the forecast \"{actual}\"\n{told}");

    /// <summary>The eight bytes that a definition has of its own.</summary>
    private static ulong Contents(LinkPlace place)
    {
        ElfFile elf = place.Object.Elf!;
        ElfSymbol symbol = elf.Symbols[place.Symbol];
        return symbol.IsCommon ? 0
            : symbol.IsAbsolute ? symbol.Value
            : BitConverter.ToUInt64(elf.Contents((int)symbol.SectionIndex).Span[(int)symbol.Value..]);
    }
}
