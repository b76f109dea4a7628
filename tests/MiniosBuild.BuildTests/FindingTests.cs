using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>Findings about the names of a set: where they are reported, and how a project silences or accepts them.</summary>
[Trait("Length", "long")]
public sealed class FindingTests : IDisposable
{
    private const string NoPass = "-p:MiniosSymbolPass=false";
    private const string OtherKinds = "MINIOS1504%3BMINIOS1505%3BMINIOS1506%3BMINIOS1507%3BMINIOS1508"; // Of headers.

    private readonly GuestProject _project = new("archives");
    private readonly string _tree;

    public FindingTests()
    {
        _tree = TreeCopy.Into(Path.Combine(_project.Parent, "tree"));
        _project.SetProject($"""
            <PropertyGroup>
              <OutputType>Library</OutputType>
              <MiniosSourceRoot>{_tree}</MiniosSourceRoot>
            </PropertyGroup>
            """);
        File.WriteAllText(Path.Combine(_tree, "leak.c"), "/* A tree's own. */\nint leak_me(void);\nint leaked;\n\nint leak_me(void)\n{\n\treturn leaked;\n}\n");
    }

    private string Baseline => _project.PathOf("minios.baseline.txt");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void AnUnpassedTreeFailsAtTheLinesOfItsSources()
    {
        var build = _project.Build(NoPass).MustFail();

        string source = Path.Combine(_tree, "leak.c");
        var function = Assert.Single(build.Errors, e => e.Text.Contains("\"leak_me\"", StringComparison.Ordinal));
        var variable = Assert.Single(build.Errors, e => e.Text.Contains("\"leaked\"", StringComparison.Ordinal));
        Assert.Equal(("MINIOS1410", source, 5, 5), (function.Code, function.File, function.LineNumber, function.ColumnNumber));
        Assert.Equal(("MINIOS1410", source, 3, 5), (variable.Code, variable.File, variable.LineNumber, variable.ColumnNumber));
        Assert.All(build.Errors.Where(e => e.Code == "MINIOS1410"), e => Assert.True(File.Exists(e.File), e.File));
        Assert.Empty(_project.Build().MustSucceed().Warnings); // With the pass nothing leaks.
    }

    [Fact]
    public void ABaselineAcceptsWhatATreeHasUntilItHasItNoMore()
    {
        _project.Build(NoPass, "-t:MiniosUpdateBaseline").MustSucceed();
        Assert.Contains("MINIOS1410 core leak.o leak_me", File.ReadAllLines(Baseline));

        Assert.Empty(_project.Build(NoPass).MustSucceed().Warnings);
        Assert.Empty(_project.Build(NoPass).MustSucceed().Warnings);
        _project.Build(NoPass, "-p:MiniosBaseline=none.txt").MustFail().SingleError("MINIOS1614");

        File.Delete(Path.Combine(_tree, "leak.c"));
        var warnings = _project.Build(NoPass).MustSucceed().Warnings;
        Assert.Equal(2, warnings.Count);
        Assert.All(warnings, w => Assert.Equal(("MINIOS1440", Baseline), (w.Code, w.File)));
        Assert.All(warnings, w => Assert.Contains("leak", File.ReadAllLines(Baseline)[w.LineNumber - 1]));

        _project.Build(NoPass, "-t:MiniosUpdateBaseline").MustSucceed();
        Assert.DoesNotContain("leak", File.ReadAllText(Baseline));
        Assert.Empty(_project.Build(NoPass).MustSucceed().Warnings);
    }

