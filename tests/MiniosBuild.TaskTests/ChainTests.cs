using Microsoft.Build.Framework;

namespace MiniosBuild.TaskTests;

/// <summary>All tasks of a guest, one after the other, with relative paths that mean something in the project alone.</summary>
public sealed class ChainTests : IDisposable
{
    private readonly SmallSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_second_run_starts_no_tool_writes_nothing_and_gives_the_same_outputs()
    {
        var first = Outputs();
        Assert.NotEmpty(_set.Tools.TakeStarted());
        var files = _set.Snapshot("obj").Concat(_set.Snapshot("bin"));

        var second = Outputs();

        Assert.Empty(_set.Tools.TakeStarted());
        Assert.Equal(first, second);
        Assert.Equal(files, _set.Snapshot("obj").Concat(_set.Snapshot("bin")));
    }

    [Fact]
    public void Two_clean_runs_in_different_folders_make_the_same_files()
    {
        using var other = new SmallSet();
        _set.Linkable().Project.Succeed(_set.Link());
        other.Linkable().Project.Succeed(other.Link());

        foreach (string folder in new[] { "obj/passed", "obj/lib", "obj/include", "obj/share", "bin" })
        {
            Assert.Equal(Finished(_set, folder), Finished(other, folder));
        }

        static IEnumerable<string> Finished(SmallSet set, string folder) =>
            set.Snapshot(folder, withTimes: false).Where(f => !f.Contains(".step ", StringComparison.Ordinal) && !f.Contains(".map ", StringComparison.Ordinal));
    }

    [Fact]
    public void No_temporary_file_is_left()
    {
        _set.Linkable().Project.Succeed(_set.Link());

        Assert.Empty(_set.Project.Leftovers());
    }

    private string[] Outputs()
    {
        _set.Linkable();
        _set.Project.Succeed(_set.Validate());
        var link = _set.Link();
        _set.Project.Succeed(link);
        return
        [
            .. new[] { _set.Objects, _set.PassedObjects, _set.Archives, _set.StagedHeaders, _set.GuestObjects }.SelectMany(items => items).Select(Text),
            .. link.Outputs,
        ];
    }

    private static string Text(ITaskItem item) => item.ItemSpec + string.Concat(
        item.CloneCustomMetadata().Keys.Cast<string>().Order(StringComparer.Ordinal).Select(k => $" {k}={item.GetMetadata(k)}"));
}
