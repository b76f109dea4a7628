using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain;

namespace MiniosBuild.TaskTests;

public sealed class ArchiveTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Each_library_gets_an_archive_of_its_own_objects()
    {
        _set.Archived();

        Assert.Equal(
            ["obj/lib/libminios-core.a core", "obj/lib/libminios-blkfront.a blkfront"],
            _set.Archives.Select(a => $"{Project.RelativePath(a.ItemSpec)} {a.GetMetadata("Library")}"));
        Assert.Equal("kernel.o\n", RealTool.Run("ar", "t", _set.Archives[0].ItemSpec));
        Assert.Equal("blkfront.o\n", RealTool.Run("ar", "t", _set.Archives[1].ItemSpec));
    }

    [Fact]
    public void An_object_that_left_the_set_leaves_the_archive()
    {
        _set.Archived();
        var task = _set.Archive();
        task.Libraries = ["core"];
        task.Objects = [.. _set.PassedObjects, TaskProject.Item("obj/passed/entry/arch_x86_x86_64.o", ("Library", "core"))];
        Project.Succeed(task);
        Assert.Equal("kernel.o\narch_x86_x86_64.o\n", RealTool.Run("ar", "t", _set.Archives[0].ItemSpec));

        Project.Succeed(_set.Archive());

        Assert.Equal("kernel.o\n", RealTool.Run("ar", "t", _set.Archives[0].ItemSpec));
    }

    [Fact]
    public void A_touched_object_of_the_same_bytes_makes_an_archive_of_the_same_bytes_and_time()
    {
        _set.Archived();
        var before = _set.Snapshot("obj/lib");
        _set.Tools.TakeStarted();
        File.SetLastWriteTimeUtc(_set.PassedObjects[0].ItemSpec, DateTime.UtcNow.AddMinutes(-5));

        Project.Succeed(_set.Archive());

        Assert.Single(_set.Tools.TakeStarted());
        Assert.Equal(before, _set.Snapshot("obj/lib"));
    }

    [Fact]
    public void A_library_without_objects_is_an_error()
    {
        _set.Passed();
        var task = _set.Archive();
        task.Libraries = ["core", "netfront"];

        var error = Project.FailOnce(task);

        Assert.Equal(ToolchainCodes.EmptyLibrary, error.Code);
        Assert.Contains("netfront", error.Message);
    }

    [Fact]
    public void An_archiver_that_fails_is_reported_and_leaves_the_old_archive()
    {
        _set.Archived();
        byte[] before = File.ReadAllBytes(_set.Archives[0].ItemSpec);
        var task = _set.Archive();
        task.Archiver = Project.WriteProgram("tools/broken", "echo half > \"$2\"\necho 'disk full' >&2\nexit 1\n");

        var error = Project.FailOnce(task);

        Assert.Equal((ToolchainCodes.ArchiverFailed, _set.Archives[0].ItemSpec), (error.Code, error.File));
        Assert.Contains("exit code 1: disk full", error.Message);
        Assert.Equal(before, File.ReadAllBytes(_set.Archives[0].ItemSpec));
        Assert.False(File.Exists(_set.Archives[0].ItemSpec + ".tmp"));
    }

    [Fact]
    public void A_missing_archiver_is_named()
    {
        _set.Passed();
        var task = _set.Archive();
        task.Archiver = Project.PathOf("tools/no-ar");

        Assert.Equal((ToolchainCodes.CannotStart, task.Archiver), (Project.FailOnce(task) is var e ? (e.Code, e.File) : default));
    }

    [Fact]
    public void A_file_where_the_archive_folder_must_be_is_a_coded_error()
    {
        _set.Passed();
        Project.Write("obj/lib", "");

        Assert.Equal(TaskCodes.FileAccess, Project.FailOnce(_set.Archive()).Code);
    }
}
