using Microsoft.Build.Framework;
using MiniosBuild.Tasks;

namespace MiniosBuild.TaskTests;

/// <summary>Variables that a header defines, as a step of a build.</summary>
public sealed class CommonTests : IDisposable
{
    private readonly SmallSet _set = new();

    public CommonTests()
    {
        Project.Write("tree/include/old.h", "int tentative;\nint hidden[9];\n");
        foreach (string source in new[] { SmallSet.KernelSource, SmallSet.DriverSource })
        {
            Project.Write(source, "#include \"old.h\"\n" + File.ReadAllText(Project.PathOf(source)) + "int uses_" + Path.GetFileNameWithoutExtension(source) + "(void);\nint uses_"
                + Path.GetFileNameWithoutExtension(source) + "(void) { return tentative; }\n");
        }
    }

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void The_objects_that_have_common_symbols_are_written_anew_planned_and_passed()
    {
        var task = Allocate();
        RecordingEngine engine = Project.Succeed(task);

        Assert.Equal(["hidden", "tentative"], task.TentativeNames);
        Assert.Equal([("MINIOS1350", 2), ("MINIOS1350", 1)], engine.Warnings.Select(w => (w.Code, w.Line)));
        Assert.All(engine.Warnings, w => Assert.Equal(Project.PathOf("tree/include/old.h"), w.File));
        Assert.Equal(["core", "blkfront", "entry"], task.AllocatedObjects.Select(o => o.GetMetadata("Library")));
        Assert.Equal([true, true, false], task.AllocatedObjects.Select(o => o.ItemSpec.Contains("/.allocated/", StringComparison.Ordinal)));
        Assert.Contains("B tentative", Nm.Names(task.AllocatedObjects[0].ItemSpec));
        Assert.Contains("U tentative", Nm.Names(task.AllocatedObjects[1].ItemSpec));
        Assert.DoesNotContain(Nm.Names(task.AllocatedObjects[1].ItemSpec), name => name.Contains("hidden", StringComparison.Ordinal));

        PlanMiniosNamespace plan = _set.Plan();
        (plan.Objects, plan.TentativeNames) = (task.AllocatedObjects, task.TentativeNames);
        Project.Succeed(_set.Scan());
        Project.Succeed(plan);
        PrefixMiniosSymbols prefix = _set.Prefix();
        prefix.Objects = task.AllocatedObjects;
        Project.Succeed(prefix);
        Assert.Contains("B _minios_tentative", Nm.Names(prefix.PassedObjects[0].ItemSpec));
        Assert.Contains("U _minios_tentative", Nm.Names(prefix.PassedObjects[1].ItemSpec));
        Assert.Contains("b hidden", Nm.Names(prefix.PassedObjects[0].ItemSpec));
    }

    [Fact]
    public void While_nothing_changes_nothing_is_done_and_all_is_said_again()
    {
        var task = Allocate();
        Project.Succeed(task);
        var again = Allocate(task.Objects);
        RecordingEngine engine = Project.Succeed(again);

        Assert.Empty(engine.Messages);
        Assert.Equal(2, engine.Warnings.Count);
        Assert.Equal(task.TentativeNames, again.TentativeNames);
        Assert.Equal(task.AllocatedObjects.Select(o => o.ItemSpec), again.AllocatedObjects.Select(o => o.ItemSpec));

        File.Delete(task.AllocatedObjects[1].ItemSpec);
        Assert.Contains(Project.Succeed(Allocate(task.Objects)).Messages, m => m.Message.EndsWith("blkfront.o is missing", StringComparison.Ordinal));
        Assert.True(File.Exists(task.AllocatedObjects[1].ItemSpec));
    }

    [Fact]
    public void Without_the_pass_and_without_common_symbols_the_objects_are_what_they_were()
    {
        var off = Allocate();
        off.Enabled = false;
        Project.Succeed(off);
        Assert.Same(off.Objects, off.AllocatedObjects);
        Assert.Empty(off.TentativeNames);

        var none = Allocate(Compile("-fno-common"));
        Assert.Empty(Project.Succeed(none).Warnings);
        Assert.Equal(none.Objects.Select(o => o.ItemSpec), none.AllocatedObjects.Select(o => o.ItemSpec));
        Assert.Empty(none.TentativeNames);
    }

    private AllocateMiniosCommons Allocate(ITaskItem[]? objects = null) => new()
    {
        Objects = objects ?? Compile("-fcommon"), ObjectFolder = "obj/objects", OutputFolder = "obj/objects/.allocated", List = "obj/commons.txt", PathMap = ["tree=/minios", ".=/guest"],
    };

    private ITaskItem[] Compile(string option)
    {
        CompileMinios compile = _set.Compile();
        compile.Options = [.. SmallSet.CompilerOptions, option];
        Project.Succeed(compile);
        return compile.Objects;
    }
}
