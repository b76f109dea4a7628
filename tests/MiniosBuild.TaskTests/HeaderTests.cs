using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.TaskTests;

/// <summary>Scanning and staging of public headers.</summary>
public sealed class HeaderTests : IDisposable
{
    private readonly SmallSet _set = new();

    private TaskProject Project => _set.Project;

    public void Dispose() => _set.Dispose();

    [Fact]
    public void The_scan_lists_what_public_headers_declare_with_its_place()
    {
        Project.Write("tree/private.h", "int hidden(void);\n");
        Project.Write("tree/include/kernel.h", "#include \"../private.h\"\nint add(int a, int b);\n#ifdef MORE\nextern int more;\n#endif\n");
        var task = _set.Scan();
        task.Defines = ["MORE"];
        Project.Succeed(task);

        string header = Project.PathOf("tree/include/kernel.h");
        Assert.Equal(
            $"# minios public declarations 1\nfunction add 2 {header}\nvariable more 4 {header}\n", File.ReadAllText(Project.PathOf("obj/tree.declarations")));
    }

    [Fact]
    public void A_header_that_is_broken_has_the_names_of_its_text_and_is_located()
    {
        string header = Project.Write("tree/include/kernel.h", "int a(void);\n#if 1\n");

        Project.Succeed(_set.Scan());

        string census = Project.PathOf("obj/tree.headers");
        HeaderRefusal refusal = HeaderCensus.Load(File.ReadAllText(census), census).Headers.Single().Refusal!;
        Assert.Equal((header, 2), (refusal.Site.File, refusal.Site.Line));
        Assert.EndsWith("; its text is judged as it is written", refusal.Message);
        Assert.Contains($"function a 1 {header}\n", File.ReadAllText(Project.PathOf("obj/tree.declarations")));
    }

    [Fact]
    public void A_header_of_another_configuration_is_staged_with_the_names_of_the_archives_and_told()
    {
        string header = Project.Write("tree/include/kernel.h", "int add(int a, int b);\n#include <not/there.h>\nint init_blkfront(void);\n");
        Project.Write(SmallSet.KernelSource, File.ReadAllText(Project.PathOf(SmallSet.KernelSource)).Replace("#include \"kernel.h\"\n", ""));
        Project.Write(SmallSet.DriverSource, File.ReadAllText(Project.PathOf(SmallSet.DriverSource)).Replace("#include \"kernel.h\"\n", "int add(int, int); int init_blkfront(void);\n"));
        _set.Staged();

        Assert.Equal("int minios_add(int a, int b);\n#include <not/there.h>\nint blkfront_init(void);\n", File.ReadAllText(_set.StagedHeaders[0].ItemSpec));
        var validate = _set.Validate();
        validate.Levels = "MINIOS1514=warning";
        var warning = Assert.Single(Project.Succeed(validate).Warnings);
        Assert.Equal(("MINIOS1514", header, 2), (warning.Code, warning.File, warning.Line));
        Assert.Contains("not/there.h", warning.Message);
    }

    [Fact]
    public void A_header_that_was_missing_and_is_there_now_is_read()
    {
        Project.Write("tree/include/kernel.h", "#include <late.h>\n");
        var scan = _set.Scan();
        scan.IncludeFolders = ["tree/include", "other"];
        Project.Succeed(scan);
        Project.Succeed(scan);
        Assert.DoesNotContain("late ", File.ReadAllText(Project.PathOf("obj/tree.declarations")));

        Project.Write("tree/include/late.h", "int late;\n");
        scan.Headers = [.. scan.Headers, TaskProject.Item("tree/include/late.h", ("Folder", "mini-os"))];
        Project.Succeed(scan);
        Assert.Contains("variable late 1 ", File.ReadAllText(Project.PathOf("obj/tree.declarations")));
    }

    [Fact]
    public void A_header_that_needs_its_includer_has_the_names_that_it_has_there()
    {
        string part = Project.Write("tree/include/part.h", "#ifndef IN_KERNEL\n#error include kernel.h\n#endif\nint part(void);\n#define PART 1\n");
        Project.Write("tree/include/kernel.h", "#define IN_KERNEL\n#include \"part.h\"\n#undef IN_KERNEL\nint add(int a, int b);\nint init_blkfront(void);\n");
        var scan = _set.Scan();
        scan.Headers = [.. scan.Headers, TaskProject.Item("tree/include/part.h", ("Folder", "mini-os"))];
        Project.Succeed(scan);

        Assert.Contains($"function part 4 {part}\n", File.ReadAllText(Project.PathOf("obj/tree.declarations")));
        string census = File.ReadAllText(Project.PathOf("obj/tree.headers"));
        Assert.Contains("it is judged as mini-os/kernel.h includes it", census);
        Assert.Contains("name\tmacro\tPART\t", census);
    }

