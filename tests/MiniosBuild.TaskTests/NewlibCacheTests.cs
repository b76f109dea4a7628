using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

/// <summary>A newlib is built once for a machine: what makes it be built again, and what builds do that meet.</summary>
public sealed class NewlibCacheTests : IDisposable
{
    private readonly SmallNewlib _newlib = new();

    private TaskProject Project => _newlib.Project;

    public void Dispose() => _newlib.Dispose();

    [Fact]
    public void It_is_built_once_and_then_used_by_every_project()
    {
        var first = _newlib.Task();
        var said = Project.Succeed(first).Messages.Select(m => m.Message).ToList();
        using var other = new TaskProject();
        var second = _newlib.Task();
        second.Source = _newlib.Archive;
        var saidAgain = other.Succeed(second).Messages.Select(m => m.Message).ToList();

        Assert.Equal(1, _newlib.Runs);
        Assert.Contains(said, m => m == $"building newlib 3.3.0 for x86_64, once for this machine: {_newlib.Entry()}");
        Assert.Contains(said, m => m.StartsWith("newlib is built, in ", StringComparison.Ordinal));
        Assert.DoesNotContain(saidAgain, m => m.Contains("building", StringComparison.Ordinal));
        Assert.Equal(Path.Combine(_newlib.Entry(), "include"), first.HeaderFolder);
        Assert.Equal(["lib/libm.a", "lib/libc.a"], first.Archives.Select(a => Path.GetRelativePath(_newlib.Entry(), a.ItemSpec)));
        Assert.Equal(first.HeaderFolder, second.HeaderFolder);
        Assert.Equal(first.Archives.Select(a => a.ItemSpec), second.Archives.Select(a => a.ItemSpec));
        Assert.True(File.Exists(Path.Combine(first.HeaderFolder, "newlib.h")));
        Assert.Equal(["more.o", "where.o"], Nm.Members(first.Archives[1].ItemSpec));
        Assert.Equal([".lock"], LeftBeside());
    }

    [Fact]
    public void What_is_built_needs_no_tools_any_more()
    {
        Project.Succeed(_newlib.Task());
        Project.Variables["PATH"] = Project.PathOf("no-tools");

        Project.Succeed(_newlib.Task());
        Assert.Equal("MINIOS1001", Project.FailOnce(_newlib.Task("another-cache")).Code);

        Assert.Equal(1, _newlib.Runs);
    }

    [Fact]
    public void The_same_source_gives_the_same_bytes_in_another_folder_and_another_environment()
    {
        Project.Succeed(_newlib.Task());
        Project.Variables["CFLAGS"] = "-DUNWANTED";
        Project.Variables["MAKEFLAGS"] = "--dry-run";
        Project.Succeed(_newlib.Task("a-cache-with-a-much-longer-name/and/below"));

        Assert.Equal(2, _newlib.Runs);
        string one = _newlib.Entry(), other = _newlib.Entry("a-cache-with-a-much-longer-name/and/below");
        Assert.Equal(Path.GetFileName(one), Path.GetFileName(other));
        Assert.Equal(File.ReadAllBytes(Path.Combine(one, "lib/libc.a")), File.ReadAllBytes(Path.Combine(other, "lib/libc.a")));
    }

    [Fact]
    public void Another_source_compiler_or_option_gives_another_one_beside()
    {
        Project.Succeed(_newlib.Task());
        var (identity, options) = (_newlib.Task(), _newlib.Task());
        identity.Identity = "other tools";
        options.Options = ["-O1"];
        Project.Succeed(identity);
        Project.Succeed(options);
        _newlib.Pack("int another;");
        Project.Succeed(_newlib.Task());

        Assert.Equal(4, _newlib.Runs);
        Assert.Equal(4, Directory.GetDirectories(_newlib.Scratch.File("cache")).Length);
    }

