using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

public sealed class PrefixTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    private string KernelObject => Project.PathOf("obj/objects/core/kernel.o");

    private string PassedKernel => Project.PathOf("obj/passed/core/kernel.o");

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Definitions_and_references_get_their_names_together()
    {
        _set.Passed();

        Assert.Equal(
            ["D _minios_shared", "T _minios_inner", "T minios_add", "W app_main", "b counter", "b unshared", "t lonely"],
            Nm.Names(PassedKernel).Select(n => n.Replace("B _minios_shared", "D _minios_shared")).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["T blkfront_init", "U _minios_inner", "U _minios_shared", "U minios_add"], Nm.Names(Project.PathOf("obj/passed/blkfront/blkfront.o")));
    }

    [Fact]
    public void Passed_objects_keep_their_order_place_and_metadata()
    {
        _set.Passed();

        Assert.Equal(
            ["obj/passed/core/kernel.o core tree/kernel.c", "obj/passed/blkfront/blkfront.o blkfront tree/blkfront.c", "obj/passed/entry/arch_x86_x86_64.o entry tree/arch/x86/x86_64.S"],
            _set.PassedObjects.Select(o => $"{Project.RelativePath(o.ItemSpec)} {o.GetMetadata("Library")} {Project.RelativePath(o.GetMetadata("Source"))}"));
    }

    [Fact]
    public void Switched_off_it_gives_the_objects_as_they_are()
    {
        _set.Planned();
        _set.Tools.TakeStarted();
        var task = _set.Prefix();
        task.Enabled = false;
        Project.Succeed(task);

        Assert.Same(_set.Objects, task.PassedObjects);
        Assert.Empty(_set.Tools.TakeStarted());
    }

    [Fact]
    public void A_plan_that_asks_for_a_symbol_that_is_not_there_leaves_the_old_output_untouched()
    {
        _set.Passed();
        byte[] passed = File.ReadAllBytes(PassedKernel), compiled = File.ReadAllBytes(KernelObject);
        RealTool.Run("gcc", "-c", Project.Write("other.c", "int add(void) { return 1; }\n"), "-o", KernelObject);

        var error = Project.FailOnce(_set.Prefix());

        Assert.Equal((TaskCodes.PassResultDiffers, KernelObject), (error.Code, error.File));
        Assert.Contains("'inner'", error.Message);
        Assert.Equal(passed, File.ReadAllBytes(PassedKernel));
        Assert.Empty(Project.Leftovers());

        Project.FailOnce(_set.Prefix());
        File.WriteAllBytes(KernelObject, compiled);
        Project.Succeed(_set.Prefix());
        Assert.Equal(passed, File.ReadAllBytes(PassedKernel));
    }

    [Fact]
    public void A_plan_that_makes_two_names_one_is_refused()
    {
        _set.Planned();
        RealTool.Run("objcopy", "--add-symbol", "_minios_inner=.text:0,function,global", KernelObject);

        var error = Project.FailOnce(_set.Prefix());

        Assert.Equal(("MINIOS2014", KernelObject), (error.Code, error.File));
        Assert.Contains("_minios_inner", error.Message);
    }

    [Fact]
    public void A_damaged_plan_is_named()
    {
        _set.Planned();
        string plan = Project.PathOf("obj/plan.json");
        File.WriteAllBytes(plan, File.ReadAllBytes(plan)[..^20]);

        var error = Project.FailOnce(_set.Prefix());

        Assert.Equal(("MINIOS1316", plan), (error.Code, error.File));
    }

    [Fact]
    public void An_object_that_the_plan_does_not_know_is_named()
    {
        _set.Planned();
        Project.Write("obj/objects/late.o", "");
        var task = _set.Prefix();
        task.Objects = [.. _set.Objects, TaskProject.Item("obj/objects/late.o")];

        var error = Project.FailOnce(task);

        Assert.Equal((TaskCodes.ObjectNotPlanned, Project.PathOf("obj/plan.json")), (error.Code, error.File));
        Assert.Contains(Project.PathOf("obj/objects/late.o"), error.Message);
    }

    [Fact]
    public void An_objcopy_that_fails_is_reported_for_each_object_and_counts_for_nothing()
    {
        _set.Planned();

        var errors = Project.Fail(_set.PrefixWith(Project.WriteProgram("tools/broken", "echo 'no memory' >&2\nexit 4\n"))).Errors;

        Assert.Equal([KernelObject, Project.PathOf("obj/objects/blkfront/blkfront.o")], errors.Select(e => e.File));
        Assert.All(errors, e => Assert.Equal(ToolchainCodes.SymbolPassFailed, e.Code));
        Assert.Contains("exit code 4: no memory", errors[0].Message);
        Assert.False(File.Exists(PassedKernel));
        Project.Succeed(_set.Prefix());
    }

    [Theory]
    [InlineData("exit 0", "does nothing")]
    [InlineData("for f; do :; done; exec /usr/bin/objcopy --strip-debug \"$@\"", "strips as well")]
    [InlineData("for f; do :; done; exec /usr/bin/objcopy --globalize-symbol=counter \"$@\"", "changes a binding")]
    [InlineData("for f; do :; done; /usr/bin/objcopy \"$@\" && head -c 300 \"$f\" > \"$f.cut\" && mv \"$f.cut\" \"$f\"", "writes a part")]
    public void An_objcopy_that_does_other_than_asked_is_found_out_and_the_old_output_stays(string program, string what)
    {
        _set.Passed();
        byte[] passed = File.ReadAllBytes(PassedKernel);

        var errors = Project.Fail(_set.PrefixWith(Project.WriteProgram("tools/" + what, program + "\n"))).Errors;

        Assert.Contains(errors, e => e.File == KernelObject);
        Assert.All(errors, e => Assert.Matches("^MINIOS(1320|132[6-9]|20[0-9]{2})$", e.Code));
        Assert.Equal(passed, File.ReadAllBytes(PassedKernel));
        Assert.Empty(Directory.GetFiles(Project.PathOf("obj/passed"))); // No temporary file is left.
    }

    [Theory]
    [InlineData("objcopy", "objcopy")]
    [InlineData("llvm-objcopy", "llvm-objcopy")]
    public void Every_rewriter_gives_the_same_symbols_and_the_same_note(string rewriter, string tool)
    {
        _set.Passed();
        var managed = _set.PassedObjects.ToDictionary(o => o.ItemSpec, o => Describe(o.ItemSpec));
        var task = _set.PrefixWith(tool == "objcopy" ? _set.Tools.Objcopy : LlvmTool.Find(tool), rewriter);

        var log = Project.Succeed(task);

        Assert.Contains(log.Messages, m => m.Message == "passed 3 of 3 objects");
        Assert.All(task.PassedObjects, o => Assert.Equal(managed[o.ItemSpec], Describe(o.ItemSpec)));
        Assert.All(managed.Values, value => Assert.Contains("policy=minios", value));
    }

    [Fact]
    public void The_managed_rewriter_starts_no_tool()
    {
        _set.Planned();
        _set.Tools.TakeStarted();

        Project.Succeed(_set.Prefix());

        Assert.Empty(_set.Tools.TakeStarted());
    }

    [Fact]
    public void A_truncated_object_is_named()
    {
        _set.Planned();
        File.WriteAllBytes(KernelObject, File.ReadAllBytes(KernelObject)[..300]);

        Assert.Equal(KernelObject, Project.FailOnce(_set.Prefix()).File);
    }

    [Fact]
    public void A_file_where_the_output_folder_must_be_is_a_coded_error()
    {
        _set.Planned();
        var task = _set.Prefix();
        task.OutputFolder = Project.RelativePath(Project.Write("occupied", ""));

        var errors = Project.Fail(task).Errors;

        Assert.All(errors, e => Assert.Equal(ToolchainCodes.FileAccess, e.Code));
        Assert.Contains("occupied", errors[0].Message);
    }

    [Fact]
    public void A_changed_plan_passes_only_the_objects_it_changes_for()
    {
        _set.Passed();
        var entry = File.GetLastWriteTimeUtc(Project.PathOf("obj/passed/entry/arch_x86_x86_64.o.step"));
        Project.Write(SmallSet.DriverSource, File.ReadAllText(Project.PathOf(SmallSet.DriverSource)) + "int lonely(void);\nint use(void) { return lonely(); }\n");
        _set.Planned();

        // The kernel's object is the same as before, but what it had to itself is now needed.
        Assert.Contains(Project.Succeed(_set.Prefix()).Messages, m => m.Message == "passed 2 of 3 objects");

        Assert.Contains("T _minios_lonely", Nm.Names(PassedKernel));
        Assert.Equal(entry, File.GetLastWriteTimeUtc(Project.PathOf("obj/passed/entry/arch_x86_x86_64.o.step")));
    }

    [Fact]
    public void Another_rewriter_passes_every_object_again()
    {
        _set.Passed();

        Assert.Contains(Project.Succeed(_set.PrefixWith(_set.Tools.Objcopy)).Messages, m => m.Message == "passed 3 of 3 objects");
        Assert.Contains(Project.Succeed(_set.PrefixWith(_set.Tools.Objcopy)).Messages, m => m.Message == "the names of all 3 objects are up to date");
    }

    private static string Describe(string path) =>
        string.Join('\n', [.. Nm.Names(path), ElfPassNote.Read(ElfFile.Parse(File.ReadAllBytes(path)))]);
}
