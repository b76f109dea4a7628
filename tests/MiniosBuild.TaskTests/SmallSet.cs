using Microsoft.Build.Framework;
using MiniosBuild.Tasks;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.TaskTests;

/// <summary>
/// A tree of three sources in three libraries and a guest, and the tasks that build it. Everything is given relative to the project.
/// </summary>
internal sealed class SmallSet : IDisposable
{
    public const string Identity = "the machine's tools";
    public const string KernelSource = "tree/kernel.c";
    public const string DriverSource = "tree/blkfront.c";
    public const string EntrySource = "tree/arch/x86/x86_64.S";

    public static readonly string[] CompilerOptions =
    [
        "-g", "-O0", "-Wall", "-ffreestanding", "-fno-common", "-fno-pie", "-fno-pic", "-fno-stack-protector", "-fcf-protection=none",
        "-fno-asynchronous-unwind-tables", "-fno-canonical-system-headers",
    ];

    public SmallSet()
    {
        Tools = new TracedTools(Project.PathOf("tools"));
        Project.Write("tree/include/kernel.h", "int add(int a, int b);\nint init_blkfront(void);\n");
        Project.Write(KernelSource, """
            #include "kernel.h"
            int app_main(void);
            int inner(int x);
            int lonely(void);
            static int counter;
            int shared;
            int unshared;
            __attribute__((weak)) int app_main(void) { return 0; }
            int add(int a, int b) { counter++; return a + b; }
            int inner(int x) { return x + shared + unshared; }
            int lonely(void) { return 7; }

            """);
        Project.Write(DriverSource, """
            #include "kernel.h"
            extern int shared;
            int inner(int x);
            int init_blkfront(void) { shared = 1; return inner(add(1, 2)); }

            """);
        Project.Write(EntrySource, "\t.text\n\t.globl _start\n_start:\n\tcall app_main\n1:\tjmp 1b\n\t.section .note.GNU-stack,\"\",@progbits\n");
        Project.Write("tree/arch/x86/minios.lds.S", """
            #define PAGE 4096
            ENTRY(_start)
            SECTIONS {
              . = 0x100000;
              .text : { *(.text) }
              . = ALIGN(PAGE);
              .data : { *(.data) }
              .bss : { *(.bss) }
            }

            """);
        Project.Write("main.c", "#include <mini-os/kernel.h>\nint app_main(void);\nint app_main(void)\n{\n    return minios_add(1, 2) + blkfront_init();\n}\n");
    }

    public TaskProject Project { get; } = new();

    public TracedTools Tools { get; }

    public static string Policy => Path.Combine(Repository.Root, "build", "policies", "minios.json");

    public ITaskItem[] Objects { get; private set; } = [];

    public ITaskItem[] PassedObjects { get; private set; } = [];

    public ITaskItem[] Archives { get; private set; } = [];

    public ITaskItem[] StagedHeaders { get; private set; } = [];

    public ITaskItem[] GuestObjects { get; private set; } = [];

    public ITaskItem[] EntryObjects => [.. PassedObjects.Where(o => o.GetMetadata("Library") == "entry")];

    public ITaskItem[] Sources { get; set; } =
    [
        TaskProject.Item(KernelSource, ("Library", "core")),
        TaskProject.Item(DriverSource, ("Library", "blkfront")),
        TaskProject.Item(EntrySource, ("Library", "entry")),
    ];

    public CompileMinios Compile() => new()
    {
        Compiler = Tools.Compiler, Identity = Identity, Sources = Sources, RootFolder = "tree", ObjectFolder = "obj/objects",
        Options = CompilerOptions, IncludeFolders = ["tree/include"], PathMap = ["tree=/minios", ".=/guest"],
    };

    public ScanMiniosHeaders Scan() => new()
    {
        Compiler = Tools.Compiler, Identity = Identity, Headers = [TaskProject.Item("tree/include/kernel.h", ("Folder", "mini-os"))],
        TreeFolders = ["tree"], Declarations = "obj/tree.declarations", Census = "obj/tree.headers",
    };

    public PlanMiniosNamespace Plan() => new()
    {
        Policy = Policy, Libc = "Stub", Arch = "x86_64", Objects = Objects, Declarations = "obj/tree.declarations", Census = "obj/tree.headers",
        Plan = "obj/plan.json", HeaderPlan = "obj/headers.json", RenameMap = "obj/share/renames.txt", ApiList = "obj/share/api.txt", Names = "obj/share/names.txt",
        DebuggerScript = "obj/share/minios.gdb", CompatibilityHeader = "obj/compat.h",
    };

    public CheckMiniosApi CheckApi() => new()
    {
        ApiFile = "minios.api.txt", ApiList = "obj/share/api.txt", Plan = "obj/plan.json", Declarations = "obj/tree.declarations", Record = "obj/api.step",
    };

