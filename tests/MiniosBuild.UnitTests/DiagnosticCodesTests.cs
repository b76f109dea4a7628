using System.Reflection;
using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests;

/// <summary>The table of diagnostics, and everything else that spells a code: sources, targets files, pages.</summary>
public sealed partial class DiagnosticCodesTests
{
    private static readonly (string Name, string Code, TitleAttribute Title)[] s_table =
    [
        .. typeof(Diagnostic).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(field => field.GetCustomAttribute<TitleAttribute>() is not null)
            .Select(field => ($"{field.DeclaringType!.Name}.{field.Name}", (string)field.GetRawConstantValue()!, field.GetCustomAttribute<TitleAttribute>()!)),
    ];

    private static readonly string[] s_codes = [.. s_table.Select(row => row.Code)];

    private static readonly string s_tableFile = Path.Combine("src", "MiniosBuild.ObjectFormats", "DiagnosticCodes.cs");

    private static readonly Dictionary<string, string> s_sources = Files("src", "*.cs").Where(file => file != s_tableFile).ToDictionary(file => file, Text);

    private static readonly Dictionary<string, string> s_targets = Files("build", "*.targets").Concat(Files("build", "*.props")).ToDictionary(file => file, Text);

    [Fact]
    public void EveryNumberIsGivenOnce()
    {
        Assert.All(s_codes, code => Assert.Matches("^MINIOS[0-9]{4}$", code));
        Assert.Empty(s_table.GroupBy(row => row.Code).Where(same => same.Count() > 1).Select(same => string.Join(" = ", same.Select(row => row.Name))));
    }

    /// <summary>All constants that look like codes are in the table.</summary>
    [Fact]
    public void SourcesSpellNoCode() => Assert.Empty(
        s_sources.SelectMany(file => Code().Matches(Comment().Replace(file.Value, "")).Select(match => $"{file.Key}: {match.Value}")));

    [Fact]
    public void EveryCodeIsGivenBySomething()
    {
        var given = s_sources.Values.SelectMany(text => Name().Matches(Comment().Replace(text, ""))).Select(match => match.Value).ToHashSet();
        var spelled = s_targets.Values.SelectMany(text => Code().Matches(text)).Select(match => match.Value).ToHashSet();

        Assert.Empty(s_table.Where(row => !given.Contains(row.Name) && !given.Contains(row.Name.Replace("FindingCodes.", "SetFinding.")) && !spelled.Contains(row.Code)).Select(row => $"{row.Code} {row.Name}"));
    }

    /// <summary>The validator keeps the numbers alone.</summary>
    [Fact]
    public void NumbersOfTheValidatorAreThoseOfTheTable() => Assert.All(
        Enum.GetValues<SetFinding>(), finding => Assert.Contains(($"FindingCodes.{finding}", $"MINIOS{(int)finding}"), s_table.Select(row => (row.Name, row.Code))));

    [Fact]
    public void TargetsFilesSpellCodesOfTheTableAndLeadToTheirPages() => Assert.All(s_targets, file =>
    {
        Assert.Empty(Code().Matches(file.Value).Select(match => match.Value).Except(s_codes));
        foreach (Match error in Element().Matches(file.Value))
        {
            string code = Code().Match(error.Value).Value;
            Assert.Contains($"Code=\"{code}\"", error.Value);
            Assert.Contains($"docs/diagnostics/{code}.md", error.Value);
        }
    });

    [Fact]
    public void EveryCodeHasAPageAndEveryPageACode() => Assert.Equal(
        s_codes.Order(StringComparer.Ordinal), Files("docs/diagnostics", "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void APageHasTheTitleOfTheTableThenCauseExampleAndFix() => Assert.All(s_table, row =>
    {
        string page = Text(Path.Combine("docs", "diagnostics", row.Code + ".md"));
        Assert.StartsWith($"# {row.Code}: {row.Title.Title}\n", page);
        int cause = page.IndexOf("\n## Cause\n", StringComparison.Ordinal), example = page.IndexOf("\n## Example\n", StringComparison.Ordinal), fix = page.IndexOf("\n## Fix\n", StringComparison.Ordinal);
        Assert.True(0 < cause && cause < example && example < fix, $"{row.Code} lacks a section");
        Assert.Matches("\n(    |```)", page[example..fix]);
    });

    [Fact]
    public void PagesNameOnlyCodesThatThereAre() => Assert.All(
        Files("docs", "*.md").Append("README.md"), file => Assert.Empty(Code().Matches(Text(file)).Select(match => match.Value).Except(s_codes)));

    /// <summary>The policies' schema is held against the same in PolicyTests.</summary>
    [Fact]
    public void FindingsHaveTheirLevelsAsTheTableSays()
    {
        var damage = new[] { FindingCodes.NoObject, FindingCodes.OtherMachine, FindingCodes.IntermediateCode };
        var findings = s_table.Where(row => row.Name.StartsWith("FindingCodes.", StringComparison.Ordinal)).ToDictionary(row => row.Code, row => row.Title.Severity);

        Assert.All(damage, code => Assert.Equal(DiagnosticSeverity.Error, findings[code]));
        Assert.Equal(findings.Where(row => !damage.Contains(row.Key)).OrderBy(row => row.Key), FindingCodes.Levelled.OrderBy(row => row.Key));
    }

    /// <summary>A code may be worse or better in some places, but not in all.</summary>
    [Fact]
    public void WhereSourcesSayALevelItIsThatOfTheTable() => Assert.Empty(
        s_sources.Values.SelectMany(text => Given().Matches(text).Select(match => (Name: match.Groups["code"].Value, Severity: match.Groups["level"].Value)))
            .GroupBy(given => given.Name, given => given.Severity)
            .Join(s_table, given => given.Key, row => row.Name, (given, row) => (Given: given, Row: row))
            .Where(pair => !FindingCodes.Levelled.ContainsKey(pair.Row.Code) && !pair.Given.Contains(pair.Row.Title.Severity.ToString())).Select(pair => pair.Row.Name));

    private static string Text(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"\bMINIOS[0-9]{4}\b")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[A-Z]\w*(Codes|Finding)\.\w+")]
    private static partial Regex Name();

    [GeneratedRegex("(?m)//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(?<level>Error|Warning)\(\s*(?<code>\w+Codes\.\w+)|(?<code>\w+Codes\.\w+),\s*DiagnosticSeverity\.(?<level>\w+)")]
    private static partial Regex Given();

    [GeneratedRegex(@"<(Error|Warning)\b[^>]*MINIOS[^>]*>")]
    private static partial Regex Element();
}
