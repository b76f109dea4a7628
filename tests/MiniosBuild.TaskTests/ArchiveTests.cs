using MiniosBuild.TestUtilities;

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
        File.SetLastWriteTimeUtc(_set.PassedObjects[0].ItemSpec, DateTime.UtcNow.AddMinutes(-5));

        Project.Succeed(_set.Archive());

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
    public void An_archive_is_what_ar_makes_of_the_same_objects()
    {
        _set.Passed();
        string[] objects = [.. new[] { "kernel", "a-name-that-has-more-than-sixteen-bytes", "empty" }.Select(name => Project.PathOf($"obj/passed/core/{name}.o"))];
        File.Copy(_set.PassedObjects[1].ItemSpec, objects[1]);
        RealTool.Run("gcc", "-c", "-x", "c", "/dev/null", "-o", objects[2]);
        var task = _set.Archive();
        (task.Libraries, task.Objects) = (["core"], [.. objects.Select(file => TaskProject.Item(file, ("Library", "core")))]);

        Project.Succeed(task);

        RealTool.Run("ar", ["rcsD", Project.PathOf("theirs.a"), .. objects]);
        Assert.Equal(File.ReadAllBytes(Project.PathOf("theirs.a")), File.ReadAllBytes(task.Archives[0].ItemSpec));
    }

    [Fact]
    public void An_object_that_is_gone_or_damaged_is_named_and_the_old_archive_stays()
    {
        _set.Archived();
        string archive = _set.Archives[0].ItemSpec, member = _set.PassedObjects[0].ItemSpec;
        byte[] before = File.ReadAllBytes(archive);

        File.WriteAllBytes(member, File.ReadAllBytes(member)[..100]);
        var damaged = Project.FailOnce(_set.Archive());
        File.Delete(member);
        var gone = Project.FailOnce(_set.Archive());

        Assert.StartsWith("MINIOS20", damaged.Code);
        Assert.Equal(member, damaged.File);
        Assert.Equal((ToolchainCodes.ArchiveFailed, archive), (gone.Code, gone.File));
        Assert.Contains(member, gone.Message);
        Assert.Equal(before, File.ReadAllBytes(archive));
        Assert.Empty(Project.Leftovers());
    }

    [Fact]
    public void A_name_that_the_format_cannot_hold_is_refused_with_its_code()
    {
        _set.Passed();
        string odd = Project.PathOf("obj/passed/core/two\nlines.o");
        File.Copy(_set.PassedObjects[0].ItemSpec, odd);
        var task = _set.Archive();
        (task.Libraries, task.Objects) = (["core"], [TaskProject.Item(odd, ("Library", "core"))]);

        var error = Project.FailOnce(task);

        Assert.Equal(("MINIOS2110", Project.PathOf("obj/lib/libminios-core.a")), (error.Code, error.File));
        Assert.False(File.Exists(Project.PathOf("obj/lib/libminios-core.a")));
    }

    [Fact]
    public void A_cancelled_archive_is_not_there_and_the_next_run_makes_it()
    {
        _set.Passed();
        var task = _set.Archive();
        Project.Prepare(task);
        task.Cancel();

        Assert.False(task.Execute());

        Assert.False(Directory.Exists(Project.PathOf("obj/lib")) && Directory.EnumerateFileSystemEntries(Project.PathOf("obj/lib")).Any());
        _set.Archived();
    }

    [Fact]
    public void A_file_where_the_archive_folder_must_be_is_a_coded_error()
    {
        _set.Passed();
        Project.Write("obj/lib", "");

        Assert.Equal(ToolchainCodes.FileAccess, Project.FailOnce(_set.Archive()).Code);
    }
}