    public UpdateMiniosFile UpdateApi() => new() { Source = "obj/share/api.txt", CheckedIn = "minios.api.txt" };

    public PrefixMiniosSymbols Prefix() => new()
    {
        Policy = Policy, Plan = "obj/plan.json", Objects = Objects, ObjectFolder = "obj/objects", OutputFolder = "obj/passed",
    };

    /// <summary>The pass by GNU objcopy, or by what stands in for it.</summary>
    public PrefixMiniosSymbols PrefixWith(string objcopy, string rewriter = "objcopy")
    {
        var task = Prefix();
        (task.SymbolRewriter, task.Objcopy, task.Identity) = (rewriter, objcopy, Identity);
        return task;
    }

    public ArchiveMinios Archive() => new()
    {
        Objects = PassedObjects, Libraries = ["core", "blkfront"], ArchiveFolder = "obj/lib", RecordFolder = "obj/records",
    };

    public StageMiniosHeaders Stage() => new()
    {
        Headers = [TaskProject.Item("tree/include/kernel.h", ("Folder", "mini-os"))], Plan = "obj/plan.json", HeaderPlan = "obj/headers.json",
        IncludeFolders = ["tree/include"], OutputFolder = "obj/include", Record = "obj/headers.step",
    };

    public ScanMiniosHeaders ScanStaged() => new()
    {
        Compiler = Tools.Compiler, Identity = Identity, Headers = StagedHeaders, Declarations = "obj/staged.declarations", Census = "obj/staged.headers",
    };

    public ValidateMiniosNamespace Validate() => new()
    {
        Policy = Policy, Libc = "Stub", Archives = Archives, EntryObjects = EntryObjects, Declarations = "obj/staged.declarations", Census = "obj/staged.headers", Record = "obj/validated.step",
        PathMap = ["tree=/minios", ".=/guest"],
    };

    public MakeMiniosLinkerScript Script() => new()
    {
        Compiler = Tools.Compiler, Identity = Identity, Sources = [TaskProject.Item("tree/arch/x86/minios.lds.S")], SearchedFolder = "tree/arch/x86",
        Script = "obj/minios.lds", Record = "obj/script.step",
    };

    public CompileMinios CompileGuest() => new()
    {
        Compiler = Tools.Compiler, Identity = Identity, Sources = [TaskProject.Item("main.c")], RootFolder = ".", ObjectFolder = "obj/guest",
        Options = CompilerOptions, IncludeFolders = ["obj/include"], PathMap = ["tree=/minios", ".=/guest"],
    };

    public LinkMiniosGuest Link() => new()
    {
        Linker = Tools.Linker, Identity = Identity, Emulation = "elf_x86_64", Objects = GuestObjects, Archives = Archives, EntryObjects = EntryObjects,
        Script = "obj/minios.lds", PathMap = ["tree=/minios", ".=/guest"], Image = "bin/hello", Record = "obj/link.step", OutputList = "obj/outputs.txt", MemoryMiB = 32, CommandLine = "a=1",
    };

    /// <summary>Runs the tasks up to the plan.</summary>
    public SmallSet Planned()
    {
        var compile = Compile();
        Project.Succeed(compile);
        Objects = compile.Objects;
        Project.Succeed(Scan());
        Project.Succeed(Plan());
        return this;
    }

    /// <summary>Runs the tasks up to the passed objects.</summary>
    public SmallSet Passed()
    {
        Planned();
        var prefix = Prefix();
        Project.Succeed(prefix);
        PassedObjects = prefix.PassedObjects;
        return this;
    }

    /// <summary>Runs the tasks up to the archives.</summary>
    public SmallSet Archived()
    {
        Passed();
        var archive = Archive();
        Project.Succeed(archive);
        Archives = archive.Archives;
        return this;
    }

    /// <summary>Runs the tasks up to what <see cref="Validate"/> reads.</summary>
    public SmallSet Staged()
    {
        Archived();
        var stage = Stage();
        Project.Succeed(stage);
        StagedHeaders = stage.StagedHeaders;
        Project.Succeed(ScanStaged());
        return this;
    }

    /// <summary>Runs the tasks up to what <see cref="Link"/> reads.</summary>
    public SmallSet Linkable()
    {
        Staged();
        Project.Succeed(Script());
        var guest = CompileGuest();
        Project.Succeed(guest);
        GuestObjects = guest.Objects;
        return this;
    }

    /// <summary>Each file below a folder of the project: its relative path, time of last write and bytes.</summary>
    public IReadOnlyList<string> Snapshot(string folder, bool withTimes = true) =>
    [
        .. Directory.EnumerateFiles(Project.PathOf(folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => $"{Project.RelativePath(f)} {(withTimes ? File.GetLastWriteTimeUtc(f).Ticks : 0)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}"),
    ];

    public void Dispose() => Project.Dispose();
}
