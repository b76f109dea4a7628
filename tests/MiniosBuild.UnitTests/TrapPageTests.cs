using System.Globalization;
using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests;

/// <summary>The numbers that comments cite are on the page, and what the page names is in the sources.</summary>
public sealed partial class TrapPageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "traps.md"));
    private static readonly string[] s_sources =
    [
        .. new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)),
    ];

    [Fact]
    public void EveryCitedNumberIsOnThePage()
    {
        int[] listed = [.. Row().Matches(s_page).Select(row => Number(row.Groups[1].Value))];
        int[] cited = [.. s_sources.SelectMany(file => Cited().Matches(File.ReadAllText(file)).SelectMany(match => match.Groups[1].Captures.Concat(match.Groups[2].Captures).Select(capture => Number(capture.Value)))).Distinct().Order()];

        Assert.Equal(Enumerable.Range(1, listed.Length), listed);
        Assert.True(cited.Length >= 15, $"{cited.Length} are cited");
        Assert.Empty(cited.Except(listed));
    }

    [Theory]
    [InlineData("traps.md", 15)]
    [InlineData("parser.md", 12)]
    [InlineData("forecast.md", 10)]
    public void EveryClassThatAPageNamesIsThere(string page, int atLeast)
    {
        string[] classes = [.. Class().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", page))).Select(match => match.Groups[1].Value).Distinct()];
        string text = string.Concat(s_sources.Select(File.ReadAllText));

        Assert.True(classes.Length >= atLeast, $"{classes.Length} classes");
        Assert.All(classes, name => Assert.Matches($@"\b(?:class|record|struct|enum) {name}\b", text));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\b[Tt]raps? (\d+)(?:(?:, | and )(\d+))*")]
    private static partial Regex Cited();

    [GeneratedRegex("`((?:[A-Z][a-z]+|C(?=[A-Z]))(?:[A-Z][A-Za-z]*)+)(?:\\.[A-Za-z]+)?`")]
    private static partial Regex Class();
}