    [Fact]
    public void LevelsAndNoWarnReachWhatIsAnErrorByItself()
    {
        var warned = _project.Build(NoPass, "-p:MiniosLevels=MINIOS1410=warning%3BMINIOS1501=message%3BMINIOS1502=none%3B" + OtherKinds.Replace("%3B", "=none%3B", StringComparison.Ordinal) + "=none").MustSucceed();
        Assert.Equal(["MINIOS1410"], warned.Warnings.Select(w => w.Code).Distinct());

        Assert.Empty(_project.Build(NoPass, "-p:NoWarn=MINIOS1410%3BMINIOS1501%3BMINIOS1502%3B" + OtherKinds).MustSucceed().Warnings);
        _project.Build(NoPass, "-p:MiniosLevels=MINIOS1410=warning", "-p:WarningsAsErrors=MINIOS1410", "-p:NoWarn=MINIOS1501%3BMINIOS1502%3B" + OtherKinds).MustFail();
        Assert.Contains("MINIOS1417", _project.Build("-p:MiniosLevels=MINIOS1417=none").MustFail().SingleError("MINIOS1442").Text);
    }

    [Theory]
    [InlineData("objcopy", "objcopy")]
    [InlineData("llvm-objcopy", "llvm-objcopy")]
    public void EveryRewriterGivesTheSameSymbolsAndTheManagedOneNeedsNoTool(string rewriter, string tool)
    {
        var tools = new TracedTools(Path.Combine(_project.Parent, "tools"));
        File.Delete(tools.Objcopy);
        _project.Build("-p:MiniosToolFolder=" + tools.Folder).MustSucceed();
        string[] archives = [.. Directory.GetFiles(_project.PathOf("bin/Debug/lib")).Order(StringComparer.Ordinal)];
        var managed = archives.Select(AllSymbols).ToList();
        _project.Build("-p:MiniosToolFolder=" + tools.Folder, "-p:MiniosSymbolRewriter=" + rewriter).MustFail().SingleError("MINIOS1001");
        tools.TakeStarted();

        string objcopy = tool == "objcopy" ? "/usr/bin/objcopy" : LlvmTool.Find(tool);
        _project.Build("-p:MiniosToolFolder=" + tools.Folder, "-p:MiniosSymbolRewriter=" + rewriter, "-p:MiniosObjcopy=" + objcopy).MustSucceed();

        Assert.DoesNotContain(tools.TakeStarted(), c => c.Contains(" -c ", StringComparison.Ordinal)); // Another rewriter compiles nothing.
        Assert.Equal(managed, archives.Select(AllSymbols));
    }

    [Fact]
    public void ARewriterThatDoesMoreThanItShouldFailsTheBuildAndLeavesTheOutput()
    {
        _project.Build().MustSucceed();
        var before = Snapshot();
        string broken = ProgramFile.Write(_project.PathOf("broken"), "#!/bin/sh\nexec /usr/bin/objcopy --strip-debug \"$@\"\n");

        var build = _project.Build("-p:MiniosSymbolRewriter=objcopy", "-p:MiniosObjcopy=" + broken).MustFail();

        Assert.All(build.ErrorCodes, code => Assert.Matches("^MINIOS132[6-9]$", code));
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void TheNoteOfThePassIsInEveryObjectAndInNoImage()
    {
        _project.SetProject("");
        _project.Write("main.c", Guests.Hello);
        _project.Build().MustSucceed();

        string image = RealTool.Run("readelf", "-SW", _project.PathOf("bin/Debug/archives"));
        string objects = RealTool.Run("readelf", "-SW", _project.PathOf("obj/Debug/archives.minios/stage/lib/libminios-core.a"));
        Assert.DoesNotContain(".note.minios", image);
        Assert.Contains(".note.minios", objects);
        Assert.DoesNotContain("digest=", File.ReadAllText(_project.PathOf("bin/Debug/archives"), System.Text.Encoding.Latin1));
    }

    private List<(string, DateTime)> Snapshot() =>
        [.. Directory.GetFiles(_project.PathOf("bin"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => (f, File.GetLastWriteTimeUtc(f)))];

    // Addresses and the order of symbols may differ; names, kinds, bindings and sections may not.
    private static string AllSymbols(string file) => string.Join('\n', RealTool.Run("nm", "-f", "sysv", file).Split('\n').Order(StringComparer.Ordinal));
}
