using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class BaselineTests
{
    private static readonly Finding s_leak = Leak("leak");

    [Fact]
    public void A_written_baseline_accepts_what_it_was_written_from()
    {
        Finding[] findings = [Leak("b"), Leak("a"), Leak("a b%"), s_leak with { Member = null, Symbol = null }, s_leak with { Member = null, File = "/x/entry.o" }];
        string text = Baseline.Write(findings);

        BaselineResult result = Baseline.Parse(text, "b.txt").Apply(findings);

        Assert.Empty(result.Remaining);
        Assert.Empty(result.Stale);
        Assert.Equal(findings.Length, result.Accepted);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("#", lines[0]);
        Assert.Equal(
            ["MINIOS1410 core - -", "MINIOS1410 core a.o a", "MINIOS1410 core a.o a%20b%25", "MINIOS1410 core a.o b", "MINIOS1410 core entry.o leak"], lines[1..]);
    }

    [Fact]
    public void It_holds_on_another_machine_after_the_source_moved_and_the_words_changed()
    {
        Baseline baseline = Baseline.Parse(Baseline.Write([s_leak]), "b.txt");
        Finding moved = s_leak with
        {
            File = "/elsewhere/libminios-core.a", Message = "said otherwise", MemberOffset = 5, Severity = DiagnosticSeverity.Warning,
            Position = new("a.c", 9, 9),
        };
        Assert.Empty(baseline.Apply([moved]).Remaining);
        Assert.Single(baseline.Apply([moved with { Symbol = "other" }]).Remaining);
        Assert.Single(baseline.Apply([moved with { Member = "b.o" }]).Remaining);
        Assert.Single(baseline.Apply([moved with { Library = "libc" }]).Remaining);
        Assert.Single(baseline.Apply([moved with { Code = "MINIOS1420" }]).Remaining);
    }

    [Fact]
    public void An_entry_that_accepts_nothing_is_a_finding_at_its_line()
    {
        Baseline baseline = Baseline.Parse("# known\n\n  MINIOS1410 core a.o gone \r\nMINIOS1410 core a.o leak\n", "b.txt");

        Finding stale = baseline.Apply([s_leak]).Stale.Single();

        Diagnostic told = stale.ToDiagnostic();
        Assert.Equal(("MINIOS1440", DiagnosticSeverity.Warning, "b.txt", 3), (told.Code, told.Severity, told.File, told.Line));
        Assert.StartsWith("\"MINIOS1410 core a.o gone\" accepts nothing", told.Message);
        Assert.Empty(baseline.Apply([s_leak], FindingLevels.Parse("MINIOS1440=none")).Stale);
        Assert.Equal(DiagnosticSeverity.Error, baseline.Apply([s_leak], FindingLevels.Parse("MINIOS1440=error")).Stale.Single().Severity);
    }

    [Fact]
    public void A_finding_that_is_silenced_is_not_gone()
    {
        Baseline baseline = Baseline.Parse("MINIOS1410 core a.o leak\nMINIOS1420 core a.o twice\n", "b.txt");
        Assert.Equal(2, Assert.Single(baseline.Apply([], FindingLevels.Silencing("MINIOS1410")).Stale).Position!.Value.Line);
    }

    [Theory]
    [InlineData("MINIOS1410 core a.o", "expected \"CODE LIBRARY MEMBER SYMBOL\"")]
    [InlineData("MINIOS1410 core a.o x y", "expected \"CODE LIBRARY MEMBER SYMBOL\"")]
    [InlineData("MINIOS1410 core a.o x%2", "expected \"CODE LIBRARY MEMBER SYMBOL\"")]
    [InlineData("MINIOS1410 core a.o x%zz", "expected \"CODE LIBRARY MEMBER SYMBOL\"")]
    [InlineData("MINIOS1417 core a.o -", "MINIOS1417 is about damage")]
    [InlineData("MINIOS2003 core a.o -", "MINIOS2003 is about damage")]
    [InlineData("MINIOS1440 core a.o -", "MINIOS1440 is about baselines")]
    [InlineData("MINIOS9999 core a.o -", "MINIOS9999 is no code of a finding")]
    [InlineData("MINIOS1410 core x.o y", "the same entry is in line 2")]
    public void A_malformed_line_is_an_error_there(string line, string said)
    {
        Diagnostic error = Assert.Throws<DiagnosticException>(() => Baseline.Parse($"#\nMINIOS1410 core x.o y\n{line}\n", "b.txt")).Diagnostic;
        Assert.Equal(("MINIOS1441", "b.txt", 3), (error.Code, error.File, error.Line));
        Assert.Contains(said, error.Message);
    }

    [Fact]
    public void Damage_messages_and_stale_entries_are_not_written()
    {
        string text = Baseline.Write(
        [
            s_leak with { Code = "MINIOS1417" }, s_leak with { Code = "MINIOS2003" }, s_leak with { Code = "MINIOS1440" },
            s_leak with { Code = "MINIOS1421", Severity = DiagnosticSeverity.Message },
        ]);
        Assert.Equal(0, Baseline.Parse(text, "b.txt").Count);
        Assert.Equal(1, Baseline.Parse(Baseline.Write([s_leak]), "b.txt").Count);
    }

    /// <summary>Members and symbols may hold any bytes but NUL; a line must not end early, nor a word be lost.</summary>
    [Fact]
    public void Any_name_survives() => Prop.ForAll<string, string, string>((library, member, symbol) =>
    {
        Finding finding = s_leak with { Library = library ?? "", Member = member ?? "-", Symbol = symbol ?? " \u0085\u2028%" };
        BaselineResult result = Baseline.Parse(Baseline.Write([finding]), "b.txt").Apply([finding]);
        return result is { Accepted: 1, Stale.Count: 0, Remaining.Count: 0 };
    }).QuickCheckThrowOnFailure();

    private static Finding Leak(string name) => new("MINIOS1410", DiagnosticSeverity.Error, "core", "lib/libminios-core.a", "a.o", name, "message");
}
