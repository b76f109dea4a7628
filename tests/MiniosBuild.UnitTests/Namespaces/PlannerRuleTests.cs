using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The eight rules, one after the other, on objects that gcc made.</summary>
public sealed class PlannerRuleTests : IDisposable
{
    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void Rule_1_leaves_what_compilers_and_linkers_make()
    {
        _set.AddC("core", "a", "void *memcpy(void *d, const void *s, unsigned long n) { return d; } char _edata[1]; void __stack_chk_fail(void) {}");
        Assert.Equal([("__stack_chk_fail", "Keep", "", 1), ("_edata", "Keep", "", 1), ("memcpy", "Keep", "", 1)], Decisions(_set.Plan()));
    }

    [Fact]
    public void Rule_2_leaves_kept_names_and_hooks()
    {
        _set.AddC("core", "a", "char HYPERVISOR_shared_info[8]; void _start(void) {} __attribute__((weak)) int app_main(void *p) { return 0; }");
        Assert.Equal([("HYPERVISOR_shared_info", "Keep", "", 2), ("_start", "Keep", "", 2), ("app_main", "Keep", "", 2)], Decisions(_set.Plan()));
    }

    /// <summary>Trap 23.</summary>
    [Fact]
    public void Rule_3_leaves_what_is_already_inside()
    {
        _set.AddC("core", "a", "int minios_f(void) { return 0; } int _minios_v;");
        Assert.Equal([("_minios_v", "Keep", "", 3), ("minios_f", "Keep", "", 3)], Decisions(_set.Plan()));
    }

    [Fact]
    public void Rule_4_renames_exactly_and_by_expression()
    {
        _set.AddC("core", "a", "int get_time(void) { return 0; } int get_times(void) { return 0; } int xs_read(void) { return 0; } int axs_read(void) { return 0; }");
        NamespacePolicy policy = Policy("""[{ "from": "get_time", "to": "minios_time" }, { "match": "xs_(\\w+)", "to": "minios_store_${1}" }]""");
        Assert.Equal(
            [("axs_read", "Localize", "", 8), ("get_time", "Rename", "minios_time", 4), ("get_times", "Localize", "", 8), ("xs_read", "Rename", "minios_store_read", 4)],
            Decisions(_set.Plan(policy)));
    }

    [Fact]
    public void Rule_4_for_one_library_leaves_the_others_alone()
    {
        _set.AddC("console", "a", "int put(void) { return 0; }");
        _set.AddC("core", "b", "int push(void) { return 0; }");
        NamespacePolicy policy = Policy("""[{ "match": "pu.*", "to": "minios_$0", "library": "console" }]""");
        Assert.Equal([("put", "Rename", "minios_put", 4), ("push", "Localize", "", 8)], Decisions(_set.Plan(policy)));
    }

    [Theory]
    [InlineData("blkfront", "init_blkfront", "blkfront_init")]
    [InlineData("blkfront", "shutdown_blkfront", "blkfront_shutdown")]
    [InlineData("netfront", "init_netfront", "netfront_init")]
    [InlineData("netfront", "shutdown_netfront", "netfront_shutdown")]
    [InlineData("pcifront", "init_pcifront", "pcifront_init")]
    [InlineData("pcifront", "shutdown_pcifront", "pcifront_shutdown")]
    [InlineData("xenbus", "init_xenbus", "xenbus_init")]
    public void Driver_start_and_stop_are_renamed_into_the_drivers_namespace(string library, string name, string expected)
    {
        _set.AddC(library, "a", $"int {name}(void) {{ return 0; }}");
        Assert.Equal([(name, "Rename", expected, 4)], Decisions(_set.Plan()));
        Assert.Equal([(name, "Rename", "minios_" + expected, 4)], Decisions(_set.Plan(BuiltInPolicy.Strict)));
    }

