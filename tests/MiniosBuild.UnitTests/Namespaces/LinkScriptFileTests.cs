using MiniosBuild.Linking.Forecast;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Files that linker scripts name: the forecast finds those that ld finds, and takes them where ld does.</summary>
public sealed class LinkScriptFileTests : IDisposable
{
    private readonly LinkScriptLink _link = new();

    public void Dispose() => _link.Dispose();

    [Theory]
    [InlineData("a.ld: INPUT(f.o)", "main.o a.ld", "main.o f.o; ")]
    [InlineData("a.ld: INPUT(f.o)", "a.ld main.o", "f.o main.o; ")]
    [InlineData("a.ld: INPUT(f.o)", "-T a.ld main.o", "f.o main.o; ")]
    [InlineData("a.ld: INPUT(f.o)", "main.o -T a.ld", "main.o f.o; ")]
    [InlineData("a.ld: INPUT(fg.o) STARTUP(g.o)", "main.o -T a.ld", "g.o main.o fg.o; ")]
    [InlineData("a.ld: INPUT(fg.o) STARTUP(g.o)", "main.o a.ld", "main.o fg.o; g")]
    [InlineData("other/a.ld: INPUT(f.o)", "main.o other/a.ld", "main.o other/f.o; ")]
    [InlineData("other/a.ld: INPUT(f.o)", "main.o -T other/a.ld", "main.o f.o; ")]
    [InlineData("other/a.ld: INPUT(g.o fg.o)", "main.o other/a.ld", "main.o g.o fg.o; ")]
    [InlineData("a.ld: INPUT(libf.a)", "-L lib main.o a.ld", "main.o f.o; ")]
    [InlineData("a.ld: INPUT(-lg -lfg)", "main.o a.ld -L lib", "main.o fg.o; g")]
    [InlineData("a.ld: GROUP(-lg -lfg)", "main.o a.ld -L lib", "main.o fg.o g.o; ")]
    [InlineData("a.ld: GROUP(AS_NEEDED(-lg) AS_NEEDED(-l:libfg.a))", "main.o a.ld -L lib", "main.o fg.o g.o; ")]
    [InlineData("a.ld: INPUT(-lg) GROUP(-lfg) INPUT(-lg)", "main.o a.ld -L lib", "main.o fg.o g.o; ")]
    [InlineData("a.ld: GROUP(-lfg)", "main.o --start-group -lg a.ld --end-group -L lib", "main.o fg.o g.o; ")]
    [InlineData("a.ld: INPUT(-lg)", "main.o --whole-archive a.ld --no-whole-archive -lf -L lib", "main.o g.o f.o; ")]
    [InlineData("a.ld: INPUT(-lf)\nb.ld: INPUT(a.ld)", "main.o b.ld -L lib", "main.o f.o; ")]
    [InlineData("a.ld: GROUP(-lg b.ld)\nb.ld: GROUP(-lfg)", "main.o a.ld -L lib", "main.o fg.o g.o; ")]
    [InlineData("a.ld: INPUT(-lf)\nother/b.ld: INPUT(a.ld)", "main.o other/b.ld -L lib", "main.o f.o; ")]
    [InlineData("a.ld: INCLUDE b.ld\nb.ld: INPUT(f.o)", "main.o a.ld", "main.o f.o; ")]
    [InlineData("a.ld: INCLUDE b.ld\nother/b.ld: INPUT(f.o)", "main.o a.ld -L other", "main.o f.o; ")]
    [InlineData("other/a.ld: INCLUDE b.ld\nb.ld: INPUT(f.o)", "main.o other/a.ld", "main.o other/f.o; ")]
    [InlineData("other/a.ld: INCLUDE b.ld\nother/b.ld: INPUT(f.o)", "main.o other/a.ld", "main.o; ; no file")]
    [InlineData("a.ld: INCLUDE \"b c.ld\" f = g;\nb c.ld: INPUT(g.o)", "main.o a.ld", "main.o g.o; ")]
    [InlineData("a.ld: SECTIONS { INCLUDE b.ld }\nb.ld: f = 5; .text : { *(.text) INCLUDE c.ld }\nc.ld: x = .;", "-T a.ld main.o", "main.o; ")]
    [InlineData("a.ld: MEMORY { INCLUDE b.ld } INPUT(f.o)\nb.ld: rom : ORIGIN = 0, LENGTH = 1M", "-T a.ld main.o", "f.o main.o; ")]
    [InlineData("a.ld: INCLUDE a.ld", "main.o a.ld", "main.o; ; no file")]
    [InlineData("a.ld: INPUT(gone.o)", "main.o a.ld", "main.o; ; no file")]
    [InlineData("a.ld: INPUT(-lgone)", "main.o a.ld -L lib", "main.o; ; no file")]
    [InlineData("a.ld: SEARCH_DIR(lib) INPUT(-lf)", "main.o a.ld", "main.o; ; no file")]
    [InlineData("a.ld: f = 5;", "main.o a.ld", "main.o; ")]
    [InlineData("a.ld: f = 5;", "main.o f.o a.ld", "main.o f.o; ")]
    [InlineData("a.ld: f = 5;", "a.ld main.o -lf -L lib", "main.o; ")]
    [InlineData("a.ld: f = 5;", "main.o -lf a.ld -L lib", "main.o f.o; ")]
    [InlineData("a.ld: PROVIDE(f = 5);", "main.o a.ld -lf -L lib", "main.o; ")]
    [InlineData("a.ld: PROVIDE(f = 5);", "-T a.ld main.o -lf -L lib", "main.o f.o; ")]
    [InlineData("a.ld: PROVIDE(f = 5);", "-u f -T a.ld main.o -lf -L lib", "main.o; ")]
    [InlineData("a.ld: PROVIDE(f = g);", "main.o a.ld -lg -L lib", "main.o g.o; ")]
    [InlineData("a.ld: PROVIDE(f = g);", "-T a.ld main.o -lg -L lib", "main.o; g")]
    [InlineData("a.ld: PROVIDE(x = g);", "main.o f.o a.ld", "main.o f.o; ")]
    [InlineData("a.ld: GROUP(b.ld -lfg -lg)\nb.ld: PROVIDE(f = 5);", "a.ld main.o -L lib", "main.o; ")]
    [InlineData("a.ld: EXTERN(g)", "main.o f.o a.ld -lg -L lib", "main.o f.o g.o; ")]
    [InlineData("a.ld: EXTERN(g)", "main.o f.o -lg a.ld -L lib", "main.o f.o; ")]
    [InlineData("a.ld: EXTERN(g)", "main.o f.o -lg -T a.ld -L lib", "main.o f.o g.o; ")]
    [InlineData("a.ld: ENTRY(g)", "main.o f.o a.ld -lg -L lib", "main.o f.o; ")]
    [InlineData("a.ld: x = g;", "main.o f.o a.ld -lg -L lib", "main.o f.o g.o; ")]
    [InlineData("a.ld: x = g;", "main.o f.o -lg a.ld -L lib", "main.o f.o; g")]
    [InlineData("a.ld: INPUT(-lg) x = g;", "main.o f.o a.ld -L lib", "main.o f.o; g")]
    [InlineData("a.ld: x = g; INPUT(-lg)", "main.o f.o a.ld -L lib", "main.o f.o g.o; ")]
    [InlineData("a.ld: ASSERT(g != 1, \"x\")", "main.o f.o a.ld -lg -L lib", "main.o f.o; g")]
    [InlineData("a.ld: SECTIONS { .text : { *(.text) LONG(g) } }", "-T a.ld main.o f.o -lg -L lib", "main.o f.o; g")]
    [InlineData("a.ld: SECTIONS { .text : { *(.text) } } x = g;", "main.o f.o a.ld -lg -L lib", "main.o f.o; g")]
    [InlineData("a.ld: /* nothing */", "main.o f.o a.ld", "main.o f.o; ")]
    [InlineData("a.ld: VERSION { v { global: f; }; }", "main.o f.o a.ld", "main.o f.o; ")]
    public void A_script_leads_where_ld_goes(string scripts, string arguments, string expected)
    {
        _link.Write(scripts);
        Assert.Equal(expected, _link.Real(arguments));
        Assert.Equal(expected, _link.Forecast(arguments));
    }

