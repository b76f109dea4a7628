using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>Trees of other shapes than the reference tree's: what comes of them, and that nothing comes into them.</summary>
public sealed partial class OtherTreesTests : IDisposable
{
    private const string Guest = """
        #include <mini-os/lib.h>

        int app_main(void *info)
        {
            minios_printk(info ? "hello" : "nothing");
            return 0;
        }
        """;

    private readonly GuestProject _project = new();
    private readonly List<OtherTree> _trees = [];

    public OtherTreesTests() => _project.Write("hello.c", Guest);

    public void Dispose()
    {
        _trees.ForEach(t => t.Dispose());
        _project.Dispose();
    }

    [Fact]
    public void ANewerTreeGivesArchivesHeadersAndAGuest()
    {
        var tree = Tree(TreeFiles.Newer());
        File.CreateSymbolicLink(tree.PathOf("include/mini-os"), "."); // As upstream's makefile leaves it.
        SetDrivers("blkfront;tpm_tis");

        BuildBoth(tree);

        Assert.Equal(["blkfront", "console", "core", "libc", "tpm_tis", "xenbus"], Libraries());
        Assert.Superset(new HashSet<string> { "minios_schedule", "minios_xmalloc", "minios_arch_halt", "app_main" }, Names("core").ToHashSet());
        Assert.DoesNotContain(Names("core"), n => n.Contains("balloon", StringComparison.Ordinal) || n.Contains("tpm", StringComparison.Ordinal));
        Assert.Equal(["blkfront_init", "blkfront_sector"], Names("blkfront").Order());
        Assert.Equal(["minios_init_tpm_tis"], Names("tpm_tis"));
        Assert.Equal(["strlen"], Names("libc"));
        Assert.Equal(
            [
                "arch_limits.h", "blkfront.h", "lib.h", "list.h", "os.h", "sched.h", "tpm_tis.h", "types.h",
                "x86/os.h", "x86/x86_64/arch_limits.h", "x86_64/arch_limits.h", // The tree's other names for three of them.
            ],
            StagedHeaders("mini-os"));
        Assert.EndsWith("#include <mini-os/os.h>\n", Staged("mini-os/x86/os.h"));
        Assert.Contains("\n. = (8192 * 128)", File.ReadAllText(_project.PathOf("bin/Debug/share/minios/minios.lds")).Replace("    ", ""));

        // One name for each header; what needs no other name stays as it was.
        Assert.Contains("#include <mini-os/types.h>\n#include <mini-os/arch_limits.h>\n", Staged("mini-os/os.h"));
        Assert.Contains("__has_include(<mini-os/list.h>)\n#  include \"list.h\"\n", Staged("mini-os/sched.h"));
        Assert.Contains("#include <mini-os/os.h>\n", Staged("mini-os/blkfront.h"));
        Assert.Equal(File.ReadAllText(tree.PathOf("include/types.h")).Replace("TYPES_H", "MINIOS_TYPES_H").Replace("vaddr_t", "minios_vaddr_t"), Staged("mini-os/types.h"));
        MustCompileAgainstStaged("minios_schedule(); blkfront_init(); return minios_init_tpm_tis() + MINIOS_STACK_SIZE;");

        // What is removed is the links, not what they lead to.
        var before = tree.Listing();
        _project.Command("clean").MustSucceed();
        Assert.Empty(Directory.EnumerateFiles(_project.PathOf("obj/Debug"), "*", SearchOption.AllDirectories));
        Assert.Equal(before, tree.Listing());
    }

    [Fact]
    public void AnOlderTreeGivesArchivesHeadersAndAGuest()
    {
        var tree = Tree(TreeFiles.Older());
        SetDrivers("netfront");

        BuildBoth(tree);

        Assert.Equal(["console", "core", "libc", "netfront", "xenbus"], Libraries());
        Assert.Superset(new HashSet<string> { "minios_trap_init", "minios_arch_halt", "minios_xmalloc", "app_main" }, Names("core").ToHashSet());
        Assert.Equal(["strlen"], Names("libc"));
        Assert.Equal(["lib.h", "machine/os.h", "machine/traps.h", "machine/x86_64/limits.h", "os.h", "types.h", "x86/os.h", "x86/traps.h", "x86/x86_64/limits.h"], StagedHeaders("mini-os"));
        Assert.Equal(["string.h", "sys/types.h"], StagedHeaders("minios-libc"));
        Assert.Contains("#include \"traps.h\"\n#include <mini-os/machine/x86_64/limits.h>\n", Staged("mini-os/machine/os.h"));
        Assert.Contains("#include <string.h>\n#include <mini-os/os.h>\n", Staged("mini-os/lib.h"));
        Assert.Equal(File.ReadAllBytes(tree.PathOf("arch/x86/minios-x86_64.lds")), File.ReadAllBytes(_project.PathOf("bin/Debug/share/minios/minios.lds")));
        MustCompileAgainstStaged("minios_trap_init(); return MINIOS_STACK_SIZE;", "-I", _project.PathOf("bin/Debug/include/minios-libc"));

        // A libc of the guest's own: the tree's is still what the tree is compiled with, but its headers are nobody else's.
        _project.Build("-p:OutputType=Library", "--no-restore", "-p:MiniosLibc=private").MustSucceed();
        Assert.Equal(["_minios_strlen"], Names("libc"));
        Assert.False(Directory.Exists(_project.PathOf("bin/Debug/include/minios-libc")) && StagedHeaders("minios-libc").Count > 0);
    }

