using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>The checked-in list of public symbols, and programs that decide what is public.</summary>
[Trait("Length", "long")]
public sealed class ApiTests : IDisposable
{
    private const string Helper = "int hidden_helper(int x);\nint hidden_helper(int x)\n{\n\treturn x + 1;\n}\n";

    private readonly GuestProject _project = new("archives");
    private readonly string _tree;

    public ApiTests()
    {
        _tree = TreeCopy.Into(Path.Combine(_project.Parent, "tree"));
        File.WriteAllText(Path.Combine(_tree, "helper.c"), Helper);
        SetProject("");
    }

    private string Listed => _project.PathOf("minios.api.txt");

    private string Core => _project.PathOf("bin/Debug/lib/libminios-core.a");

    public void Dispose() => _project.Dispose();

    [Fact]
    public void TheListIsWrittenByATargetPublishedAndKeptToByTheBuild()
    {
        Assert.Empty(_project.Build().MustSucceed().Warnings);
        Assert.False(File.Exists(Listed));

        _project.Build("-t:MiniosUpdateApi").MustSucceed();

        Assert.Equal(File.ReadAllText(_project.PathOf("bin/Debug/share/minios/api.txt")), File.ReadAllText(Listed));
        string[] lines = File.ReadAllLines(Listed);
        Assert.Contains("# libraries: console core libc xenbus", lines);
        Assert.Contains("minios_printk function core", lines);
        Assert.Contains("HYPERVISOR_shared_info data core", lines);
        Assert.Contains(_project.Build().MustSucceed().Messages, m => m.StartsWith($"the {lines.Count(l => !l.StartsWith('#'))} public symbols are those of ", StringComparison.Ordinal));
    }

    [Fact]
    public void AChangeOfTheInterfaceFailsTheBuildAtTheLineAndLeavesTheOutput()
    {
        _project.Build("-t:MiniosUpdateApi").MustSucceed();
        _project.Build().MustSucceed();
        byte[] core = File.ReadAllBytes(Core);
        string[] lines = File.ReadAllLines(Listed);
        string header = Path.Combine(_tree, "include", "lib.h");
        File.AppendAllText(header, "int hidden_helper(int x);\n");

        var added = _project.Build().MustFail().SingleError("MINIOS1603");

        int line = lines.Count(l => l.StartsWith('#') || string.CompareOrdinal(l, "minios_hidden_helper") < 0) + 1;
        Assert.Equal((Listed, line), (added.File, added.LineNumber));
        Assert.Contains($"declared at {header}({File.ReadAllLines(header).Length})", added.Text);
        Assert.Equal(core, File.ReadAllBytes(Core));

        _project.Build("-t:MiniosUpdateApi").MustSucceed();
        _project.Build().MustSucceed();
        Assert.Contains("minios_hidden_helper", Symbols.Of(Core));
        File.WriteAllText(header, File.ReadAllText(header).Replace("int hidden_helper(int x);\n", "extern int hidden_helper;\n"));
        File.WriteAllText(Path.Combine(_tree, "helper.c"), "extern int hidden_helper;\nint hidden_helper;\n");

        var removed = _project.Build().MustFail();

        Assert.Equal(line, removed.SingleError("MINIOS1604").LineNumber);
        Assert.Single(removed.ErrorCodes);
    }

    [Fact]
    public void AConfigurationMayHaveAListOfItsOwn()
    {
        _project.Build("-t:MiniosUpdateApi", "-p:MiniosApiFile=minios.api.Release.txt", "-p:MiniosLibc=none", "-c", "Release").MustSucceed();
        _project.Build("-t:MiniosUpdateApi").MustSucceed();

        _project.Build().MustSucceed();
        _project.Build("-c", "Release", "-p:MiniosLibc=none").MustSucceed();

        var other = _project.Build("-c", "Release").MustFail().SingleError("MINIOS1607");
        Assert.Equal((_project.PathOf("minios.api.Release.txt"), 3), (other.File, other.LineNumber));
        Assert.Equal(_project.PathOf("none.txt"), _project.Build("-p:MiniosApiFile=none.txt").MustFail().SingleError("MINIOS1602").File);
    }

    [Fact]
    public void WhatAProgramNeedsIsKeptPublicUnderEitherName()
    {
        SetProject("""<ItemGroup><MiniosConsumer Include="app/**/*.o" /></ItemGroup>""");
        _project.Build().MustSucceed();
        Assert.DoesNotContain(Symbols.Of(Core), n => n.Contains("hidden_helper", StringComparison.Ordinal)); // The control.

        Program("int hidden_helper(int x); int app(void) { return hidden_helper(1); }");
        Assert.Empty(_project.Build().MustSucceed().Warnings);
        Assert.Contains("minios_hidden_helper", Symbols.Of(Core));
        Assert.Contains("minios_hidden_helper function core", File.ReadAllLines(_project.PathOf("bin/Debug/share/minios/api.txt")));

        Program("int minios_hidden_helper(int x); int app(void) { return minios_hidden_helper(2); }");
        Assert.Empty(_project.Build().MustSucceed().Warnings);
        Assert.Contains("minios_hidden_helper", Symbols.Of(Core));

        Program("int blkfront_init(void); int app(void) { return blkfront_init(); }");
        var build = _project.Build().MustSucceed();
        Assert.Equal(["MINIOS1608", "MINIOS1609"], build.Warnings.Select(w => w.Code));
        Assert.DoesNotContain(Symbols.Of(Core), n => n.Contains("hidden_helper", StringComparison.Ordinal));
        Assert.Empty(_project.Build("-p:NoWarn=MINIOS1608%3BMINIOS1609").MustSucceed().Warnings);
    }

    private void SetProject(string items) => _project.SetProject($"""
        <PropertyGroup>
          <OutputType>Library</OutputType>
          <MiniosSourceRoot>{_tree}</MiniosSourceRoot>
        </PropertyGroup>
        {items}
        """);

    private void Program(string source)
    {
        string path = _project.Write("app/nested/app.c", source);
        RealTool.Run("gcc", "-c", "-fno-pie", path, "-o", Path.ChangeExtension(path, ".o"));
    }
}
