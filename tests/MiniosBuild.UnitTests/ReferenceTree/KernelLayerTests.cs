using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.UnitTests.Namespaces;

namespace MiniosBuild.UnitTests.ReferenceTree;

/// <summary>The layers of the reference tree: a file includes and calls what is of its own layer or of one below, the architecture's files as all others.</summary>
public sealed partial class KernelLayerTests : IDisposable
{
    // The lowest first. A name that ends in a slash is a whole folder.
    private static readonly (string Name, string[] Files)[] s_layers =
    [
        // What needs nothing, and what any file may say: printing, panic and the heap, which lib.h gathers.
        ("base",
        [
            "include/types.h", "include/byteorder.h", "include/console.h", "include/err.h", "include/kernel.h", "include/lib.h", "include/list.h", "include/waittypes.h",
            "include/xmalloc.h", "include/x86/arch_hypercall.h", "include/x86/arch_mm.h", "include/x86/arch_sched.h", "include/x86/traps.h", "include/x86/x86_64/",
            "lib/ctype.c", "lib/div.c", "lib/errno.c", "lib/memory.c", "lib/memsearch.c", "lib/rand.c", "lib/sort.c", "lib/sscanf.c", "lib/strerror.c", "lib/string.c",
            "lib/strings.c", "lib/strsearch.c", "lib/strtok.c", "lib/strtol.c", "lib/vsnprintf.c",
        ]),
        ("machine", ["include/hypervisor.h", "include/x86/os.h", "internal/arch.h", "arch/x86/entry.h", "arch/x86/setup.c", "arch/x86/x86_64.S"]),
        ("events", ["include/events.h", "internal/events.h", "events.c"]),
        ("memory",
        [
            "include/mm.h", "internal/memory.h", "mm.c", "lib/xmalloc.c", "lib/malloc.c", "lib/strdup.c", "lib/asprintf.c",
            "arch/x86/pagetable.h", "arch/x86/map.c", "arch/x86/mm.c", "arch/x86/pagetable.c",
        ]),
        ("threads",
        [
            "include/sched.h", "include/semaphore.h", "include/time.h", "include/wait.h", "internal/threads.h", "sched.c", "semaphore.c", "wait.c",
            "arch/x86/stack.h", "arch/x86/stack.c", "arch/x86/time.c", "arch/x86/vector.c",
        ]),
        ("grants", ["include/gntmap.h", "include/gnttab.h", "gntmap.c", "gnttab.c"]),
        ("console", ["printk.c", "console/", "lib/printf.c"]),
        ("xenbus", ["include/xenbus.h", "xenbus/"]),
        ("drivers", ["include/blkfront.h", "include/netfront.h", "include/pcifront.h", "blkfront.c", "netfront.c", "pcifront.c"]),
        ("kernel", ["include/shutdown.h", "kernel.c", "exit.c", "shutdown.c", "arch/x86/traps.c", "lib/exit.c", "newlib/", "arch/x86/newlib/"]),
    ];

    // Calls of a higher layer: by whom, "any" for more than one; of what; and why.
    private static readonly (string Caller, string Callee, string Why)[] s_upward =
    [
        ("any", "panic", "whoever cannot go on has nobody to tell above it"),
        ("any", "printk", "what goes wrong below the console has to be seen there too"),
        ("arch/x86/setup.c", "init_vector", "the start of the kernel"),
        ("arch/x86/setup.c", "start_kernel", "the start of the kernel"),
        ("arch/x86/setup.c", "trap_init", "the start of the kernel"),
        ("arch/x86/x86_64.S", "arch_handle_events", "where Xen enters for an upcall"),
        ("arch/x86/x86_64.S", "do_trap", "where Xen enters for an exception"),
        ("arch/x86/x86_64.S", "thread_main", "where a thread begins"),
    ];

    private static readonly string s_tree = Path.Combine(Repository.Root, "src", "mini-os");