    [Fact]
    public void HeadersThatNeedOthersOrSpellASymbolInAssemblyStopNoBuild()
    {
        var files = TreeFiles.Newer();
        files["include/x86/part.h"] = "#ifndef IN_WHOLE\n#error \"include whole.h\"\n#endif\n#define PART 1\n";
        files["include/whole.h"] = "#ifndef WHOLE_H\n#define WHOLE_H\n#define IN_WHOLE\n#include <mini-os/x86/part.h>\n#undef IN_WHOLE\n#include <sys/ticks.h>\n#endif\n";
        files["include/sys/ticks.h"] = "#ifndef TICKS_H\n#define TICKS_H\nstruct tick { int t; };\n#endif\n";
        files["include/net.h"] = "#ifndef NET_H\n#define NET_H\n#include <lwip/netif.h>\nvoid printk(const char *text);\n#endif\n"; // Of a configuration with lwIP.
        files["include/call.h"] = "#ifndef CALL_H\n#define CALL_H\nstatic inline void page_call(void)\n{\n\t__asm__ volatile(\"call hypercall_page + 32\" : : : \"memory\");\n}\n#endif\n";
        files["arch/x86/x86_64.S"] += "\n\t.globl hypercall_page\n\t.align 4096\nhypercall_page:\n\t.skip 4096\n";
        _project.Write("hello.c", """
            #include <mini-os/lib.h>
            #include <mini-os/x86/os.h>
            #include <mini-os/whole.h>
            #include <mini-os/call.h>

            int app_main(void *info)
            {
                struct minios_tick tick = { MINIOS_PART };

                minios_page_call();
                minios_printk(info ? "hello" : "nothing");
                return tick.t;
            }
            """);

        BuildBoth(Tree(files), "-p:MiniosLevels=MINIOS1514=message");

        Assert.Contains("hypercall_page", Symbols.Of(_project.PathOf("bin/Debug/lib/minios-entry.o")));
        Assert.Contains("#include <mini-os/part.h>\n", Staged("mini-os/whole.h"));
        Assert.Contains("#include <mini-os/sys/ticks.h>\n", Staged("mini-os/whole.h"));
        Assert.Contains("struct minios_tick", Staged("mini-os/sys/ticks.h"));
        Assert.Contains("#include <lwip/netif.h>\nvoid minios_printk(const char *text);\n", Staged("mini-os/net.h"));
        Assert.Contains("#define MINIOS_PART 1\n", Staged("mini-os/part.h"));

        // Code of the tree's own kind finds the headers as the tree's sources do.
        Assert.False(Directory.Exists(_project.PathOf("bin/Debug/include/minios-plain")));
        _project.Write("hello.c", """
            #include <lib.h>
            #include <x86/os.h>
            #include <os.h>

            int app_main(void *info)
            {
                printk(info ? "hello" : "nothing");
                arch_halt();
                return 0;
            }
            """);
        _project.Build("--no-restore", "-p:MiniosCompatibility=true").MustSucceed();

        // Both are told when levels ask for it, at their lines in the tree.
        var warned = _project.Build("-p:OutputType=Library", "--no-restore", "-p:TreatWarningsAsErrors=false", "-p:MiniosLevels=MINIOS1514=warning%3BMINIOS1538=warning").MustSucceed().Warnings;
        Assert.Equal(
            [("MINIOS1514", "net.h", 3), ("MINIOS1514", "part.h", 2)],
            warned.Where(w => w.Code == "MINIOS1514").Select(w => (w.Code, Path.GetFileName(w.File), w.LineNumber)).Order());
        Assert.Contains("call.h(5)", Assert.Single(warned, w => w.Code == "MINIOS1538").Text);
    }