    [Fact]
    public void Rule_5_keeps_the_C_names_of_the_stub_libc_and_no_others()
    {
        _set.AddC("libc", "a", "int errno; unsigned long strlen(const char *s) { return 0; } int _fmt(void) { return 0; } int _lone(void) { return 0; }");
        _set.AddC("libc", "b", "extern int _fmt(void); int printf(const char *f, ...) { return _fmt(); }");
        Assert.Equal(
            [("_fmt", "Rename", "_minios__fmt", 8), ("_lone", "Localize", "", 8), ("errno", "Keep", "", 5), ("strlen", "Keep", "", 5), ("printf", "Keep", "", 5)],
            Decisions(_set.Plan()));
    }

    [Fact]
    public void Rule_5_moves_the_whole_private_libc_and_the_references_to_it()
    {
        string core = _set.AddC("core", "a", "void *memcpy(void *, const void *, unsigned long); int strcmp(const char *, const char *); int f(void *p, int n) { memcpy(p, p + 1, n); return strcmp(p, p); }");
        _set.AddC("libc", "b", "void *memcpy(void *d, const void *s, unsigned long n) { return d; } int strcmp(const char *a, const char *b) { return 0; } int _lone(void) { return 0; }");
        NamespacePlan plan = _set.Plan(libc: LibcMode.Private);
        Assert.Equal(
            [("f", "Localize", "", 8), ("_lone", "Rename", "_minios__lone", 5), ("memcpy", "Rename", "_minios_memcpy", 5), ("strcmp", "Rename", "_minios_strcmp", 5)],
            Decisions(plan));
        Assert.Equal([("memcpy", "_minios_memcpy"), ("strcmp", "_minios_strcmp")], plan.RenamesFor(core));
    }

    [Fact]
    public void Without_a_libc_its_names_stay_undefined()
    {
        string core = _set.AddC("core", "a", "int strcmp(const char *, const char *); void *memcpy(void *, const void *, unsigned long); int f(void *p, int n) { memcpy(p, p + 1, n); return strcmp(p, p); }");
        NamespacePlan plan = _set.Plan(libc: LibcMode.None);
        Assert.Empty(plan.RenamesFor(core));
        Assert.Equal([new UnresolvedName("strcmp", false, [core])], plan.Unresolved);
    }

    [Fact]
    public void Rule_6_leaves_a_drivers_namespace_in_its_own_library_only()
    {
        _set.AddC("blkfront", "a", "int blkfront_io(void) { return 0; } int blkfront_count; int helper(void) { return 0; }");
        _set.AddC("core", "b", "int blkfront_intruder(void) { return 0; } __attribute__((weak)) int blkfront_fallback(void) { return 0; }");
        Assert.Equal(
            [
                ("blkfront_count", "Keep", "", 6), ("blkfront_io", "Keep", "", 6), ("helper", "Localize", "", 8),
                ("blkfront_fallback", "Keep", "", 6), ("blkfront_intruder", "Localize", "", 8),
            ],
            Decisions(_set.Plan()));
        Assert.Contains(("blkfront_io", "Rename", "minios_blkfront_io", 6), Decisions(_set.Plan(BuiltInPolicy.Strict)));
    }

    [Fact]
    public void Rule_7_makes_data_local_or_internal_even_when_a_header_declares_it()
    {
        _set.AddC("core", "a", "int lone = 1; int shared = 2; __thread int perthread; int *use(void) { return &lone; }");
        _set.AddC("console", "b", "extern int shared; int f(void) { return shared; }");
        PublicDeclarations declared = _set.Declare("extern int lone; extern int shared;");
        NamespacePlan plan = _set.Plan(declarations: declared);
        Assert.Equal(
            [("f", "Localize", "", 8), ("lone", "Localize", "", 7), ("perthread", "Localize", "", 7), ("shared", "Rename", "_minios_shared", 7), ("use", "Localize", "", 8)],
            Decisions(plan));
        Assert.Equal(["lone", "shared"], plan.HeaderRenames.Keys);
        Assert.Equal("_minios_lone", plan.HeaderRenames["lone"]);
    }

