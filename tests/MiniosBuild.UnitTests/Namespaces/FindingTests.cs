using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class FindingTests
{
    private static readonly Finding s_finding =
        new("MINIOS1410", DiagnosticSeverity.Error, "core", "lib/libminios-core.a", "sched.o", "leak", "function \"leak\" is outside.");

    [Fact]
    public void Without_a_place_in_the_source_it_is_told_at_the_archive()
    {
        Assert.Equal("lib/libminios-core.a: error MINIOS1410: member sched.o: function \"leak\" is outside.", s_finding.ToDiagnostic().ToString());
        Assert.Equal(
            "lib/libminios-core.a: error MINIOS1410: member sched.o at offset 0x44: function \"leak\" is outside.",
            (s_finding with { MemberOffset = 0x44 }).ToDiagnostic().ToString());
        Assert.Equal("entry.o: error MINIOS1410: function \"leak\" is outside.", (s_finding with { File = "entry.o", Member = null }).ToDiagnostic().ToString());
    }

    [Fact]
    public void With_a_place_in_the_source_it_is_told_there_and_names_the_member() => Assert.Equal(
        "src/sched.c(12,5): error MINIOS1410: lib/libminios-core.a(sched.o): function \"leak\" is outside.",
        (s_finding with { Position = new SourcePosition("src/sched.c", 12, 5) }).ToDiagnostic().ToString());

    [Fact]
    public void A_finding_about_a_header_is_told_at_its_line_and_no_member() => Assert.Equal(
        "include/x.h(3): error MINIOS1501: message",
        new Finding("MINIOS1501", DiagnosticSeverity.Error, "headers", "include/x.h", "x.h", "leak", "message", new SourcePosition("include/x.h", 3, 0)).ToDiagnostic().ToString());

    [Theory]
    [InlineData("MINIOS1421=none; MINIOS1410=warning", "MINIOS1421", null)]
    [InlineData("MINIOS1421=none; MINIOS1410=warning", "MINIOS1410", DiagnosticSeverity.Warning)]
    [InlineData("MINIOS1421=error,\n MINIOS1421=message", "MINIOS1421", DiagnosticSeverity.Message)]
    [InlineData("", "MINIOS1421", DiagnosticSeverity.Message)]
    [InlineData("", "MINIOS1416", DiagnosticSeverity.Warning)]
    [InlineData("", "MINIOS1420", DiagnosticSeverity.Error)]
    [InlineData("", "MINIOS2003", DiagnosticSeverity.Error)]
    public void A_level_is_what_was_said_last_or_the_default(string text, string code, DiagnosticSeverity? expected) =>
        Assert.Equal(expected, FindingLevels.Parse(text).SeverityOf(code));

    [Theory]
    [InlineData("MINIOS1417=none", "MINIOS1417 is about damage")]
    [InlineData("MINIOS1418=warning", "MINIOS1418 is about damage")]
    [InlineData("MINIOS1419=message", "MINIOS1419 is about damage")]
    [InlineData("MINIOS2003=none", "MINIOS2003 is about damage")]
    [InlineData("MINIOS2101=none", "MINIOS2101 is about damage")]
    [InlineData("MINIOS1401=none", "MINIOS1401 is no code of a finding")]
    [InlineData("MINOS1410=none", "Did you mean MINIOS1410?")]
    [InlineData("MINIOS1410", "sets no level")]
    [InlineData("MINIOS1410=off", "\"MINIOS1410=off\" sets no level")]
    public void A_level_that_cannot_be_set_is_an_error_that_names_it(string text, string said)
    {
        Diagnostic error = Assert.Throws<DiagnosticException>(() => FindingLevels.Parse(text)).Diagnostic;
        Assert.Equal("MINIOS1442", error.Code);
        Assert.Contains(said, error.Message);
    }

    [Fact]
    public void NoWarn_silences_the_codes_of_findings_and_passes_over_those_of_others()
    {
        FindingLevels levels = FindingLevels.Silencing("CS1591;MINIOS1420, MINIOS1501\tNU1605;MINIOS1417");
        Assert.Equal(["MINIOS1420", "MINIOS1501"], levels.Entries.Keys);
        Assert.Null(levels.SeverityOf("MINIOS1420"));
        Assert.Equal(DiagnosticSeverity.Error, levels.SeverityOf("MINIOS1417"));
    }

    [Fact]
    public void Levels_of_the_user_hold_over_those_of_the_policy()
    {
        FindingLevels both = FindingLevels.Parse("MINIOS1410=warning;MINIOS1421=error").With(FindingLevels.Parse("MINIOS1410=none"));
        Assert.Null(both.SeverityOf("MINIOS1410"));
        Assert.Equal(DiagnosticSeverity.Error, both.SeverityOf("MINIOS1421"));
    }

    [Theory]
    [InlineData("""{ "MINIOS1421": "none", "MINIOS1410": "warning" }""", null, 0, "")]
    [InlineData("""{ "MINIOS1417": "none" }""", "MINIOS1442", 15, "MINIOS1417 is about damage")]
    [InlineData("""{ "MINIOS1410": "off" }""", "MINIOS1402", 29, "$.levels.MINIOS1410 is \"off\"")]
    [InlineData("""[]""", "MINIOS1402", 13, "$.levels is an array")]
    public void A_policy_sets_levels(string levels, string? code, int column, string said)
    {
        string json = $$"""
            { "name": "p", "publicPrefix": "a_", "internalPrefix": "_a_",
              "levels": {{levels}} }
            """;
        ReadOnlyMemory<byte> bytes = System.Text.Encoding.UTF8.GetBytes(json);
        if (code is null)
        {
            Assert.Equal(
                [new("MINIOS1410", FindingLevel.Warning), new("MINIOS1421", FindingLevel.None)], NamespacePolicy.Parse(bytes, "p.json").Levels.Entries);
            return;
        }

        Diagnostic error = Assert.Throws<DiagnosticException>(() => NamespacePolicy.Parse(bytes, "p.json")).Diagnostic;
        Assert.Equal((code, 2, column), (error.Code, error.Line, error.Column));
        Assert.Contains(said, error.Message);
    }

    [Fact]
    public void Beyond_a_limit_findings_of_one_code_are_counted()
    {
        Finding other = s_finding with { Code = "MINIOS1412" };
        Diagnostic[] shown = [.. ShownFindings.Of([s_finding, s_finding, other, s_finding], limit: 2)];
        Assert.Equal(["MINIOS1410", "MINIOS1410", "MINIOS1412", "MINIOS1410"], shown.Select(diagnostic => diagnostic.Code));
        Assert.Contains("and 1 more of this code, 3 in all", shown[^1].Message);
        Assert.Equal(4, ShownFindings.Of([s_finding, s_finding, other, s_finding], limit: 3).Count());
    }
}
