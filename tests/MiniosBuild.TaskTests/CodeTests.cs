using System.Reflection;
using System.Text.RegularExpressions;
using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain;

namespace MiniosBuild.TaskTests;

/// <summary>The codes of the toolchain and of the tasks.</summary>
public sealed class CodeTests
{
    private static readonly (string Name, string Code)[] Codes =
    [
        .. new[] { typeof(ToolchainCodes), typeof(TaskCodes) }.SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Select(f => ($"{f.DeclaringType!.Name}.{f.Name}", (string)f.GetRawConstantValue()!)),
    ];

    [Fact]
    public void Every_code_means_one_thing()
    {
        Assert.NotEmpty(Codes);
        Assert.All(Codes, c => Assert.Matches("^MINIOS[0-9]{4}$", c.Code));
        Assert.Empty(Codes.GroupBy(c => c.Code).Where(g => g.Count() > 1).Select(g => string.Join(" = ", g.Select(c => c.Name))));
    }

    [Fact]
    public void No_code_is_also_one_of_the_rooms_below()
    {
        var others = new[] { "ObjectFormats", "CSource", "Policy", "Validation", "Linking", "Renaming" }
            .SelectMany(p => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "MiniosBuild." + p), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Regex.Matches(File.ReadAllText(f), "\"(MINIOS[0-9]{4})\"").Select(m => m.Groups[1].Value)).ToHashSet();

        Assert.NotEmpty(others);
        Assert.DoesNotContain(Codes, c => others.Contains(c.Code));
    }

    [Fact]
    public void Every_code_has_a_page_with_cause_example_and_fix() => Assert.All(Codes, c =>
    {
        string page = Path.Combine(Repository.Root, "docs", "diagnostics", c.Code + ".md");
        Assert.True(File.Exists(page), $"{c.Name} has no page {page}");
        string text = File.ReadAllText(page);
        Assert.StartsWith($"# {c.Code}: ", text);
        int cause = text.IndexOf("\n## Cause\n", StringComparison.Ordinal), example = text.IndexOf("\n## Example\n", StringComparison.Ordinal), fix = text.IndexOf("\n## Fix\n", StringComparison.Ordinal);
        Assert.True(0 < cause && cause < example && example < fix, $"{page} lacks a section");
        Assert.Contains("\n    ", text[example..fix]);
    });
}
