using System.Text.RegularExpressions;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class DiagnosticPageTests
{
    private static readonly Regex OwnCode = new("MINIOS1[345][0-9]{2}");

    /// <summary>The codes of the symbol pass, the symbol policy and the header policy.</summary>
    [Fact]
    public void Every_code_in_the_source_has_a_page_and_every_page_a_code()
    {
        string root = BuiltInPolicy.RepositoryRoot();
        string[] used =
        [
            .. Directory.GetFiles(Path.Combine(root, "src", "MiniosBuild.Namespaces"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains("/obj/"))
                .SelectMany(file => Regex.Matches(File.ReadAllText(file), "\"(MINIOS[0-9]{4})\"").Select(match => match.Groups[1].Value))
                .Distinct().Order(StringComparer.Ordinal),
        ];
        string[] pages =
        [
            .. Directory.GetFiles(Path.Combine(root, "docs", "diagnostics"), "MINIOS*.md")
                .Select(file => Path.GetFileNameWithoutExtension(file)!).Where(code => OwnCode.IsMatch(code)).Order(StringComparer.Ordinal),
        ];
        Assert.NotEmpty(used);
        Assert.Equal(used, pages);
        foreach (string code in pages)
        {
            string text = File.ReadAllText(Path.Combine(root, "docs", "diagnostics", code + ".md"));
            Assert.Matches($@"\A# {code}: .+\n\n## Cause\n\n(.+\n)+\n## Example\n\n    .*{code}.*\n\n## Fix\n\n(.+\n)+\z", text);
        }
    }
}
