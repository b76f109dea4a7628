using System.Text.RegularExpressions;

namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class DiagnosticPagesTests
{
    [Fact]
    public void Every_code_of_the_readers_has_a_page_and_every_page_a_code()
    {
        string root = Root();
        string[] codes = [.. Directory.EnumerateFiles(Path.Combine(root, "src", "MiniosBuild.ObjectFormats"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), "\"(MINIOS[0-9]{4})\"").Select(match => match.Groups[1].Value))
            .Distinct().Order()];
        string[] pages = [.. Directory.EnumerateFiles(Path.Combine(root, "docs", "diagnostics"), "MINIOS2*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path)!).Order()];

        Assert.Equal(pages, codes);
        Assert.All(pages, code =>
        {
            string text = File.ReadAllText(Path.Combine(root, "docs", "diagnostics", code + ".md"));
            Assert.StartsWith($"# {code}: ", text);
            Assert.Matches(new Regex("\n## Cause\n.+\n## Example\n.+\n## Fix\n.+", RegexOptions.Singleline), text);
        });
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException($"No repository around {AppContext.BaseDirectory}");
    }
}
