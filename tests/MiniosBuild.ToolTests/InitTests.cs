using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.TestUtilities.Trees;

namespace MiniosBuild.ToolTests;

/// <summary><c>minios init</c> on generated trees, with the packed SDK.</summary>
public sealed class InitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_tree_with_a_source_that_does_not_compile_gets_a_project_that_builds()
    {
        using GeneratedTree tree = new(TreeShape.Upstream2025, "check out");
        string broken = Path.Combine(tree.Root, "balloon.c");
        File.AppendAllText(broken, "\n#error this machine lacks something\n");

        // Given the folder above, it finds the tree in it.
        var init = Minios.Run(
            _folder.Path, "init", tree.Checkout, "-o", "made", "-n", "first", "--package-source", Repository.PackageFolder, "--config", Path.Combine(tree.Root, "arch", "x86", "testbuild", "all-yes"))
            .MustEndWith(0);

        Assert.Contains(init.Lines, line => line.StartsWith("shape: makefiles that keep marked names only", StringComparison.Ordinal));
        Assert.Contains(init.Lines, line => line.StartsWith("switches on: ", StringComparison.Ordinal) && line.Split(' ').Contains("BALLOON"));
        string project = File.ReadAllText(_folder.File("made/first.miniosproj"));
        Assert.Contains("<!-- balloon.c does not compile here: #error this machine lacks something -->\n    <MiniosConfig Include=\"BALLOON\" Value=\"n\" />", project);
        Assert.Contains("#error this machine lacks something", File.ReadAllText(broken)); // The tree is as it was.
        Assert.Contains("minios_printk function core", File.ReadAllLines(_folder.File("made/minios.api.txt")));
        Assert.True(File.Exists(_folder.File("made/minios.baseline.txt")));
        Assert.True(File.Exists(_folder.File("made/bin/Debug/lib/libminios-core.a")));

        // What is there is not written over unless it is asked for.
        var again = Minios.Run(_folder.Path, "init", tree.Checkout, "-o", "made", "-n", "first").MustEndWith(2);
        Assert.Contains("MINIOS1816", again.Errors);
        Assert.Equal(project, File.ReadAllText(_folder.File("made/first.miniosproj")));
    }

    [Fact]
    public void A_folder_without_a_tree_or_with_two_is_refused()
    {
        Assert.Contains("MINIOS1815: the folder does not exist", Minios.Run(_folder.Path, "init", "nowhere").MustEndWith(2).Errors);
        foreach (string tree in new[] { "a", "b" })
        {
            Directory.CreateDirectory(_folder.File(tree + "/arch"));
            _folder.Write(tree + "/kernel.c", "");
            _folder.Write(tree + "/sched.c", "");
        }

        Assert.Contains($"2 Mini-OS trees: {_folder.File("a")}, {_folder.File("b")}", Minios.Run(_folder.Path, "init", ".").MustEndWith(2).Errors);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void An_unknown_architecture_is_refused_before_anything_is_written()
    {
        using GeneratedTree tree = new(TreeShape.Release2016, "check out");
        Directory.CreateDirectory(_folder.File("no packages"));
        Directory.CreateDirectory(_folder.File("out"));
        _folder.Write("out/nuget.config", "");

        var init = Minios.Run(_folder.Path, "init", tree.Root, "-o", "out", "--package-source", "no packages", "--arch", "x86_65").MustEndWith(2);

        Assert.Contains("MINIOS1006", init.Errors);
        Assert.Equal("", File.ReadAllText(_folder.File("out/nuget.config")));
    }
}