    [Theory]
    [InlineData("main.o -R values", "main.o; ")]
    [InlineData("main.o --just-symbols=values -lf -L lib", "main.o; ")]
    [InlineData("-R values main.o f.o", "main.o f.o; ")]
    [InlineData("main.o f.o -R values", "main.o f.o; ")]
    [InlineData("main.o fg.o -R values", "main.o fg.o; g")]
    public void A_file_of_values_gives_its_names_and_meets_nobody(string arguments, string expected)
    {
        _link.Real("-e 0 -Ttext=0x5000 f.o");
        File.Move(_link.Read("image"), _link.Read("values"));
        Assert.Equal(expected, _link.Real(arguments));
        Assert.Equal(expected, _link.Forecast(arguments));
        Assert.DoesNotContain(_link.Make(arguments).Collisions, met => met.Kind == CollisionKind.Refused);
    }

    [Theory]
    [InlineData(9, "main.o f.o; ")]
    [InlineData(10, "main.o; ; no file")]
    public void Includes_nest_as_deep_as_in_ld(int includes, string expected)
    {
        for (int i = 0; i < includes; i++)
        {
            _link.Write($"n{i}.ld: INCLUDE n{i + 1}.ld");
        }

        _link.Write($"n{includes}.ld: INPUT(f.o)");
        Assert.Equal(expected, _link.Real("main.o n0.ld"));
        Assert.Equal(expected, _link.Forecast("main.o n0.ld"));
    }

