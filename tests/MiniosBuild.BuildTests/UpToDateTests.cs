using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>What a build does again, and what it leaves alone.</summary>
public sealed class UpToDateTests : IDisposable
{
    private readonly GuestProject _project;
    private readonly TracedTools _tools;
    private readonly string _tree;

    public UpToDateTests()
    {
        _project = new GuestProject();
        _tools = new TracedTools(Path.Combine(_project.Parent, "tools"));
        _tree = TreeCopy.Into(Path.Combine(_project.Parent, "tree"));
        _project.SetProject($"""
            <PropertyGroup>
              <MiniosToolFolder>{_tools.Folder}</MiniosToolFolder>
              <MiniosSourceRoot>{_tree}</MiniosSourceRoot>
            </PropertyGroup>
            """);
        _project.Write("main.c", Guests.Hello);
        _project.Write("other.c", "int other_value(void);\nint other_value(void) { return 1; }\n");
        _project.Build().MustSucceed();
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void ASecondBuildStartsNoTool()
    {
        Assert.Contains(_tools.TakeStarted(), c => c.StartsWith("ld ", StringComparison.Ordinal));
        var image = File.GetLastWriteTimeUtc(_project.Image);

        var second = _project.Build().MustSucceed();

        Assert.Empty(_tools.TakeStarted());
        Assert.Equal(image, File.GetLastWriteTimeUtc(_project.Image));
        Assert.Contains(second.Messages, m => m.Contains("objects are up to date", StringComparison.Ordinal));
        Assert.Contains(second.Messages, m => m == "guest is up to date");
    }

    [Fact]
    public void ATouchedHeaderRecompilesExactlyItsUsers()
    {
        // Those that include it, directly or through others, as the compiler itself tells when asked for each source anew.
        string[] users =
        [
            .. _tools.TakeStarted().Where(c => c.Contains(" -c " + _tree, StringComparison.Ordinal))
                .Where(c => Includes(c, "/semaphore.h")).Select(c => Compiled([c])[0]).Order(StringComparer.Ordinal),
        ];
        Assert.Contains(Path.Combine(_tree, "semaphore.c"), users);
        Assert.DoesNotContain(Path.Combine(_tree, "lib", "string.c"), users);
        File.SetLastWriteTimeUtc(Path.Combine(_tree, "include", "semaphore.h"), DateTime.UtcNow);

        _project.Build().MustSucceed();

        // The guest's own sources are not among them: the staged header has the same bytes as before.
        Assert.Equal(users, Compiled(_tools.TakeStarted()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ATouchThatChangesNoObjectLinksNothing()
    {
        _tools.TakeStarted();
        File.SetLastWriteTimeUtc(_project.PathOf("other.c"), DateTime.UtcNow);

        _project.Build().MustSucceed();

        Assert.Equal([_project.PathOf("other.c")], Compiled(_tools.TakeStarted()));
    }

    [Fact]
    public void AChangedSourceIsCompiledAloneAndLinked()
    {
        _tools.TakeStarted();
        _project.Write("other.c", "int other_value(void);\nint other_value(void) { return 2; }\n");

        _project.Build().MustSucceed();

        var started = _tools.TakeStarted();
        Assert.Equal(2, started.Count);
        Assert.Equal([_project.PathOf("other.c")], Compiled(started));
        Assert.StartsWith("ld ", started[1]);
    }

    [Fact]
    public void AChangedFlagRecompilesAll()
    {
        _tools.TakeStarted();

        _project.Build("-p:DefineConstants=ANOTHER").MustSucceed();

        Assert.Equal([_project.PathOf("main.c"), _project.PathOf("other.c")], Compiled(_tools.TakeStarted()).Order());
    }

    [Fact]
    public void ARemovedSourceLeavesTheImage()
    {
        File.Delete(_project.PathOf("other.c"));

        _project.Build().MustSucceed();

        Assert.DoesNotContain("other_value", Symbols.Of(_project.Image));
        _project.Write("other.c", "int other_value(void);\nint other_value(void) { return 1; }\n");
        _project.Build().MustSucceed();
        Assert.Contains("other_value", Symbols.Of(_project.Image));
    }

    [Fact]
    public void ADamagedObjectIsMadeAgain()
    {
        string damaged = _project.PathOf("obj/Debug/guest.minios/objects/core/mm.o");
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..100]);
        File.Delete(_project.PathOf("obj/Debug/guest.minios/stage/lib/libminios-core.a"));

        _project.Build().MustSucceed();

        Assert.True(new FileInfo(damaged).Length > 100);
        Assert.True(File.Exists(_project.PathOf("obj/Debug/guest.minios/stage/lib/libminios-core.a")));
    }

    [Fact]
    public void CleanLeavesOnlyWhatTheUserWrote()
    {
        _project.Command("clean").MustSucceed();

        Assert.Empty(Directory.Exists(_project.PathOf("bin")) ? Directory.GetFiles(_project.PathOf("bin"), "*", SearchOption.AllDirectories) : []);
        Assert.Empty(Directory.EnumerateFiles(_project.PathOf("obj/Debug"), "*", SearchOption.AllDirectories));
        Assert.True(File.Exists(_project.PathOf("main.c")));
    }

    [Fact]
    public void RebuildMakesAllAgainAndTheSame()
    {
        byte[] before = File.ReadAllBytes(_project.Image);
        _tools.TakeStarted();
        _project.CompilesAnew = true; // A cache would give back the same bytes whatever the compiler made of it.

        _project.Build("-t:Rebuild").MustSucceed();

        Assert.Contains(_tools.TakeStarted(), c => c.Contains("/mm.c ", StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllBytes(_project.Image));
    }

    private static bool Includes(string command, string header)
    {
        string[] arguments = command["gcc ".Length..command.IndexOf(" -MD ", StringComparison.Ordinal)].Split(' ');
        return RealTool.Run("gcc", [.. arguments, "-M", Compiled([command])[0]]).Contains(header, StringComparison.Ordinal);
    }

    private static List<string> Compiled(IEnumerable<string> commands) =>
    [
        .. commands.Where(c => c.StartsWith("gcc ", StringComparison.Ordinal) && c.Contains(" -c ", StringComparison.Ordinal))
            .Select(c => c.Split(" -c ")[1].Split(" -o ")[0]),
    ];
}