    [Fact]
    public void AMissingListHeaderIsMadeFromTheQueueHeader()
    {
        var files = TreeFiles.Newer();
        files.Remove("include/list.h");
        files["include/minios-external/bsd-sys-queue.h"] = TreeFiles.QueueHeader;
        var tree = Tree(files);

        BuildBoth(tree);

        Assert.Contains("list.h", StagedHeaders("mini-os"));
        Assert.DoesNotContain("bsd-sys-queue.h", StagedHeaders("mini-os"));
        string list = Staged("mini-os/list.h");
        Assert.Contains("#ifndef MINIOS_LIST_H\n#define\tMINIOS_LIST_H\n", list);
        Assert.Contains("/* LIST_HEAD(name, type) takes a struct type. */", list);
        Assert.Contains("MINIOS_LIST_FIRST(head); (var); (var) = MINIOS_LIST_NEXT(var, field)", list);
        MustCompileAgainstStaged("struct minios_thread *t; MINIOS_LIST_FOREACH(t, (struct minios_thread_list *)0, others) t->sp = MINIOS_LIST_OFFSET(struct minios_thread, others); return 0;");

        // Nothing is made where the tree has the header by now.
        tree.Dispose();
        tree.Write("include/list.h", TreeFiles.Newer()["include/list.h"]);
        _project.Build("-p:OutputType=Library", "--no-restore").MustSucceed();
        Assert.Equal(TreeFiles.Newer()["include/list.h"].Replace(" LIST_H\n", " MINIOS_LIST_H\n"), Staged("mini-os/list.h"));
    }

    [Fact]
    public void XensHeadersOfTheTreeAreTaken()
    {
        var files = TreeFiles.Newer();
        files["include/xen/xen.h"] = "#ifndef XEN_H\n#define XEN_H\n#define XEN_OF_THE_TREE 1\n#endif\n";
        files["include/xen/io/ring.h"] = "#define RING 1\n";
        files["kernel.c"] += "#include <os.h>\n_Static_assert(XEN_OF_THE_TREE, \"\");\n";
        var tree = Tree(files);

        // The guest sees Xen's headers, and the tree's own only as they are staged.
        _project.Write("hello.c", Guest + "\n#include <xen/io/ring.h>\n#if __has_include(<sched.h>) || !defined RING\n#error\n#endif\n");
        BuildBoth(tree, "-p:MiniosXenHeaders=/no/such/folder");

        Assert.Equal(["io/ring.h", "xen.h"], StagedHeaders("xen"));
        MustCompileAgainstStaged("return XEN_OF_THE_TREE;");
    }

