using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

public sealed class PublishTests : IDisposable
{
    private readonly TaskProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Files_are_copied_to_their_published_paths()
    {
        _project.Write("obj/a.txt", "a");
        var task = Task("out/", "obj/a.txt");
        _project.Succeed(task);

        Assert.Equal([_project.PathOf("out/lib/a.txt")], task.Outputs);
        Assert.Equal("a", File.ReadAllText(task.Outputs[0]));
    }

    [Fact]
    public void A_file_of_the_same_bytes_is_not_touched()
    {
        _project.Write("obj/a.txt", "a");
        _project.Succeed(Task("out", "obj/a.txt"));
        var then = DateTime.UtcNow.AddHours(-1);
        File.SetLastWriteTimeUtc(_project.PathOf("out/lib/a.txt"), then);
        _project.Write("obj/a.txt", "a");

        var log = _project.Succeed(Task("out", "obj/a.txt"));

        Assert.Equal(then, File.GetLastWriteTimeUtc(_project.PathOf("out/lib/a.txt")));
        Assert.Contains(log.Messages, m => m.Message == "all 1 published files are up to date");
    }

    [Fact]
    public void What_is_published_no_longer_is_taken_away_and_nothing_else()
    {
        _project.Write("obj/a.txt", "a");
        _project.Write("obj/b.txt", "b");
        var first = Task("out", "obj/a.txt", "obj/b.txt");
        _project.Succeed(first);
        _project.Write("out/lib/mine.txt", "the user's own");
        string other = _project.Write("out of another build/lib/c.txt", "c");
        string neighbour = _project.Write("out2/lib/c.txt", "c");
        _project.Write("obj/outputs.txt", string.Join('\n', [.. first.Outputs, other, neighbour]) + "\n");

        _project.Succeed(Task("out", "obj/b.txt"));

        Assert.Equal(["b.txt", "mine.txt"], Directory.EnumerateFiles(_project.PathOf("out/lib")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(other));
        Assert.True(File.Exists(neighbour));
    }

    [Fact]
    public void A_missing_file_is_a_coded_error()
    {
        var error = _project.FailOnce(Task("out", "obj/none.txt"));

        Assert.Equal(ToolchainCodes.FileAccess, error.Code);
        Assert.Contains("none.txt", error.Message);
    }

    [Fact]
    public void A_file_where_a_folder_must_be_is_a_coded_error()
    {
        _project.Write("obj/a.txt", "a");
        _project.Write("out", "");

        Assert.Equal(ToolchainCodes.FileAccess, _project.FailOnce(Task("out", "obj/a.txt")).Code);
    }

    private static PublishMinios Task(string folder, params string[] files) => new()
    {
        Files = [.. files.Select(f => TaskProject.Item(f, ("PublishedPath", "lib/" + Path.GetFileName(f))))],
        OutputFolder = folder, OutputList = "obj/outputs.txt",
    };
}