    // The C library's headers are anybody's.
    private static readonly string[] s_files =
    [
        .. Directory.EnumerateFiles(s_tree, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(s_tree, f))
            .Where(f => !f.StartsWith("lib/include/", StringComparison.Ordinal) && !f.EndsWith(".lds.S", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    private readonly RealHeaders _headers = RealHeaders.OfReferenceTree();

    public void Dispose() => _headers.Dispose();

    [Fact]
    public void EveryFileHasItsPlace()
    {
        string[] entries = [.. s_layers.SelectMany(layer => layer.Files)];

        Assert.All(s_files, file => Assert.Single(entries, entry => IsOf(entry, file)));
        Assert.All(entries, entry => Assert.Contains(s_files, file => IsOf(entry, file)));
    }

    [Fact]
    public void NoFileIncludesOneOfAHigherLayer()
    {
        var includes = s_files.SelectMany(file => Includes().Matches(Text(file)).Select(match => (file, Included: Resolve(file, match.Groups[1].Value)))).Where(i => i.Included != null).ToList();

        Assert.InRange(includes.Count, 150, 1000);
        Assert.DoesNotContain(includes, i => Layer(i.Included!) > Layer(i.file));
    }

    [Fact]
    public void NoFileCallsOneOfAHigherLayerButWhereItMust()
    {
        var symbols = s_files.Where(f => Path.GetExtension(f) is ".c" or ".S" && !f.Contains("newlib/", StringComparison.Ordinal)).SelectMany(Symbols).ToList();
        var definers = symbols.Where(s => s.Kind is not ("U" or "w")).ToDictionary(s => s.Name, s => s.File);
        var upward = symbols.Where(s => definers.TryGetValue(s.Name, out string? definer) && Layer(definer) > Layer(s.File))
            .Select(s => (s_upward.Any(u => u.Caller == "any" && u.Callee == s.Name) ? "any" : s.File, s.Name)).ToHashSet();
        var allowed = s_upward.Select(u => (u.Caller, u.Callee)).ToHashSet();

        Assert.InRange(definers.Count, 250, 1000);
        Assert.Empty(upward.Except(allowed));
        Assert.Empty(allowed.Except(upward)); // Each exception is needed.
    }

    [Fact]
    public void OnlyTheFoldersOfTheArchitectureNameIt() => Assert.Equal(
        ["lib/memory.c"], // It has a faster way there, behind an #ifdef, and a plain one for all others.
        s_files.Where(file => !file.Contains("x86/", StringComparison.Ordinal) && ArchitectureWords().IsMatch(Text(file))));

    private static string Text(string file) => File.ReadAllText(Path.Combine(s_tree, file));

    private static bool IsOf(string entry, string file) => entry.EndsWith('/') ? file.StartsWith(entry, StringComparison.Ordinal) : file == entry;

    private static int Layer(string file) => Array.FindIndex(s_layers, layer => layer.Files.Any(entry => IsOf(entry, file)));

    /// <summary>The file of the tree that an include means; null if it is none.</summary>
    private static string? Resolve(string file, string include) => include[0] == '"'
        ? Path.GetRelativePath(s_tree, Path.GetFullPath(Path.Combine(s_tree, Path.GetDirectoryName(file)!, include[1..])))
        : s_files.SingleOrDefault(f => f.StartsWith("include/", StringComparison.Ordinal) && include == $"<mini-os/{Path.GetFileName(f)}>");

    private IEnumerable<(string File, string Kind, string Name)> Symbols(string file)
    {
        string made = _headers.Folder + "/made.o";
        RealTool.Run(
            "gcc", "-c", "-Og", "-std=gnu11", "-ffreestanding", "-mgeneral-regs-only", "-mno-red-zone", "-fno-pic", "-fno-stack-protector", "-fcf-protection=none",
            "-D__MINIOS__", "-D__INSIDE_MINIOS__", "-D__XEN_INTERFACE_VERSION__=0x00030205", "-DCONFIG_CONSOLE", "-DCONFIG_XENBUS",
            file.EndsWith(".S", StringComparison.Ordinal) ? "-D__ASSEMBLY__" : "-U__ASSEMBLY__", "-isystem", _headers.Folder, "-isystem", Path.Combine(s_tree, "lib", "include"),
            Path.Combine(s_tree, file), "-o", made);
        return RealTool.Run("nm", "-g", "--format=posix", made).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).Select(words => (file, words[1], words[0]));
    }

    [GeneratedRegex("""(?m)^#\s*include ("[^"]+|<[^>]+>)""")]
    private static partial Regex Includes();

    [GeneratedRegex("x86|ia32|cpuid")]
    private static partial Regex ArchitectureWords();
}