    [Theory]
    [InlineData("lib/libc.a", "gone")]
    [InlineData("lib/libc.a", "cut")]
    [InlineData("lib/libm.a", "changed")]
    [InlineData("lib/libm.a", "changed at the time of the list")]
    [InlineData("include/newlib.h", "gone")]
    [InlineData("include/newlib.h", "changed")]
    [InlineData("minios.stamp", "gone")]
    [InlineData("minios.stamp", "cut")]
    public void What_is_not_as_it_was_built_is_built_again(string file, string damage)
    {
        Project.Succeed(_newlib.Task());
        string path = Path.Combine(_newlib.Entry(), file);
        byte[] whole = File.ReadAllBytes(path);
        File.Delete(path);
        if (damage != "gone")
        {
            File.WriteAllBytes(path, damage == "cut" ? whole[..(whole.Length / 2)] : [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
        }

        if (damage == "changed at the time of the list")
        {
            File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(Path.Combine(_newlib.Entry(), "minios.stamp")));
        }

        var said = Project.Succeed(_newlib.Task()).Messages;

        Assert.Equal(2, _newlib.Runs);
        Assert.Contains(said, m => m.Message.StartsWith($"{_newlib.Entry()} is made again: ", StringComparison.Ordinal) && m.Message.Contains(file, StringComparison.Ordinal));
        Assert.Equal(whole.Length, new FileInfo(path).Length);
        Project.Succeed(_newlib.Task());
        Assert.Equal(2, _newlib.Runs);
    }

    [Fact]
    public void Files_that_only_got_a_new_time_are_still_what_was_built()
    {
        Project.Succeed(_newlib.Task());
        foreach (string file in Directory.GetFiles(_newlib.Entry(), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(file.EndsWith(".stamp", StringComparison.Ordinal) ? 0 : 1));
        }

        Project.Succeed(_newlib.Task());

        Assert.Equal(1, _newlib.Runs);
    }

    [Fact]
    public void What_a_killed_build_left_does_no_harm_and_goes_away()
    {
        Project.Succeed(_newlib.Task());
        string entry = _newlib.Entry();
        Directory.Move(entry, entry + ".work");
        File.WriteAllText(entry + ".log", "half of a log");

        Project.Succeed(_newlib.Task());

        Assert.Equal((2, entry), (_newlib.Runs, _newlib.Entry()));
        Assert.Equal([".lock"], LeftBeside());
    }

    [Fact]
    public async Task Of_two_builds_at_once_the_second_waits_for_the_first()
    {
        File.WriteAllText(_newlib.Hold, "");
        var (one, two) = (_newlib.Task(), _newlib.Task());
        Project.Prepare(one);
        var first = Start(one);
        await Until(() => _newlib.Runs == 1);
        var engine = Project.Prepare(two);
        var second = Start(two);
        await Until(() => engine.Messages.Any(m => m.Message.StartsWith("another build is making newlib-3.3.0-", StringComparison.Ordinal)));
        Assert.False(second.IsCompleted);
        File.Delete(_newlib.Hold);

        Assert.True(await first);
        Assert.True(await second);
        Assert.Equal(1, _newlib.Runs);
        Assert.Equal(one.HeaderFolder, two.HeaderFolder);
        Assert.Single(engine.Messages, m => m.Message.Contains("waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cancelled_build_leaves_nothing_and_one_that_waited_for_it_builds()
    {
        File.WriteAllText(_newlib.Hold, "");
        var (one, two, three) = (_newlib.Task(), _newlib.Task(), _newlib.Task());
        Project.Prepare(one);
        var first = Start(one);
        await Until(() => _newlib.Runs == 1);
        var (engine, cancelledEngine) = (Project.Prepare(two), Project.Prepare(three));
        var second = Start(two);
        var third = Start(three);
        await Until(() => engine.Messages.Concat(cancelledEngine.Messages).Count(m => m.Message.Contains("waiting", StringComparison.Ordinal)) == 2);

        three.Cancel();
        Assert.False(await third);
        one.Cancel();
        Assert.False(await first);
        await Until(() => _newlib.Runs == 2);
        File.Delete(_newlib.Hold);

        Assert.True(await second);
        Assert.Equal(2, _newlib.Runs);
        Assert.Equal([".lock"], LeftBeside());
    }

    // The files in the cache's folder, and folders that are no entry, by their endings.
    private IEnumerable<string> LeftBeside() => Directory.GetFileSystemEntries(_newlib.Scratch.File("cache")).Where(e => e != _newlib.Entry())
        .Select(e => Path.GetExtension(e));

    // In a thread of its own: those of the pool may all be waiting for tools.
    private static Task<bool> Start(BuildMiniosNewlib task) => Task.Factory.StartNew(task.Execute, TaskCreationOptions.LongRunning);

    private static async Task Until(Func<bool> condition)
    {
        var end = DateTime.UtcNow.AddMinutes(5);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < end, "it did not come about");
            await Task.Delay(20);
        }
    }
}
