using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>Objects and archives in old names, as a build adopts them and links them.</summary>
public sealed class AdoptTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Objects_and_archives_get_the_names_of_the_set_and_are_all_that_a_guest_needs()
    {
        string old = Compile("old", "int add(int, int); int lonely(void); int helper(void); int app_main(void) { return add(1, 2) + lonely() + helper(); }");
        string archive = Archive("libold.a", Compile("helper", "int init_blkfront(void); extern int shared; int helper(void) { return init_blkfront() + shared; }"));
        _set.Linkable();
        Plan(old, archive);

        var adopt = Adopt(old, archive);
        Project.Succeed(adopt);

        Assert.Equal(["obj/adopted/old.o lib/adopted/old.o"], adopt.AdoptedObjects.Select(Described));
        Assert.Equal(["obj/adopted/libold.a lib/adopted/libold.a"], adopt.AdoptedArchives.Select(Described));
        Assert.Equal(["T app_main", "U helper", "U minios_add", "U minios_lonely"], Nm.Names(adopt.AdoptedObjects[0].ItemSpec));
        Assert.Equal(["T helper", "U _minios_shared", "U blkfront_init"], Nm.Names(adopt.AdoptedArchives[0].ItemSpec));
        RequireLinks(adopt);

        string Described(Microsoft.Build.Framework.ITaskItem item) => $"{Project.RelativePath(item.ItemSpec)} {item.GetMetadata("PublishedPath")}";
    }

    [Fact]
    public void Nothing_is_done_again_until_a_file_or_the_plan_changes()
    {
        string old = Compile("old", "int add(int, int); int app_main(void) { return add(1, 2); }");
        _set.Passed();
        Plan(old);
        Project.Succeed(Adopt(old));
        var before = _set.Snapshot("obj/adopted");

        Assert.DoesNotContain(Project.Succeed(Adopt(old)).Messages, m => m.Message.StartsWith("adopted ", StringComparison.Ordinal));
        Assert.Equal(before, _set.Snapshot("obj/adopted"));

        Compile("old", "int add(int, int); int app_main(void) { return add(1, 3); }");
        Assert.Contains(Project.Succeed(Adopt(old)).Messages, m => m.Message.EndsWith("old.o changed", StringComparison.Ordinal));
        Project.Write("tree/include/kernel.h", "int init_blkfront(void);\n");
        Project.Succeed(_set.Scan());
        Plan(old);
        Assert.Contains(Project.Succeed(Adopt(old)).Messages, m => m.Message.StartsWith("adopted 1 files", StringComparison.Ordinal));
    }

    [Fact]
    public void A_function_that_headers_declare_and_only_an_adopted_file_defines_keeps_its_name_for_everyone()
    {
        Project.Write("tree/include/kernel.h", "int add(int a, int b);\nint init_blkfront(void);\nint supplied(void);\n");
        string old = Compile("old", "int add(int, int); int supplied(void) { return add(1, 2); }");
        _set.Planned();
        Assert.Contains("function supplied minios_supplied\n", File.ReadAllText(Project.PathOf("obj/share/names.txt")));

        Plan(old);

        Assert.DoesNotContain("supplied", File.ReadAllText(Project.PathOf("obj/share/names.txt")));
    }

    [Fact]
    public void A_warning_is_given_again_while_nothing_changes()
    {
        string old = Compile("old", "__attribute__((weak)) int add(int a, int b) { return a + b; } int app_main(void) { return add(1, 2); }");
        _set.Passed();
        Plan(old);

        Assert.All([Project.Succeed(Adopt(old)), Project.Succeed(Adopt(old))], log => Assert.Equal(AdoptionCodes.OwnWeakName, Assert.Single(log.Warnings).Code));
    }

    [Fact]
    public void A_file_that_is_not_there_is_named_by_the_plan_and_by_the_adoption()
    {
        string gone = Project.PathOf("gone.a");
        _set.Planned();
        var plan = _set.Plan();
        plan.Adopted = [TaskProject.Item("gone.a")];

        Assert.Equal((TaskCodes.AdoptedUnreadable, gone), Project.FailOnce(plan) is var told ? (told.Code, told.File) : default);
        Assert.Equal((TaskCodes.AdoptedUnreadable, gone), Project.FailOnce(Adopt(gone)) is var second ? (second.Code, second.File) : default);
    }

    [Fact]
    public void A_name_that_the_plan_made_local_is_an_error_and_the_old_output_stays()
    {
        string old = Compile("old", "int add(int, int); int app_main(void) { return add(1, 2); }");
        _set.Passed();
        Plan(old);
        Project.Succeed(Adopt(old));
        var before = _set.Snapshot("obj/adopted");
        Compile("old", "int lonely(void); int app_main(void) { return lonely(); }");

        var error = Project.FailOnce(Adopt(old));

        Assert.Equal(AdoptionCodes.UnreachableName, error.Code);
        Assert.Contains("\"lonely\"", error.Message);
        Assert.Equal(before, _set.Snapshot("obj/adopted"));
        Plan(old);
        Project.Succeed(Adopt(old));
    }

    [Fact]
    public void Two_files_of_one_name_both_have_a_place_and_a_file_that_is_given_twice_has_one()
    {
        string one = Compile("a/part", "int add(int, int); int one(void) { return add(1, 2); }"), two = Compile("b/part", "int add(int, int); int two(void) { return add(1, 2); }");
        _set.Passed();
        Plan(one, two);

        var adopt = Adopt(one, two, one);
        Project.Succeed(adopt);

        Assert.Equal(["obj/adopted/part.o", "obj/adopted/1/part.o"], adopt.AdoptedObjects.Select(o => Project.RelativePath(o.ItemSpec)));
        Assert.Equal([["T one", "U minios_add"], ["T two", "U minios_add"]], adopt.AdoptedObjects.Select(o => Nm.Names(o.ItemSpec)));
    }

    [Fact]
    public void Without_the_pass_files_stay_where_and_as_they_are()
    {
        string old = Compile("old", "int add(int, int); int app_main(void) { return add(1, 2); }");
        _set.Planned();
        var adopt = Adopt(old);
        adopt.Enabled = false;

        Project.Succeed(adopt);

        Assert.Equal(old, Assert.Single(adopt.AdoptedObjects).ItemSpec);
        Assert.False(Directory.Exists(Project.PathOf("obj/adopted")));
    }

    [Fact]
    public void An_object_for_another_machine_than_the_sets_is_refused()
    {
        string narrow = Compile("narrow", "int add(int, int); int app_main(void) { return add(1, 2); }", "-m32");
        _set.Passed();
        Plan(narrow);

        Assert.Equal(("MINIOS1302", narrow), Project.FailOnce(Adopt(narrow)) is var error ? (error.Code, error.File) : default);
    }

    [Fact]
    public void The_linker_is_made_to_tell_of_an_archive_that_was_not_adopted()
    {
        string archive = Archive("libold.a", Compile("helper", "int add(int, int); int helper(void) { return add(1, 2); }"));
        Project.Write("main.c", "int helper(void);\nint app_main(void);\nint app_main(void) { return helper(); }\n");
        var task = _set.Linkable().Link();
        task.Archives = [.. _set.Archives, TaskProject.Item(archive)];
        task.Names = "obj/share/names.txt";

        var error = Project.FailOnce(task);

        Assert.Equal(ToolchainCodes.UndefinedReference, error.Code);
        Assert.EndsWith($"; {archive} was not compiled here: if it says an old name (it is \"minios_add\" here), name it under MiniosAdopt", error.Message);
    }

    private string Compile(string name, string source, params string[] options)
    {
        string made = Project.PathOf(name + ".o");
        RealTool.Run("gcc", ["-c", "-w", .. SmallSet.CompilerOptions, .. options, "-o", made, Project.Write(name + ".old.c", source)]);
        return made;
    }

    private string Archive(string name, params string[] objects)
    {
        RealTool.Run("ar", ["rcsD", Project.PathOf(name), .. objects]);
        return Project.PathOf(name);
    }

    /// <summary>Makes the plan anew, and everything that follows from it.</summary>
    private void Plan(params string[] adopted)
    {
        var plan = _set.Plan();
        plan.Adopted = [.. adopted.Select(file => TaskProject.Item(file))];
        Project.Succeed(plan);
    }

    private AdoptMiniosObjects Adopt(params string[] files) => new()
    {
        Policy = SmallSet.Policy, Plan = "obj/plan.json", Files = [.. files.Select(file => TaskProject.Item(file))], OutputFolder = "obj/adopted", Record = "obj/adopted.step",
    };

    private void RequireLinks(AdoptMiniosObjects adopt)
    {
        var prefix = _set.Prefix();
        Project.Succeed(prefix);
        var archive = _set.Archive();
        archive.Objects = prefix.PassedObjects;
        Project.Succeed(archive);
        var link = _set.Link();
        (link.Objects, link.Archives, link.Adopted) = (adopt.AdoptedObjects, [.. archive.Archives, .. adopt.AdoptedArchives], [.. adopt.AdoptedObjects, .. adopt.AdoptedArchives]);
        Project.Succeed(link);
        Assert.Contains("T minios_lonely", Nm.Names(Project.PathOf("bin/hello")));
    }
}