    [Fact]
    public void A_missing_file_is_told_at_the_line_of_the_script_and_what_it_may_give_is_no_error()
    {
        _link.Write("a.ld: INCLUDE b.ld");
        _link.File("b.ld", "/* first */\nINPUT(g.o)\nGROUP(-lgone)\n"u8.ToArray());
        IReadOnlyList<Finding> findings = _link.Check("main.o a.ld -L lib -L other").Findings;
        Assert.Equal(["MINIOS1635", "MINIOS1620"], findings.Select(found => found.Code));
        Diagnostic lost = findings[0].ToDiagnostic();
        Assert.Equal(("b.ld", 3, DiagnosticSeverity.Error), (lost.File, lost.Line, lost.Severity));
        Assert.StartsWith("\"-lgone\" is not there; looked for libgone.a in lib, other.", lost.Message);
        Assert.Equal(("f", DiagnosticSeverity.Message), (findings[1].Symbol, findings[1].Severity));
    }

    [Fact]
    public void Scripts_that_lead_to_themselves_are_refused()
    {
        _link.Write("a.ld: INPUT(b.ld)\nb.ld: INPUT(f.o ./a.ld)");
        Finding finding = Assert.Single(_link.Check("main.o a.ld").Findings);
        Assert.Equal(("MINIOS1635", "b.ld"), (finding.Code, finding.File));
        Assert.Contains("leads to itself", finding.Message);
    }

    [Fact]
    public void Scripts_that_double_with_each_level_come_to_an_end()
    {
        _link.Write(string.Join('\n', Enumerable.Range(0, 9).Select(i => $"i{i}.ld: INCLUDE i{i + 1}.ld INCLUDE i{i + 1}.ld INCLUDE i{i + 1}.ld")) + "\ni9.ld: x = 1;");
        _link.Write(string.Join('\n', Enumerable.Range(0, 30).Select(i => $"n{i}.ld: INPUT(n{i + 1}.ld n{i + 1}.ld)")) + "\nn30.ld: INPUT(f.o)");
        Assert.All(_link.Check("main.o f.o i0.ld").Findings, finding => Assert.Equal("MINIOS1635", finding.Code));
        Assert.Contains(_link.Check("main.o n0.ld").Findings, finding => finding.Code == "MINIOS1635" && finding.Message.Contains("10001th", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_way_to_files_scripts_give_only_their_own_names()
    {
        LinkInput[] inputs = [new(LinkParty.Guest, "guest", "a.ld", "f = 1; INPUT(gone.o) INCLUDE gone.ld"u8.ToArray())];
        LinkForecast forecast = LinkForecast.Make(inputs);
        Assert.Empty(forecast.Damage);
        Assert.Empty(forecast.Line.Findings);
        Assert.Equal("f", forecast.Line.Scripts.Single().Assignments.Single().Name);
    }

    [Theory]
    [InlineData("int f = 1;")]
    [InlineData("hello world")]
    [InlineData("#!/bin/sh\necho a")]
    [InlineData("a b = 1;")]
    public void Text_that_is_no_script_is_no_object(string text)
    {
        LinkInput[] inputs = [new(LinkParty.Guest, "guest", "a.o", System.Text.Encoding.ASCII.GetBytes(text))];
        Assert.Equal("MINIOS1417", LinkForecast.Make(inputs).Damage.Single().Code);
    }
}
