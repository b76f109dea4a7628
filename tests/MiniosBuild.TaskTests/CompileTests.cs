using Microsoft.Build.Framework;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.TaskTests;

public sealed class CompileTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Sources_become_objects_named_after_their_paths_and_their_library()
    {
        var task = _set.Compile();
        Project.Succeed(task);

        Assert.Equal(
            ["obj/objects/core/kernel.o core tree/kernel.c", "obj/objects/blkfront/blkfront.o blkfront tree/blkfront.c", "obj/objects/entry/arch_x86_x86_64.o entry tree/arch/x86/x86_64.S"],
            task.Objects.Select(o => $"{Project.RelativePath(o.ItemSpec)} {o.GetMetadata("Library")} {Project.RelativePath(o.GetMetadata("Source"))}"));
        Assert.All(task.Objects, o => Assert.Equal(ElfType.Relocatable, ElfFile.Parse(File.ReadAllBytes(o.ItemSpec)).Type));
        Assert.Equal(3, _set.Tools.TakeStarted().Count);
    }

    [Fact]
    public void Metadata_of_a_source_reaches_its_own_compilation_alone()
    {
        Project.Write("own headers/own.h", "#define OWN 5\n");
        Project.Write("tree/own.c", "#include <own.h>\nint own[OWN + A + B + C];\n");
        _set.Sources =
        [
            TaskProject.Item(SmallSet.KernelSource),
            TaskProject.Item("tree/own.c", ("PreprocessorDefinitions", "A=1; B=2"), ("AdditionalIncludeDirectories", "own headers"), ("AdditionalOptions", "-DC=3 -fno-builtin")),
        ];
        Project.Succeed(_set.Compile());

        var started = _set.Tools.TakeStarted();
        Assert.Single(started, c => c.Contains("-DA=1 -DB=2", StringComparison.Ordinal) && c.Contains("-DC=3 -fno-builtin", StringComparison.Ordinal));
        Assert.Single(started, c => !c.Contains("-DA=1", StringComparison.Ordinal) && !c.Contains("-DC=3", StringComparison.Ordinal));
        var own = ElfFile.Parse(File.ReadAllBytes(Project.PathOf("obj/objects/own.o"))).Symbols.Single(s => s.Name == "own");
        Assert.Equal(4ul * (5 + 1 + 2 + 3), own.Size);
    }

    [Fact]
    public void A_changed_header_recompiles_exactly_its_users()
    {
        Project.Succeed(_set.Compile());
        _set.Tools.TakeStarted();
        Project.Write("tree/include/kernel.h", "int add(int a, int b);\nint init_blkfront(void);\nint later(void);\n");

        var log = Project.Succeed(_set.Compile());

        var started = _set.Tools.TakeStarted();
        Assert.Equal(2, started.Count);
        Assert.DoesNotContain(started, c => c.Contains("x86_64.S", StringComparison.Ordinal));
        Assert.Contains(log.Messages, m => m.Message == $"kernel.c: {Project.PathOf("tree/include/kernel.h")} changed");
    }

    [Fact]
    public void A_changed_option_recompiles_everything()
    {
        Project.Succeed(_set.Compile());
        _set.Tools.TakeStarted();
        var task = _set.Compile();
        task.Defines = ["MORE"];

        var log = Project.Succeed(task);

        Assert.Equal(3, _set.Tools.TakeStarted().Count);
        Assert.Contains(log.Messages, m => m.Message == "kernel.c: its command, its tool or a setting changed");
    }

    [Fact]
    public void An_error_is_located_and_the_other_sources_are_compiled_all_the_same()
    {
        Project.Write(SmallSet.DriverSource, "int before;\nint f(void) { return missing; }\n");

        var error = Project.FailOnce(_set.Compile());

        Assert.Equal((ToolchainCodes.CompileError, Project.PathOf(SmallSet.DriverSource), 2, 22), (error.Code, error.File, error.Line, error.Column));
        Assert.StartsWith("'missing' undeclared", error.Message.Replace('‘', '\'').Replace('’', '\''));
        Assert.True(File.Exists(Project.PathOf("obj/objects/core/kernel.o")));
        Assert.False(File.Exists(Project.PathOf("obj/objects/blkfront/blkfront.o")));
        Assert.Empty(Project.Leftovers());

        _set.Tools.TakeStarted();
        Project.Write(SmallSet.DriverSource, "int before;\n");
        Project.Succeed(_set.Compile());
        Assert.Contains("blkfront.c", Assert.Single(_set.Tools.TakeStarted()));
    }

    [Fact]
    public void An_error_leaves_the_object_of_an_earlier_build_out_of_date()
    {
        Project.Succeed(_set.Compile());
        Project.Write(SmallSet.DriverSource, "#error no\n");
        Project.Fail(_set.Compile());
        Project.Fail(_set.Compile());
    }

    [Fact]
    public void A_warning_is_located_and_does_not_fail_the_task()
    {
        Project.Write(SmallSet.DriverSource, "int f(void)\n{\n    int unused;\n    return 0;\n}\n");

        var warning = Assert.Single(Project.Succeed(_set.Compile()).Warnings);

        Assert.Equal((ToolchainCodes.CompileWarning, Project.PathOf(SmallSet.DriverSource), 3, 9), (warning.Code, warning.File, warning.Line, warning.Column));
    }

    [Fact]
    public void A_sources_own_options_win_over_those_of_all()
    {
        Project.Write("tree/own.c", "#if __STDC_VERSION__ != 199901L\n#error not its own\n#endif\nint own;\n");
        var task = _set.Compile();
        task.Sources = [TaskProject.Item("tree/own.c", ("AdditionalOptions", "-std=c99"))];
        (task.Options, task.AdditionalOptions) = (["-std=gnu11"], "-std=c11");

        Project.Succeed(task);
    }

    [Fact]
    public void A_missing_source_is_named()
    {
        File.Delete(Project.PathOf(SmallSet.KernelSource));

        var error = Project.FailOnce(_set.Compile());

        Assert.Equal((ToolchainCodes.SourceNotFound, Project.PathOf(SmallSet.KernelSource)), (error.Code, error.File));
    }

    [Fact]
    public void A_missing_compiler_is_named()
    {
        var task = _set.Compile();
        task.Compiler = Project.PathOf("tools/no-gcc");

        var error = Project.FailOnce(task);

        Assert.Equal((ToolchainCodes.CannotStart, task.Compiler), (error.Code, error.File));
    }

    [Fact]
    public void A_compiler_that_is_no_program_is_named()
    {
        var task = _set.Compile();
        task.Compiler = Project.PathOf("tools/text");
        Project.WriteProgram("tools/text", "");
        File.WriteAllBytes(task.Compiler, [1, 2, 3, 4]);

        var error = Project.FailOnce(task);

        Assert.Equal((ToolchainCodes.CannotStart, task.Compiler), (error.Code, error.File));
    }

    [Fact]
    public void A_compiler_that_fails_in_silence_is_reported_with_its_exit_code()
    {
        var task = _set.Compile();
        task.Sources = [TaskProject.Item(SmallSet.KernelSource)];
        task.Compiler = Project.WriteProgram("tools/mute", "exit 3\n");

        var error = Project.FailOnce(task);

        Assert.Equal((ToolchainCodes.CompilerFailed, Project.PathOf(SmallSet.KernelSource)), (error.Code, error.File));
        Assert.Contains("exit code 3: it printed nothing", error.Message);
    }

    [Fact]
    public void A_compiler_that_makes_no_object_is_reported_although_it_says_all_is_well()
    {
        var task = _set.Compile();
        task.Sources = [TaskProject.Item(SmallSet.KernelSource)];
        task.Compiler = Project.WriteProgram("tools/idle", "exit 0\n");

        Project.FailOnce(task);
    }

    [Fact]
    public void A_file_where_the_object_folder_must_be_is_a_coded_error()
    {
        var task = _set.Compile();
        task.ObjectFolder = Project.RelativePath(Project.Write("occupied", ""));

        var error = Project.FailOnce(task);

        Assert.Equal(ToolchainCodes.FileAccess, error.Code);
        Assert.Contains("occupied", error.Message);
    }

    [Fact]
    public void Two_sources_of_one_object_are_refused_before_anything_starts()
    {
        Project.Write("tree/a/b.c", "int x;\n");
        Project.Write("tree/a_b.c", "int y;\n");
        var task = _set.Compile();
        task.Sources = [TaskProject.Item("tree/a/b.c"), TaskProject.Item("tree/a_b.c")];

        var error = Project.FailOnce(task);

        Assert.Equal((ToolchainCodes.SameObject, Project.PathOf("tree/a/b.c")), (error.Code, error.File));
        Assert.Contains(Project.PathOf("tree/a_b.c"), error.Message);
        Assert.Empty(_set.Tools.TakeStarted());
    }

    [Fact]
    public void Objects_are_the_same_in_any_folder_and_at_any_parallelism()
    {
        using var longer = new TaskProject("a folder with quite another name and length");
        foreach (string file in new[] { SmallSet.KernelSource, SmallSet.DriverSource, SmallSet.EntrySource, "tree/include/kernel.h" })
        {
            longer.Write(file, File.ReadAllText(Project.PathOf(file)));
        }

        ITaskItem[] here = Compiled(Project, 2), there = Compiled(longer, 1);

        Assert.Equal(here.Select(o => Convert.ToHexString(File.ReadAllBytes(o.ItemSpec))), there.Select(o => Convert.ToHexString(File.ReadAllBytes(o.ItemSpec))));

        ITaskItem[] Compiled(TaskProject project, int cores)
        {
            var task = _set.Compile();
            project.Succeed(task, cores);
            return task.Objects;
        }
    }
}