    [Fact]
    public void RootFilesAreBuiltWithTheirSwitch()
    {
        var tree = Tree(TreeFiles.Newer());
        string[] switches = ["BALLOON", "TEST", "DAYTIME", "MAIN", "LWIP", "TPMBACK"];
        SetBody(string.Concat(switches.Select(s => $"""<ItemGroup><MiniosConfig Include="{s}" Value="y" /></ItemGroup>""")));

        var build = _project.Build("-p:OutputType=Library", "-p:MiniosSourceRoot=" + tree.Folder).MustSucceed();

        Assert.Equal(["console", "core", "libc", "tpmback", "xenbus"], Libraries());
        foreach (string source in new[] { "balloon.c", "test.c", "daytime.c", "main.c", "lwip-arch.c", "lwip-net.c", "tpmback.c" })
        {
            Assert.Contains(build.Messages, m => m.StartsWith(source + ": ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void TheExamplesOfThePageOnTreesBuild()
    {
        var files = TreeFiles.Newer();
        files["posix/open.c"] = "#include <posix/sys/file.h>\nint file_open(void)\n{\n\treturn 3;\n}\n";
        files["include/posix/sys/file.h"] = "#include <types.h>\nint file_open(void);\n";
        files["sched.c"] += "_Static_assert(TIME_SLICE == 10 && CONFIG_STACK_ORDER == 4, \"\");\n#ifdef CONFIG_XENBUS\n#error\n#endif\n";
        var tree = Tree(files);
        _project.Write("start.S", files["arch/x86/x86_64.S"]);
        _project.Write("guest.lds", "SECTIONS { .text : { *(.text) } }\n");
        _project.Write("xen-headers/xen.h", "");
        SetBody(string.Concat(Examples().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "trees.md"))).Select(m => m.Groups[1].Value)));

        _project.Build("-p:OutputType=Library").MustSucceed();

        Assert.Equal(["blkfront", "console", "core", "libc", "tpm_tis"], Libraries());
        Assert.Contains("minios_file_open", Names("core"));
        Assert.DoesNotContain(Names("core"), n => n.Contains("xs_open", StringComparison.Ordinal));
        Assert.Contains("posix/sys/file.h", StagedHeaders("mini-os"));
        Assert.Equal("#include <mini-os/types.h>\nint minios_file_open(void);\n", Staged("mini-os/posix/sys/file.h"));
        Assert.DoesNotContain("tpm_tis.h", StagedHeaders("mini-os"));
        Assert.Equal("SECTIONS { .text : { *(.text) } }\n", File.ReadAllText(_project.PathOf("bin/Debug/share/minios/minios.lds")));
        Assert.Equal(["xen.h"], StagedHeaders("xen"));
        MustCompileAgainstStaged("return minios_file_open();");
    }

    [Theory]
    [InlineData("arch/x86/x86_64.S", "", "MINIOS1706", "arch/x86/x86_64.S does not exist")]
    [InlineData("", "-p:MiniosEntrySource=start.S", "MINIOS1706", "start.S does not exist")]
    [InlineData("arch/x86/minios-x86.lds.S", "", "MINIOS1705", "0 were found")]
    [InlineData("", "-p:MiniosLinkerScript=my.lds.S", "MINIOS1705", "my.lds.S does not exist")]
    public void AnEntrySourceOrLinkerScriptThatIsNotThereIsACodedError(string removed, string argument, string code, string said)
    {
        var files = TreeFiles.Newer();
        files.Remove(removed);
        var tree = Tree(files);

        var error = _project.Build(["-p:OutputType=Library", "-p:MiniosSourceRoot=" + tree.Folder, .. argument.Length == 0 ? [] : new[] { argument }])
            .MustFail().SingleError(code);

        Assert.Contains(said, error.Text);
    }

    private OtherTree Tree(IReadOnlyDictionary<string, string> files)
    {
        _trees.Add(new OtherTree(Path.Combine(_project.Parent, "tree"), files));
        return _trees[^1];
    }

    private void SetBody(string body) => _project.SetProject(
        $"<PropertyGroup><MiniosSourceRoot>../tree</MiniosSourceRoot><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>{body}");

    private void SetDrivers(string drivers) => SetBody($"""<ItemGroup><MiniosDriver Include="{drivers}" /></ItemGroup>""");

    /// <summary>Builds a guest and a library without a trace in the tree.</summary>
    private void BuildBoth(OtherTree tree, params string[] arguments)
    {
        tree.MakeReadOnly();
        var before = tree.Listing();
        if (!File.ReadAllText(_project.ProjectFile).Contains("MiniosSourceRoot", StringComparison.Ordinal))
        {
            SetBody("");
        }

        _project.Build(arguments).MustSucceed();
        Assert.Superset(new HashSet<string> { "app_main", "_start", "minios_printk" }, Symbols.Of(_project.Image).ToHashSet());
        _project.Build(["-p:OutputType=Library", "--no-restore", .. arguments]).MustSucceed();
        Assert.Equal(before, tree.Listing());
    }

    // That for the compiler's calls is the SDK's own.
    private IEnumerable<string> Libraries() =>
        Directory.GetFiles(_project.PathOf("bin/Debug/lib"), "*.a").Select(a => Path.GetFileNameWithoutExtension(a)["libminios-".Length..]).Where(l => l != "compiler").Order(StringComparer.Ordinal);

    private IReadOnlyList<string> Names(string library) => Symbols.Of(_project.PathOf($"bin/Debug/lib/libminios-{library}.a"));

    private string Staged(string header) => File.ReadAllText(_project.PathOf("bin/Debug/include/" + header));

    private IReadOnlyList<string> StagedHeaders(string folder)
    {
        string staged = _project.PathOf("bin/Debug/include/" + folder);
        return [.. Directory.GetFiles(staged, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(staged, f)).Where(h => h != "compat.h").Order(StringComparer.Ordinal)];
    }

    /// <summary>Compiles a consumer that knows only the staged headers and the compiler's own: each of them alone, then all in one.</summary>
    private void MustCompileAgainstStaged(string body, params string[] options)
    {
        var headers = StagedHeaders("mini-os");
        var sources = headers.Select(h => _project.Write($"../consumer/{h.Replace('/', '_')}.c", $"#include <mini-os/{h}>\n")).ToList();
        sources.Add(_project.Write(
            "../consumer/all.c", string.Concat(headers.Select(h => $"#include <mini-os/{h}>\n")) + $"int use(void);\nint use(void)\n{{\n{body}\n}}\n"));
        RealTool.Run("gcc", [
            "-std=gnu11", "-ffreestanding", "-nostdinc", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-I", _project.PathOf("bin/Debug/include"), .. options,
            "-isystem", RealTool.Run("gcc", "-print-file-name=include").Trim(), .. sources,
        ]);
    }

    [GeneratedRegex("```xml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