    [Fact]
    public void A_header_that_public_ones_include_is_public_as_well()
    {
        Directory.CreateDirectory(Project.PathOf("links"));
        Directory.CreateSymbolicLink(Project.PathOf("links/mini-os"), Project.PathOf("tree/include"));
        Project.Write("tree/include/sys/time.h", "struct timing { int t; };\n#define MY_TIME 1\n");
        Project.Write("tree/include/sys/unused.h", "int unused;\n");
        Project.Write("tree/include/kernel.h", "#include <sys/time.h>\nint add(int a, int b);\nint init_blkfront(void);\n");
        var scan = _set.Scan();
        scan.IncludeFolders = ["links", "tree/include"];
        Project.Succeed(scan);

        var included = Assert.Single(scan.IncludedHeaders);
        Assert.Equal((Project.PathOf("tree/include/sys/time.h"), "mini-os/sys"), (included.ItemSpec, included.GetMetadata("Folder")));
        Assert.Contains("header\tmini-os/sys/time.h\t", File.ReadAllText(Project.PathOf("obj/tree.headers")));

        var again = _set.Scan();
        again.IncludeFolders = scan.IncludeFolders;
        Project.Succeed(again);
        Assert.Equal(included.ItemSpec, Assert.Single(again.IncludedHeaders).ItemSpec); // With the step up to date.
        Assert.Equal("mini-os/sys", again.IncludedHeaders[0].GetMetadata("Folder"));
    }

