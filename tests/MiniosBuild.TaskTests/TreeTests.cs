using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

public sealed class TreeTests : IDisposable
{
    private readonly TaskProject _project = new();

    public TreeTests()
    {
        foreach (string file in new[] { "kernel.c", "blkfront.c", "console/console.c", "lib/string.c", "balloon.c", "include/x86/x86_64/arch.h", "arch/x86/x86_64.S" })
        {
            _project.Write("a tree/" + file, "");
        }

        _project.Write("xen/xen.h", "first");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void Sources_are_selected_with_their_libraries_and_switches()
    {
        var task = Task();
        task.WithLibc = true;
        _project.Succeed(task);

        Assert.Equal(
            ["a tree/kernel.c core", "a tree/lib/string.c libc", "a tree/blkfront.c blkfront"],
            task.SelectedSources.Select(s => $"{_project.RelativePath(s.ItemSpec)} {s.GetMetadata("Library")}"));
        Assert.Equal(["core", "libc", "blkfront"], task.Libraries);
        Assert.Equal(["CONFIG_BLKFRONT", "CONFIG_SIZE=7"], task.Defines);
    }

    [Fact]
    public void A_source_of_a_switch_is_built_where_the_switch_is_on()
    {
        var task = Task();
        task.Config = [TaskProject.Item("BALLOON", ("Value", "y"))];
        _project.Succeed(task);

        Assert.Contains(_project.PathOf("a tree/balloon.c"), task.SelectedSources.Select(s => s.ItemSpec));
        Assert.Contains("CONFIG_BALLOON", task.Defines);
    }

    [Fact]
    public void A_selected_source_keeps_the_metadata_that_the_project_gave_it()
    {
        var task = Task();
        task.Sources = [TaskProject.Item("a tree/kernel.c", ("Library", "core"), ("AdditionalOptions", "-O3")), TaskProject.Item("a tree/blkfront.c", ("Library", "blkfront"))];
        _project.Succeed(task);

        Assert.Equal(["-O3", ""], task.SelectedSources.Select(s => s.GetMetadata("AdditionalOptions")));
    }

    [Fact]
    public void A_missing_entry_source_is_named_with_where_a_tree_has_it()
    {
        File.Delete(_project.PathOf("a tree/arch/x86/x86_64.S"));

        var error = _project.FailOnce(Task());

        Assert.Equal((ToolchainCodes.NoEntryObject, _project.PathOf("a tree/arch/x86/x86_64.S")), (error.Code, error.File));
        Assert.Contains("arch/x86/x86_64.S", error.Message);
    }

    [Fact]
    public void A_list_header_is_generated_outside_the_tree_until_the_tree_has_one()
    {
        _project.Write("a tree/include/minios-external/bsd-sys-queue.h", "#define LIST_NEXT(element, field) ((element)->field.next)\n");
        var task = Task();
        _project.Succeed(task);
        string header = Assert.Single(task.GeneratedHeaders);
        Assert.Equal(_project.PathOf("obj/links/generated/mini-os/list.h"), header);
        Assert.Contains("MINIOS_LIST_NEXT", File.ReadAllText(header));

        _project.Write("a tree/include/list.h", "");
        var again = Task();
        _project.Succeed(again);
        Assert.Empty(again.GeneratedHeaders);
        Assert.False(File.Exists(header));
    }

    [Theory]
    [InlineData("9front")]
    [InlineData("mini-os")]
    public void A_prefix_that_begins_no_name_of_C_is_refused(string prefix)
    {
        _project.Write("a tree/include/minios-external/bsd-sys-queue.h", "#define LIST_NEXT(element, field) ((element)->field.next)\n");
        var task = Task();
        task.ListPrefix = prefix;
        var error = _project.FailOnce(task);

        Assert.Equal((TaskCodes.NoListPrefix, _project.PathOf("a tree")), (error.Code, error.File));
        Assert.Contains($"'{prefix}'", error.Message);
    }

    [Fact]
    public void Headers_are_seen_through_links_outside_the_tree_that_follow_a_changed_folder()
    {
        var task = Task();
        _project.Succeed(task);

        Assert.All(task.IncludeFolders, f => Assert.True(Directory.Exists(f)));
        Assert.Contains(task.IncludeFolders, f => File.Exists(Path.Combine(f, "mini-os", "arch.h")));
        Assert.Equal("first", File.ReadAllText(Path.Combine(task.XenIncludeFolder, "xen", "xen.h")));
        Assert.StartsWith(_project.PathOf("obj/links"), task.XenIncludeFolder);

        _project.Write("xen2/xen.h", "second");
        var again = Task();
        again.XenHeaders = "xen2";
        _project.Succeed(again);
        Assert.Equal("second", File.ReadAllText(Path.Combine(again.XenIncludeFolder, "xen", "xen.h")));
    }

    [Fact]
    public void Missing_headers_of_Xen_are_named_with_the_package_that_brings_them()
    {
        var task = Task();
        task.XenHeaders = "no xen";

        var error = _project.FailOnce(task);

        Assert.Equal((ToolchainCodes.XenHeadersNotFound, _project.PathOf("no xen")), (error.Code, error.File));
        Assert.Contains("libxen-dev", error.Message);
    }

    [Fact]
    public void A_driver_that_the_tree_does_not_have_is_named_with_those_it_has()
    {
        var task = Task();
        task.Drivers = [TaskProject.Item("fbfront")];

        var error = _project.FailOnce(task);

        Assert.Equal((ToolchainCodes.UnknownDriver, _project.PathOf("a tree")), (error.Code, error.File));
        Assert.Contains("'fbfront'", error.Message);
    }

    [Fact]
    public void A_folder_that_is_no_tree_is_named()
    {
        var task = Task();
        task.Root = "none";
        task.Sources = [];

        var error = _project.FailOnce(task);

        Assert.Equal((ToolchainCodes.NotATree, _project.PathOf("none")), (error.Code, error.File));
        Assert.Contains("the folder does not exist", error.Message);
    }

    [Fact]
    public void A_switch_that_is_no_name_or_has_no_value_is_refused()
    {
        foreach (var (name, value) in new[] { ("A-B", "y"), ("CONFIG_A", "y"), ("A", "") })
        {
            var task = Task();
            task.Config = [TaskProject.Item(name, ("Value", value))];

            Assert.Equal(ToolchainCodes.BadConfiguration, _project.FailOnce(task).Code);
        }
    }

    private static ResolveMiniosTree Task() => new()
    {
        Root = "a tree", HeaderFolder = "a tree/include", Arch = "x86_64", XenHeaders = "xen", LinkFolder = "obj/links", Record = "obj/tree.recipe",
        EntrySource = "a tree/arch/x86/x86_64.S",
        Sources =
        [
            TaskProject.Item("a tree/kernel.c", ("Library", "core")), TaskProject.Item("a tree/blkfront.c", ("Library", "blkfront")),
            TaskProject.Item("a tree/console/console.c", ("Library", "console")), TaskProject.Item("a tree/lib/string.c", ("Library", "libc")),
            TaskProject.Item("a tree/balloon.c", ("Library", "core"), ("Config", "BALLOON")),
        ],
        Drivers = [TaskProject.Item("blkfront")],
        Config = [TaskProject.Item("SIZE", ("Value", "7")), TaskProject.Item("OFF", ("Value", "n"))],
    };
}
