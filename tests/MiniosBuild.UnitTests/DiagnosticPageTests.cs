using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests;

/// <summary>Every code that a user can see has a page that explains it, and no page outlives its code.</summary>
public sealed partial class DiagnosticPageTests
{
    private static readonly string s_pages = Path.Combine(Repository.Root, "docs", "diagnostics");

    [Fact]
    public void EveryCodeHasAPageAndEveryPageACode()
    {
        var codes = new[] { "src", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Where(f => Path.GetExtension(f) is ".cs" or ".targets" or ".props" && !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Code().Matches(File.ReadAllText(f)).Select(m => m.Value))
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(codes, Directory.GetFiles(s_pages).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryPageHasCauseExampleAndFix() => Assert.All(Directory.GetFiles(s_pages, "*.md"), page =>
    {
        string code = Path.GetFileNameWithoutExtension(page);
        string text = File.ReadAllText(page);
        Assert.StartsWith($"# {code}: ", text);
        string[] sections = ["## Cause", "## Example", "## Fix"];
        Assert.Equal(sections, Heading().Matches(text).Select(m => m.Value.TrimEnd()));
    });

    [GeneratedRegex("MINIOS[0-9]{4}")]
    private static partial Regex Code();

    [GeneratedRegex("^## .*$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
