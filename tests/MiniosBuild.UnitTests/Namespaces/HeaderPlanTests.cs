using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class HeaderPlanTests
{
    private static readonly NamespacePolicy Plain = MadeHeaders.Read(MadeHeaders.Policy);

    [Theory]
    [InlineData("macro:ARRAY_SIZE", "MINIOS_ARRAY_SIZE")]
    [InlineData("function-macro:to_phys", "minios_to_phys")]
    [InlineData("enumerator:RUNNABLE_FLAG", "MINIOS_RUNNABLE_FLAG")]
    [InlineData("enumerator:runnable", "minios_runnable")]
    [InlineData("typedef:s_time_t", "minios_s_time_t")]
    [InlineData("typedef:U8", "minios_U8")]
    [InlineData("tag:thread", "minios_thread")]
    [InlineData("inline:ERR_PTR", "minios_ERR_PTR")]
    [InlineData("constant:limit", "minios_limit")]
    [InlineData("function:wake", "minios_wake")]
    [InlineData("variable:jiffies", "_minios_jiffies")]
    [InlineData("function:app_main", null)] // a hook
    [InlineData("macro:HYPERVISOR_FOO", null)] // kept by a pattern
    [InlineData("function-macro:xen_mb", null)]
    [InlineData("tag:minios_list", null)]
    [InlineData("macro:_MINIOS_X", null)]
    [InlineData("macro:MINIOS_X", null)]
    [InlineData("macro:_minios_x", null)]
    [InlineData("function:memcpy", null)]
    [InlineData("typedef:uint8_t", null)] // a tree's own types.h may give what a C library has to give
    [InlineData("macro:offsetof", null)]
    [InlineData("tag:down", "minios_down")]
    public void A_name_gets_its_place(string word, string? newName)
    {
        HeaderPlan plan = MadeHeaders.Plan(BuiltInPolicy.Minios, MadeHeaders.Header("mini-os/a.h", word));
        HeaderDecision decision = plan.Decisions.Single();
        Assert.Equal(newName ?? decision.Name, decision.NewName);
        Assert.Equal(newName is null ? HeaderAction.Keep : HeaderAction.Rename, decision.Action);
        Assert.Equal(newName is null ? 0 : 1, plan.Names.Entries.Count);
        Assert.DoesNotContain(plan.Diagnostics, diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.NotEqual("", decision.Reason);
    }

    [Theory]
    [InlineData("mini-os/blkfront.h", "tag:blkfront_dev", null, "minios_blkfront_dev")]
    [InlineData("mini-os/blkfront.h", "enumerator:BLKFRONT_RDWR", null, "MINIOS_BLKFRONT_RDWR")]
    [InlineData("mini-os/blkfront.h", "typedef:blk_t", "minios_blk_t", "minios_blk_t")]
    [InlineData("mini-os/drivers/netfront/rx.h", "macro:NETFRONT_RX", null, "MINIOS_NETFRONT_RX")]
    [InlineData("mini-os/lib.h", "forward:blkfront_dev", "minios_blkfront_dev", "minios_blkfront_dev")]
    [InlineData("mini-os/netfront.h", "tag:blkfront_dev", "minios_blkfront_dev", "minios_blkfront_dev")]
    public void A_driver_has_a_namespace_in_its_own_headers(string place, string word, string? plain, string strict)
    {
        HeaderDecision Decide(NamespacePolicy policy) => MadeHeaders.Plan(policy, MadeHeaders.Header(place, word)).Decisions.Single();
        HeaderDecision kept = Decide(BuiltInPolicy.Minios);
        Assert.Equal(plain ?? kept.Name, kept.NewName);
        Assert.Equal(strict, Decide(BuiltInPolicy.Strict).NewName);
    }

    [Fact]
    public void A_name_that_a_macro_makes_of_parts_is_renamed_with_its_parts()
    {
        const string Macro = "#define RING(n) struct n##_ring { int i; }\n", Rest = "struct blk_ring *r; struct own_ring { int j; };\n";
        HeaderName[] names = [.. HeaderScanner.Scan("# 1 \"/tree/a.h\"\n" + Macro + "struct blk_ring { int i; };\n" + Rest)];
        var header = new ScannedHeader("/tree/a.h", "a.h", names, false) { Text = Macro + "RING(blk);\n" + Rest };
        NamespacePolicy policy = MadeHeaders.Read(MadeHeaders.Policy);
        HeaderPlan plan = HeaderPlanner.Plan(policy, HeaderCensus.Of([header]), MadeHeaders.Symbols(policy));

        Assert.Equal("minios_blk_ring", plan.Names.Tag("blk_ring")?.New);
        Assert.Equal("minios_own_ring", plan.Names.Tag("own_ring")?.New);
        Assert.Equal([new JoinedWord("blk", "minios_blk")], plan.Joins["a.h"].Values.Where(word => word.New != word.Old));
    }

    [Fact]
    public void Kinds_that_are_not_judged_stay_but_symbols_do_not()
    {
        const string words = "macro:A inline:b constant:c typedef:d tag:e enumerator:F function:g variable:h guard:A_H";
        HeaderPlan none = MadeHeaders.Plan(MadeHeaders.Read("{ \"publicPrefix\": \"minios_\" }"), MadeHeaders.Header("mini-os/a.h", words));
        Assert.Equal(["function g minios_g", "variable h minios_h"], Entries(none));
        Assert.Empty(none.Guards);
        HeaderPlan tags = MadeHeaders.Plan(
            MadeHeaders.Read("{ \"publicPrefix\": \"minios_\", \"headers\": { \"kinds\": [\"tag\", \"function\"] } }"), MadeHeaders.Header("mini-os/a.h", words));
        Assert.Equal(["function b minios_b", "function g minios_g", "variable h minios_h", "tag e minios_e"], Entries(tags));
    }

    [Fact]
    public void A_macro_follows_the_function_or_variable_of_its_name()
    {
        HeaderPlan plan = MadeHeaders.Plan(BuiltInPolicy.Minios, MadeHeaders.Header("mini-os/a.h", "function-macro:wake function:wake macro:app_main function:app_main variable:INFO macro:INFO"));
        Assert.Equal(["function-macro wake minios_wake", "function wake minios_wake", "macro INFO _minios_INFO", "variable INFO _minios_INFO"], Entries(plan).OrderBy(e => e.Split(' ')[1] == "INFO"));
    }

    [Fact]
    public void Names_of_others_stay_as_they_are()
    {
        HeaderName[] xen = MadeHeaders.In("/usr/include/xen/xen.h", "macro:XEN_THING tag:start_info typedef:start_info_t enumerator:XS_DEBUG");
        HeaderPlan plan = MadeHeaders.Plan(
            Plain, new ScannedHeader("/tree/mini-os/a.h", "mini-os/a.h", [.. xen, .. MadeHeaders.In("/tree/mini-os/a.h", "forward:start_info forward:mine")], Inside: false));
        Assert.Equal(["tag mine minios_mine"], Entries(plan));
        Assert.Equal("only declared here, the tag of another's header", plan.Decisions.Single(decision => decision.Name == "start_info").Reason);
        Assert.Equal(["start_info_t"], plan.Types);
    }

    [Fact]
    public void Explicit_rules_come_in_their_order()
    {
        NamespacePolicy policy = MadeHeaders.Read("""
            { "publicPrefix": "minios_", "headers": { "kinds": ["macro", "tag"], "rename": [
              { "from": "BUG_ON", "to": "MINIOS_BUG_IF" }, { "match": "BUG(.*)", "to": "MINIOS_FAULT$1" }, { "from": "BUG", "to": "MINIOS_NEVER" } ] } }
            """);
        HeaderPlan plan = MadeHeaders.Plan(policy, MadeHeaders.Header("mini-os/a.h", "macro:BUG_ON macro:BUG tag:BUG"));
        Assert.Equal(["macro BUG MINIOS_FAULT", "macro BUG_ON MINIOS_BUG_IF", "tag BUG MINIOS_FAULT"], Entries(plan));
        Diagnostic unmatched = Assert.Single(plan.Diagnostics);
        Assert.Equal(("MINIOS1314", DiagnosticSeverity.Warning, "mine.json", 2), (unmatched.Code, unmatched.Severity, unmatched.File, unmatched.Line));
        Assert.Contains("\"BUG\" under headers", unmatched.Message);
    }

    [Fact]
    public void Internal_macros_leave_unless_public_text_needs_them()
    {
        NamespacePolicy policy = MadeHeaders.Read("""
            { "publicPrefix": "minios_", "headers": { "kinds": ["macro", "function"], "internal": ["DEBUG_*", "helper", "DEEP"] } }
            """);
        HeaderPlan plan = MadeHeaders.Plan(policy, MadeHeaders.Header(
            "mini-os/a.h", "macro:DEBUG_A=DEBUG_B macro:DEBUG_B macro:DEBUG_C=DEEP macro:DEEP function-macro:helper inline:get=helper+DEBUG_C"));
        Assert.Equal(["DEBUG_A", "DEBUG_B"], plan.Removed.Order());
        Assert.Equal(
            ["macro DEBUG_C _MINIOS_DEBUG_C", "macro DEEP _MINIOS_DEEP", "function-macro helper _minios_helper", "function get minios_get"], Entries(plan));
    }

    [Fact]
    public void Macros_that_only_the_kernel_sees_are_internal()
    {
        HeaderPlan plan = MadeHeaders.Plan(
            Plain, MadeHeaders.Header("mini-os/a.h", "macro:KERNEL macro:BOTH function-macro:user=KERNEL_TOO macro:KERNEL_TOO", inside: true), MadeHeaders.Header("mini-os/a.h", "macro:_ macro:BOTH function-macro:user=KERNEL_TOO"));
        Assert.Equal(["KERNEL"], plan.Removed);
        Assert.Contains("macro KERNEL_TOO _MINIOS_KERNEL_TOO", Entries(plan));
        Assert.Contains("macro BOTH MINIOS_BOTH", Entries(plan));
    }

    [Fact]
    public void Guards_are_made_of_the_place()
    {
        HeaderPlan plan = MadeHeaders.Plan(
            Plain,
            MadeHeaders.Header("mini-os/sched.h", "guard:_SCHED_H_"), MadeHeaders.Header("mini-os/x86/os.h", "guard:_OS_H_"), MadeHeaders.Header("other/sched.h", "guard:_SCHED_H_"),
            MadeHeaders.Header("mini-os/done.h", "guard:MINIOS_DONE_H"), MadeHeaders.Header("mini-os/none.h", "macro:NONE"),
            MadeHeaders.Header("mini-os/a-b.h", "guard:A_B"), MadeHeaders.Header("mini-os/a_b.h", "guard:A_B"), MadeHeaders.Header("mini-os/mm.h", "guard:MM_H tag:MINIOS_MM_H"));
        Assert.Equal(
            [
                ("mini-os/a-b.h", "MINIOS_A_B_H"), ("mini-os/a_b.h", "MINIOS_A_B_H_2"), ("mini-os/mm.h", "MINIOS_MM_H_2"), ("mini-os/sched.h", "MINIOS_SCHED_H"),
                ("mini-os/x86/os.h", "MINIOS_X86_OS_H"), ("other/sched.h", "MINIOS_OTHER_SCHED_H"),
            ],
            plan.Guards.Select(guard => (guard.Key, guard.Value.New)));
        Assert.Equal(["macro NONE MINIOS_NONE"], Entries(plan)); // A guard is no name for users.
    }

    [Fact]
    public void Symbols_that_a_macro_refers_to_are_renamed_there_too()
    {
        ScannedHeader header = MadeHeaders.Header("mini-os/a.h", "macro:WAKE=wake+nothing");
        ScannedHeader hidden = MadeHeaders.Header("mini-os/b.h", "function:wake");
        HeaderPlan plan = HeaderPlanner.Plan(Plain, HeaderCensus.Of([header]), MadeHeaders.Symbols(Plain, hidden));
        Assert.Equal(["macro WAKE MINIOS_WAKE", "function wake minios_wake"], Entries(plan));
    }

    [Theory]
    [InlineData("typedef:thing typedef:minios_thing", "\"minios_thing\" at /tree/mini-os/a.h(2) has that name")]
    [InlineData("tag:thing macro:minios_thing", "has that name")]
    [InlineData("macro:THING enumerator:MINIOS_THING", "has that name")]
    [InlineData("macro:FOO guard:G tag:MINIOS_FOO", "has that name")]
    public void New_names_that_meet_others_are_errors_at_the_line(string words, string fragment)
    {
        HeaderPlan plan = MadeHeaders.Plan(Plain, MadeHeaders.Header("mini-os/a.h", words));
        Diagnostic found = Assert.Single(plan.Diagnostics);
        Assert.Equal(("MINIOS1516", DiagnosticSeverity.Error, "/tree/mini-os/a.h", 1), (found.Code, found.Severity, found.File, found.Line));
        Assert.Contains(fragment, found.Message);
    }

    [Fact]
    public void Tags_and_typedefs_live_apart()
    {
        HeaderPlan plan = MadeHeaders.Plan(Plain, MadeHeaders.Header("mini-os/a.h", "tag:thing typedef:minios_thing typedef:other tag:other"));
        Assert.Empty(plan.Diagnostics);
        Assert.Equal(["typedef other minios_other", "tag other minios_other", "tag thing minios_thing"], Entries(plan));
    }

    [Fact]
    public void A_new_name_that_others_have_is_an_error()
    {
        HeaderName[] xen = MadeHeaders.In("/xen.h", "macro:minios_thing");
        HeaderPlan plan = MadeHeaders.Plan(Plain, new ScannedHeader("/a.h", "mini-os/a.h", [.. xen, .. MadeHeaders.In("/a.h", "tag:thing")], Inside: false));
        Assert.Contains("another's macro \"minios_thing\" at /xen.h(1) has that name", Assert.Single(plan.Diagnostics).Message);
    }

    [Fact]
    public void Two_old_names_may_not_get_one_new_name()
    {
        NamespacePolicy policy = MadeHeaders.Read("""
            { "publicPrefix": "minios_", "headers": { "kinds": ["macro"], "rename": [ { "match": "[AB]", "to": "MINIOS_X" }, { "match": "C", "to": "not-c" } ] } }
            """);
        HeaderPlan plan = MadeHeaders.Plan(policy, MadeHeaders.Header("mini-os/a.h", "macro:B macro:A macro:C"));
        Assert.Equal([1, 3], plan.Diagnostics.Select(found => found.Line));
        Assert.Contains("\"A\" at /tree/mini-os/a.h(2) gets that name too", plan.Diagnostics[0].Message);
        Assert.Contains("\"not-c\"", plan.Diagnostics[1].Message);
    }

    [Fact]
    public void An_asm_label_of_a_renamed_symbol_is_an_error()
    {
        var labelled = new HeaderName(HeaderNameKind.Function, "wake_it", new DeclarationSite("/a.h", 3)) { Symbol = "wake" };
        HeaderPlan plan = HeaderPlanner.Plan(
            Plain, HeaderCensus.Of([new ScannedHeader("/a.h", "mini-os/a.h", [labelled], Inside: false) { AssemblyTexts = [new HeaderText(IsLabel: true, "wake", labelled.Site)] }]), MadeHeaders.Symbols(Plain, MadeHeaders.Header("mini-os/b.h", "function:wake")));
        Assert.Equal(("MINIOS1517", 3), (Assert.Single(plan.Diagnostics).Code, plan.Diagnostics[0].Line));
        Assert.Contains("function wake_it minios_wake_it", Entries(plan));
    }

    [Fact]
    public void Entries_that_nothing_meets_are_told()
    {
        NamespacePolicy policy = MadeHeaders.Read("""
            { "publicPrefix": "minios_", "unmatched": "error", "headers": { "kinds": ["macro"],
              "keep": ["A*", "z*"],
              "internal": ["t", "I"],
              "rename": [{ "from": "gone", "to": "minios_done" }, { "from": "lost", "to": "minios_lost" }] } }
            """);
        HeaderPlan plan = MadeHeaders.Plan(policy, MadeHeaders.Header("mini-os/a.h", "macro:AB typedef:t macro:I macro:minios_done"));
        Assert.Equal(
            [("MINIOS1314", DiagnosticSeverity.Error, 2), ("MINIOS1314", DiagnosticSeverity.Error, 3), ("MINIOS1314", DiagnosticSeverity.Error, 4)],
            plan.Diagnostics.Select(found => (found.Code, found.Severity, found.Line)));
    }

    [Fact]
    public void A_plan_is_the_same_when_it_is_read_back()
    {
        HeaderPlan plan = MadeHeaders.Plan(
            MadeHeaders.Read("{ \"publicPrefix\": \"minios_\", \"headers\": { \"kinds\": [\"macro\", \"tag\"], \"internal\": [\"I\", \"none\"] } }"),
            MadeHeaders.Header("mini-os/ä.h", "guard:G macro:I macro:A tag:t typedef:u function:wake"));
        byte[] bytes = plan.Serialize();
        HeaderPlan read = HeaderPlan.Parse(bytes, "plan.json");
        Assert.Equal(bytes, read.Serialize());
        Assert.Equal(plan.Decisions, read.Decisions);
        Assert.Equal(plan.Names.ToText(), read.Names.ToText());
        Assert.Equal(plan.Guards, read.Guards);
        Assert.Equal(["I"], read.Removed);
        Assert.Equal(["u"], read.Types);
        Assert.Equal(plan.Diagnostics, read.Diagnostics);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{ \"headerFormat\": 9 }")]
    [InlineData("{ \"headerFormat\": 3, \"decisions\": [[\"macro\"]] }")]
    [InlineData("{ \"headerFormat\": 3, \"decisions\": [[\"macr\", \"A\", \"p\", \"f\", 1, \"Keep\", \"A\", \"r\"]] }")]
    [InlineData("{ \"headerFormat\": 3, \"decisions\": [[\"macro\", \"A\", \"p\", \"f\", 1, \"1\", \"A\", \"r\"]] }")]
    public void What_is_no_plan_is_refused(string json)
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => HeaderPlan.Parse(System.Text.Encoding.UTF8.GetBytes(json), "plan.json")).Diagnostic;
        Assert.Equal(("MINIOS1316", "plan.json"), (found.Code, found.File));
    }

    private static IEnumerable<string> Entries(HeaderPlan plan) => plan.Names.Entries.Select(entry => $"{entry.Kind.Word()} {entry.Old} {entry.New}");
}
