using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>The set as one relocatable object.</summary>
public sealed class JoinTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Everything_is_local_but_the_public_symbols_and_the_entry_comes_first()
    {
        _set.Archived();
        Project.Succeed(Join());

        Assert.Equal(
            ["T _start", "T blkfront_init", "T minios_add", "W app_main", "b _minios_shared", "b counter", "b unshared", "t _minios_inner", "t lonely"],
            Nm.Names(Project.PathOf("obj/lib/minios.o")).Where(n => n[2] != '.').Order(StringComparer.Ordinal));
        Assert.Contains("0000000000000000 T _start", RealTool.Run("nm", Project.PathOf("obj/lib/minios.o")));
        Assert.Contains(RealTool.Run("nm", "-g", Project.PathOf("obj/lib/minios.o")).Split('\n'), line => line.EndsWith("_start", StringComparison.Ordinal));
        Assert.DoesNotContain("_minios_", RealTool.Run("nm", "-g", Project.PathOf("obj/lib/minios.o")));
        Assert.Empty(Directory.GetFiles(Project.PathOf("obj"), "*.joined", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_guest_is_linked_with_it_alone_and_may_have_the_internal_names()
    {
        Project.Write("main.c", "#include <mini-os/kernel.h>\nint app_main(void);\nint _minios_inner(int x);\nint _minios_inner(int x) { return -x; }\nint app_main(void) { return minios_add(1, 2) + _minios_inner(blkfront_init()); }\n");
        _set.Linkable();
        Project.Succeed(Join());
        var link = _set.Link();
        (link.EntryObjects, link.Archives) = ([TaskProject.Item("obj/lib/minios.o")], []);

        Project.Succeed(link);

        Assert.Equal(2, Nm.Names(Project.PathOf("bin/hello")).Count(n => n[2..] == "_minios_inner"));
    }

    [Fact]
    public void What_consumers_and_adopted_files_need_stays_global()
    {
        _set.Archived();
        string consumer = Compile("consumer", "extern int _minios_shared; int f(void) { return _minios_shared; }"), old = Compile("old", "int inner(int); int g(void) { return inner(1); }");
        var join = Join();
        (join.Consumers, join.Adopted) = ([TaskProject.Item(consumer)], [TaskProject.Item(old)]);

        Project.Succeed(join);

        string globals = RealTool.Run("nm", "-g", Project.PathOf("obj/lib/minios.o"));
        Assert.Contains(" _minios_shared", globals);
        Assert.Contains(" T _minios_inner", globals);
    }

    [Fact]
    public void The_linker_starts_once_until_a_part_changes()
    {
        _set.Archived();
        Project.Succeed(Join());
        _set.Tools.TakeStarted();
        var before = _set.Snapshot("obj/lib");

        Project.Succeed(Join());

        Assert.Empty(_set.Tools.TakeStarted());
        Assert.Equal(before, _set.Snapshot("obj/lib"));
        Project.Write(SmallSet.KernelSource, File.ReadAllText(Project.PathOf(SmallSet.KernelSource)).Replace("return 7", "return 8"));
        _set.Archived();
        _set.Tools.TakeStarted();
        Project.Succeed(Join());
        Assert.Single(_set.Tools.TakeStarted(), c => c.StartsWith("ld ", StringComparison.Ordinal));
        Assert.NotEqual(before, _set.Snapshot("obj/lib"));
    }

    [Fact]
    public void A_linker_that_fails_is_told_and_the_old_object_stays()
    {
        _set.Archived();
        Project.Succeed(Join());
        byte[] before = File.ReadAllBytes(Project.PathOf("obj/lib/minios.o"));
        var join = Join();
        join.Linker = Project.WriteProgram("tools/broken", "echo 'no such option' >&2\nexit 3\n");

        var error = Project.FailOnce(join);

        Assert.Equal(ToolchainCodes.JoinFailed, error.Code);
        Assert.Contains("exit code 3: no such option", error.Message);
        Assert.Equal(before, File.ReadAllBytes(Project.PathOf("obj/lib/minios.o")));
    }

    [Fact]
    public void A_linker_that_leaves_a_part_out_is_found_out()
    {
        _set.Archived();
        var join = Join();
        join.Linker = Project.WriteProgram("tools/forgetful", "for f; do out=$f; done; case \"$*\" in *) exec /usr/bin/ld -r -o \"$out\" obj/passed/entry/arch_x86_x86_64.o;; esac\n");

        Assert.Equal("MINIOS1204", Project.FailOnce(join).Code);
        Assert.False(File.Exists(Project.PathOf("obj/lib/minios.o")));
    }

    private string Compile(string name, string source)
    {
        RealTool.Run("gcc", ["-c", "-w", .. SmallSet.CompilerOptions, "-o", Project.PathOf(name + ".o"), Project.Write(name + ".old.c", source)]);
        return Project.PathOf(name + ".o");
    }

    private JoinMiniosObjects Join() => new()
    {
        Linker = _set.Tools.Linker, Identity = SmallSet.Identity, Emulation = "elf_x86_64", Policy = SmallSet.Policy, ApiList = "obj/share/api.txt",
        EntryObjects = _set.EntryObjects, Archives = _set.Archives, Object = "obj/lib/minios.o", Record = "obj/records/minios.o.step",
    };
}