    [Fact]
    public void Rule_8_tells_public_internal_and_local_functions_apart()
    {
        _set.AddC("core", "a", "int declared(void) { return 0; } int needed(void) { return 0; } int across(void) { return 0; } int lone(void) { return 0; }");
        _set.AddC("console", "b", "extern int across(void); static int f(void) { return across(); } int (*g)(void) = f;");
        NamespacePlan plan = _set.Plan(declarations: _set.Declare("\n\nint declared(void);"), needs: new HashSet<string> { "minios_needed" });
        Assert.Equal(
            [
                ("g", "Localize", "", 7), ("across", "Rename", "_minios_across", 8), ("declared", "Rename", "minios_declared", 8),
                ("lone", "Localize", "", 8), ("needed", "Rename", "minios_needed", 8),
            ],
            Decisions(plan));
        Assert.Contains("public.h(3) declares", plan.Decisions.Single(decision => decision.Name == "declared").Reason);
        Assert.Contains("b.o refers to", plan.Decisions.Single(decision => decision.Name == "across").Reason);
    }

    [Fact]
    public void Assembly_labels_are_functions_in_code_and_data_elsewhere()
    {
        _set.AddAssembly("core", "a", ".globl hypercall_page, stack\n.text\nhypercall_page: .skip 64\n.bss\nstack: .skip 64\n");
        _set.AddAssembly("core", "b", ".text\ncall hypercall_page\nlea stack(%rip), %rsp\n");
        Assert.Equal([("hypercall_page", "Rename", "_minios_hypercall_page", 8), ("stack", "Rename", "_minios_stack", 7)], Decisions(_set.Plan()));
    }

    [Fact]
    public void Hide_only_renames_nothing_and_hides_what_nobody_needs()
    {
        _set.AddC("core", "a", "int declared(void) { return 0; } int across(void) { return 0; } int lone(void) { return 0; } int dvar = 1; int lvar = 1; int *p(void) { return &lvar; }");
        _set.AddC("core", "b", "extern int across(void); int declared2(void) { return across(); }");
        NamespacePlan plan = _set.Plan(BuiltInPolicy.HideOnly, _set.Declare("int declared(void); int declared2(void); extern int dvar; int not_here(void);"));
        Assert.Empty(plan.HeaderRenames);
        Assert.Equal(["lone", "lvar", "p"], plan.Decisions.Where(decision => decision.Action == SymbolAction.Localize).Select(decision => decision.Name));
    }

    [Fact]
    public void Declared_names_of_drivers_that_are_left_out_leave_the_headers_too()
    {
        _set.AddC("core", "a", "extern int guest_gives(void); int f(void) { return guest_gives(); }");
        NamespacePlan plan = _set.Plan(declarations: _set.Declare(
            "int init_netfront(void); int netfront_xmit(void); int start_kbd(void); extern int kbd_count; int guest_gives(void); int app_main(void *); void *malloc(unsigned long); extern char _text[];"));
        Assert.Equal(
            [("init_netfront", "netfront_init"), ("kbd_count", "_minios_kbd_count"), ("start_kbd", "minios_start_kbd")],
            plan.HeaderRenames.Select(rename => (rename.Key, rename.Value)));
        Assert.Equal(["guest_gives"], plan.Unresolved.Select(unresolved => unresolved.Name));
    }

    private static IEnumerable<(string Name, string Action, string NewName, int Rule)> Decisions(NamespacePlan plan) => plan.Decisions.Select(
        decision => (decision.Name, decision.Action.ToString(), decision.NewName == decision.Name ? "" : decision.NewName, decision.Rule));

    private static NamespacePolicy Policy(string renames) => NamespacePolicy.Parse(
        Encoding.UTF8.GetBytes($$"""{ "name": "test", "publicPrefix": "minios_", "internalPrefix": "_minios_", "rename": {{renames}} }"""), "test.json");
}