    [Fact]
    public void Headers_of_the_machine_that_compiles_are_told_once()
    {
        string header = Project.Write("tree/include/kernel.h", "#include <limits.h>\n#include <stdarg.h>\n#include <inttypes.h>\n#include <own.h>\nint add(int a, int b);\nint init_blkfront(void);\n");
        string other = Project.Write("tree/include/other.h", "#include <strings.h>\n#include <inttypes.h>\n");
        Project.Write("libc/own.h", "#include <alloca.h>\n"); // What others include is theirs to answer for.
        foreach (string source in new[] { SmallSet.KernelSource, SmallSet.DriverSource })
        {
            Project.Write(source, File.ReadAllText(Project.PathOf(source)).Replace("#include \"kernel.h\"\n", "int add(int, int); int init_blkfront(void);\n"));
        }

        _set.Planned();
        var stage = _set.Stage();
        stage.Headers = [.. stage.Headers, TaskProject.Item("tree/include/other.h", ("Folder", "mini-os"))];
        Project.Succeed(stage);
        Assert.StartsWith("#include <limits.h>\n#include <stdarg.h>\n#include <inttypes.h>\n", File.ReadAllText(stage.StagedHeaders[0].ItemSpec));
        var scan = _set.ScanStaged();
        (scan.Headers, scan.IncludeFolders) = (stage.StagedHeaders, ["obj/include", "libc"]);
        Project.Succeed(scan);

        Assert.Equal(
            [$"host\tinttypes.h\t3\t{header}", $"host\tstrings.h\t1\t{other}"],
            File.ReadLines(Project.PathOf("obj/staged.headers")).Where(line => line.StartsWith("host", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/mini-os")]
    [InlineData("mini-os/../..")]
    [InlineData("mini-os\\sys")]
    public void A_folder_that_is_none_below_the_staged_headers_is_refused(string folder)
    {
        _set.Planned();
        var task = _set.Stage();
        task.Headers = [TaskProject.Item("tree/include/kernel.h", ("Folder", folder))];

        var error = Project.FailOnce(task);

        Assert.Equal((TaskCodes.NoStagingFolder, Project.PathOf("tree/include/kernel.h")), (error.Code, error.File));
        Assert.Contains($"'{folder}'", error.Message);
    }

    [Fact]
    public void A_header_may_be_staged_directly_below_the_folder_of_staged_headers()
    {
        _set.Planned();
        Project.Write("tree/include/user.h", "#include \"kernel.h\"\n");
        var scan = _set.Scan();
        scan.Headers = [TaskProject.Item("tree/include/kernel.h", ("Folder", ".")), TaskProject.Item("tree/include/user.h", ("Folder", "mini-os"))];
        Project.Succeed(scan);
        Project.Succeed(_set.Plan());
        var task = _set.Stage();
        task.Headers = scan.Headers;
        Project.Succeed(task);

        Assert.Equal("int minios_add(int a, int b);\nint blkfront_init(void);\n", File.ReadAllText(Project.PathOf("obj/include/kernel.h")));
        Assert.Equal("#include <kernel.h>\n", File.ReadAllText(Project.PathOf("obj/include/mini-os/user.h")));
        Assert.Contains(task.StagedHeaders, header => header.GetMetadata("RelativePath") == "kernel.h");
    }

    [Fact]
    public void Every_name_that_the_tree_has_for_a_header_leads_to_it()
    {
        foreach (string folder in new[] { "common", "x86" })
        {
            Directory.CreateDirectory(Project.PathOf("links/" + folder));
        }

        Directory.CreateSymbolicLink(Project.PathOf("links/common/mini-os"), Project.PathOf("tree/include"));
        Directory.CreateSymbolicLink(Project.PathOf("links/x86/mini-os"), Project.PathOf("tree/include/x86"));
        Directory.CreateDirectory(Project.PathOf("tree/include/x86"));
        Directory.CreateSymbolicLink(Project.PathOf("tree/include/x86/mini-os"), ".");
        Project.Write("tree/include/x86/os.h", "#ifndef OS_H\n#define OS_H\nstruct frame { int ip; };\n#endif\n");
        Project.Write("tree/include/x86/namesake.h", "#define OF_FAMILY 1\n");
        Project.Write("tree/include/namesake.h", "#include <x86/namesake.h>\n#include <mini-os/x86/os.h>\n#include <os.h>\n");
        _set.Planned();
        string[] include = ["links/common", "links/x86", "tree/include", "tree/include/x86"];
        string[] headers = ["tree/include/kernel.h", "tree/include/namesake.h", "tree/include/x86/namesake.h", "tree/include/x86/os.h"];
        var scan = _set.Scan();
        (scan.IncludeFolders, scan.Headers) = (include, [.. headers.Select(h => TaskProject.Item(h, ("Folder", "mini-os")))]);
        Project.Succeed(scan);
        Project.Succeed(_set.Plan());
        var task = _set.Stage();
        (task.IncludeFolders, task.Headers) = (include, scan.Headers);
        Project.Succeed(task);

        Assert.Equal("#include <mini-os/x86/namesake.h>\n#include <mini-os/os.h>\n#include <mini-os/os.h>\n", File.ReadAllText(Project.PathOf("obj/include/mini-os/namesake.h")));
        Assert.Equal("#define MINIOS_OF_FAMILY 1\n", File.ReadAllText(Project.PathOf("obj/include/mini-os/x86/namesake.h")));
        Assert.Equal(["mini-os/x86/os.h"], task.ForwardingHeaders.Select(header => header.GetMetadata("RelativePath")));
        string guest = Project.Write("spelled.c", "#include <mini-os/x86/os.h>\n#include <mini-os/namesake.h>\nint ip(struct minios_frame *f);\nint ip(struct minios_frame *f) { return f->ip + MINIOS_OF_FAMILY; }\n");
        RealTool.Run("gcc", "-nostdinc", "-isystem", Project.PathOf("obj/include"), "-Wall", "-Werror", "-c", guest, "-o", Project.PathOf("spelled.o"));
    }

    [Theory]
    [InlineData("minios", "gcc")]
    [InlineData("minios", "clang")]
    [InlineData("minios-strict", "gcc")]
    [InlineData("hide-only", "gcc")]
    public void A_guest_links_with_a_hypercall_in_the_assembly_of_a_public_header(string policy, string compiler)
    {
        WriteHypercalls();
        string file = Path.Combine(Repository.Root, "build", "policies", policy + ".json");
        var compile = _set.Compile();
        Project.Succeed(compile);
        Project.Succeed(_set.Scan());
        var plan = _set.Plan();
        (plan.Policy, plan.Objects) = (file, compile.Objects);
        Project.Succeed(plan);
        var prefix = _set.Prefix();
        (prefix.Policy, prefix.Objects) = (file, compile.Objects);
        Project.Succeed(prefix);
        var archive = _set.Archive();
        archive.Objects = prefix.PassedObjects;
        Project.Succeed(archive);
        var stage = _set.Stage();
        Project.Succeed(stage);
        var rescan = _set.ScanStaged();
        rescan.Headers = stage.StagedHeaders;
        Project.Succeed(rescan);
        var validate = _set.Validate();
        (validate.Policy, validate.Archives, validate.EntryObjects, validate.Levels) = (
            file, archive.Archives, [.. prefix.PassedObjects.Where(o => o.GetMetadata("Library") == "entry")], "MINIOS1538=warning;MINIOS1507=none;MINIOS1501=none;MINIOS1432=none");
        var warnings = Project.Succeed(validate).Warnings;
        Assert.Equal(policy != "hide-only", warnings.Any(w => w.Code == "MINIOS1538" && w.Message!.Contains($"{Project.PathOf("tree/include/kernel.h")}(4)")));

        string prefixed = policy == "hide-only" ? "" : "minios_";
        string upper = policy == "hide-only" ? "" : "MINIOS_";
        string guest = Project.Write("main.c", $"#include <mini-os/kernel.h>\nint app_main(void);\nint app_main(void) {{ {upper}CALL_PAGE(3); return {prefixed}in_line(); }}\n");
        RealTool.Run(compiler, [.. SmallSet.CompilerOptions.Where(o => o != "-fno-canonical-system-headers"), "-I", Project.PathOf("obj/include"), "-c", guest, "-o", Project.PathOf("main.o")]);
        string[] entry = [.. prefix.PassedObjects.Where(o => o.GetMetadata("Library") == "entry").Select(o => o.ItemSpec)];
        RealTool.Run("ld", ["-o", Project.PathOf("image"), .. entry, Project.PathOf("main.o"), "--start-group", .. archive.Archives.Select(a => a.ItemSpec), "--end-group"]);
        Assert.Contains(" hypercall_page\n", RealTool.Run("nm", Project.PathOf("image")));
    }

    [Fact]
    public void A_rule_for_a_symbol_that_a_header_spells_is_refused_before_anything_is_built()
    {
        WriteHypercalls();
        var compile = _set.Compile();
        Project.Succeed(compile);
        Project.Succeed(_set.Scan());
        var plan = _set.Plan();
        plan.Objects = compile.Objects;
        plan.Policy = Project.Write("mine.json", File.ReadAllText(SmallSet.Policy).Replace("\"unmatched\"", "\"rename\": [{ \"from\": \"hypercall_page\", \"to\": \"minios_calls\" }], \"unmatched\"", StringComparison.Ordinal));

        var error = Project.FailOnce(plan);

        Assert.Equal(("MINIOS1539", Project.PathOf("tree/include/kernel.h"), 4), (error.Code, error.File, error.Line));
    }

    /// <summary>As trees have them: macros that make the text of a call, one used in an inline function and one left to users.</summary>
    private void WriteHypercalls()
    {
        Project.Write("tree/include/kernel.h", """
            #define TEXT_OF(x) #x
            #define TEXT(x) TEXT_OF(x)
            /* A number of Xen's own. */
            #define CALL(number) ({ long result; __asm__ volatile("call hypercall_page + (" TEXT(number) " * 32)" : "=a"(result) : : "memory"); result; })
            extern char hypercall_page[4096];
            static inline long in_line(void) { return CALL(29); }
            #define CALL_PAGE(number) __asm__ volatile("call hypercall_page + (" #number " * 32)" : : : "memory")
            int add(int a, int b);
            int init_blkfront(void);

            """);
        Project.Write("tree/arch/x86/x86_64.S", "\t.text\n\t.globl _start, hypercall_page\n_start:\n\tcall app_main\n1:\tjmp 1b\n\t.align 4096\nhypercall_page:\n\t.skip 4096, 0xc3\n\t.section .note.GNU-stack,\"\",@progbits\n");
    }

    [Fact]
    public void A_header_that_would_say_something_else_is_not_staged()
    {
        string header = Project.Write("tree/include/kernel.h", "#define FLAG 1\nint add(int a, int b);\nint init_blkfront(void);\n");
        _set.Planned();
        Tasks.StageMiniosHeaders Proven()
        {
            var stage = _set.Stage();
            (stage.Prove, stage.Compiler, stage.Identity, stage.Options) = (true, _set.Tools.Compiler, SmallSet.Identity, SmallSet.CompilerOptions);
            return stage;
        }

        Project.Succeed(Proven());
        string staged = File.ReadAllText(Project.PathOf("obj/include/mini-os/kernel.h"));
        Assert.StartsWith("#define MINIOS_FLAG 1\n", staged);

        // The new name is one that the header asks for already: it would give more than it gave.
        Project.Write("tree/include/kernel.h", File.ReadAllText(header) + "#ifdef MINIOS_FLAG\nint more;\n#endif\n");
        var error = Project.FailOnce(Proven());
        Assert.Equal(("MINIOS1541", header, staged), (error.Code, error.File, File.ReadAllText(Project.PathOf("obj/include/mini-os/kernel.h"))));

        var unproven = _set.Stage();
        Project.Succeed(unproven);
        Assert.EndsWith("#ifdef MINIOS_FLAG\nint more;\n#endif\n", File.ReadAllText(Project.PathOf("obj/include/mini-os/kernel.h")));
    }

    [Fact]
    public void A_missing_header_is_a_coded_error()
    {
        File.Delete(Project.PathOf("tree/include/kernel.h"));

        Assert.Contains("kernel.h", Project.FailOnce(_set.Scan()).Message);
    }

    [Fact]
    public void Staged_headers_have_the_names_of_the_archives()
    {
        _set.Staged();

        var header = Assert.Single(_set.StagedHeaders);
        Assert.Equal("obj/include/mini-os/kernel.h", Project.RelativePath(header.ItemSpec));
        Assert.Equal(("mini-os", "mini-os/kernel.h"), (header.GetMetadata("Folder"), header.GetMetadata("RelativePath")));
        Assert.Equal("int minios_add(int a, int b);\nint blkfront_init(void);\n", File.ReadAllText(header.ItemSpec));
    }

    [Fact]
    public void Staged_headers_include_each_other_by_their_staged_names()
    {
        _set.Planned();
        Project.Write("tree/include/types.h", "");
        Project.Write("tree/include/kernel.h", "#include <types.h>\n#include <stddef.h>\n");
        var task = _set.Stage();
        task.Headers = [.. task.Headers, TaskProject.Item("tree/include/types.h", ("Folder", "mini-os"))];
        Project.Succeed(task);

        Assert.Equal("#include <mini-os/types.h>\n#include <stddef.h>\n", File.ReadAllText(Project.PathOf("obj/include/mini-os/kernel.h")));
    }

    [Fact]
    public void Without_renaming_headers_are_staged_as_they_are()
    {
        _set.Planned();
        var task = _set.Stage();
        task.Rename = false;
        Project.Succeed(task);

        Assert.Equal(File.ReadAllText(Project.PathOf("tree/include/kernel.h")), File.ReadAllText(task.StagedHeaders[0].ItemSpec));
    }

    [Fact]
    public void A_header_that_left_the_tree_leaves_the_staged_ones()
    {
        _set.Planned();
        Project.Write("tree/include/old.h", "int old;\n");
        var task = _set.Stage();
        task.Headers = [.. task.Headers, TaskProject.Item("tree/include/old.h", ("Folder", "mini-os"))];
        Project.Succeed(task);
        Assert.True(File.Exists(Project.PathOf("obj/include/mini-os/old.h")));

        Project.Succeed(_set.Stage());

        Assert.False(File.Exists(Project.PathOf("obj/include/mini-os/old.h")));
    }

    [Fact]
    public void Two_headers_of_one_name_are_refused()
    {
        _set.Planned();
        Project.Write("tree/include/x86/kernel.h", "");
        var task = _set.Stage();
        task.Headers = [.. task.Headers, TaskProject.Item("tree/include/x86/kernel.h", ("Folder", "mini-os"))];

        var error = Project.FailOnce(task);

        Assert.Equal((TaskCodes.SameStagedHeader, Project.PathOf("tree/include/kernel.h")), (error.Code, error.File));
        Assert.Contains(Project.PathOf("tree/include/x86/kernel.h"), error.Message);
    }

    [Fact]
    public void A_tree_without_public_headers_stages_nothing()
    {
        _set.Planned();
        var task = _set.Stage();
        task.Headers = [];
        Project.Succeed(task);

        Assert.Empty(task.StagedHeaders);
    }

    [Fact]
    public void Another_output_folder_gets_its_headers_although_they_did_not_change()
    {
        _set.Staged();
        var task = _set.Stage();
        task.OutputFolder = "elsewhere";
        Project.Succeed(task);

        Assert.True(File.Exists(task.StagedHeaders[0].ItemSpec));
    }

    [Fact]
    public void A_damaged_plan_is_named()
    {
        _set.Planned();
        Project.Write("obj/plan.json", "[]");

        Assert.Equal(("MINIOS1316", Project.PathOf("obj/plan.json")), Project.FailOnce(_set.Stage()) is var e ? (e.Code, e.File) : default);
    }

    [Fact]
    public void A_file_where_the_folder_of_staged_headers_must_be_is_a_coded_error()
    {
        _set.Planned();
        Project.Write("obj/include", "");

        Assert.Equal(ToolchainCodes.FileAccess, Project.FailOnce(_set.Stage()).Code);
    }
}
