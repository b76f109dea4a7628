using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Trap 23: what happens to objects that went through a pass before.</summary>
public sealed class PlanIdempotenceTests
{
    private static readonly NamespacePolicy s_policy = Policy("p_");

    [Fact]
    public void A_set_that_went_through_the_same_pass_has_an_empty_plan()
    {
        // Names that no rule but the note explains: the target of a rename rule, and two that changed places.
        CensusInput passed = Object("a.o", PassNote.TextFor(s_policy, LibcMode.Stub), ["kernel_time", "one", "two", "p_f"], ["p_elsewhere"]);
        NamespacePlan plan = Plan(s_policy, passed);
        Assert.DoesNotContain(plan.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
        Assert.All(plan.Decisions, decision => Assert.Equal((SymbolAction.Keep, 3, "went through this pass before"), (decision.Action, decision.Rule, decision.Reason)));
        AssertNoChanges(plan);
        NamespacePlan unmarked = Plan(s_policy, Object("a.o", null, ["kernel_time", "one", "two", "p_f"], []));
        Assert.Contains(unmarked.Decisions, decision => decision.Action != SymbolAction.Keep);
    }

    [Theory]
    [InlineData(LibcMode.Stub)]
    [InlineData(LibcMode.Private)]
    public void A_second_run_does_not_miss_what_the_first_one_matched(LibcMode libc)
    {
        NamespacePolicy policy = NamespacePolicy.Parse(
            """{ "publicPrefix": "p_", "unmatched": "error", "cNames": ["bzero2"], "rename": [{ "match": "init_(.*)", "to": "p_$1_init" }] }"""u8.ToArray(), "t.json");
        Assert.Empty(Run(null, "init_disk", "bzero2"));
        Assert.Empty(Run(PassNote.TextFor(policy, libc), "p_disk_init", libc == LibcMode.Private ? "_p_bzero2" : "bzero2"));
        Assert.Equal(2, Run(null, "p_disk_init", "p_other").Count);

        IReadOnlyList<Diagnostic> Run(string? note, string core, string c) => NamespacePlanner.Plan(
            policy,
            SymbolCensus.Read([Object("a.o", note, [core], []), Object("b.o", note, [c], []) with { Library = "libc" }]),
            PublicDeclarations.Empty,
            libc).Diagnostics;
    }

    [Fact]
    public void Another_policys_pass_is_refused_with_both_digests_and_the_first_file()
    {
        string note = PassNote.TextFor(Policy("q_"), LibcMode.Stub);
        NamespacePlan plan = Plan(s_policy, Object("b.o", note, ["q_g"], []), Object("a.o", note, ["q_f"], []), Object("c.o", null, ["h"], []));
        Diagnostic found = Assert.Single(plan.Diagnostics);
        Assert.Equal(("MINIOS1340", DiagnosticSeverity.Error, "a.o"), (found.Code, found.Severity, found.File));
        Assert.Contains("and 1 more objects with it", found.Message);
        Assert.Contains(Policy("q_").Digest, found.Message);
        Assert.Contains(s_policy.Digest, found.Message);
        AssertNoChanges(plan);
    }

    [Theory]
    [InlineData("something else")]
    [InlineData("pass=2 digest=0123456789abcdef libc=stub policy=later")]
    public void A_note_that_is_not_known_is_refused(string note) =>
        Assert.Equal("MINIOS1340", Assert.Single(Plan(s_policy, Object("a.o", note, ["f"], [])).Diagnostics).Code);

    [Fact]
    public void The_same_policy_for_another_libc_is_another_pass() =>
        Assert.Equal("MINIOS1340", Assert.Single(Plan(s_policy, Object("a.o", PassNote.TextFor(s_policy, LibcMode.Private), ["f"], [])).Diagnostics).Code);

    [Fact]
    public void A_new_object_may_join_a_passed_one_that_refers_to_its_new_names()
    {
        NamespacePlan plan = Plan(
            s_policy, Object("a.o", PassNote.TextFor(s_policy, LibcMode.Stub), ["p_f"], ["_p_g"]), Object("b.o", null, ["g"], ["p_f"]), Object("c.o", null, ["p_h"], ["g"]));
        Assert.DoesNotContain(plan.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
        Assert.Equal([("g", "_p_g")], plan.RenamesFor("b.o"));
        Assert.Empty(plan.RenamesFor("a.o"));
    }

    [Fact]
    public void A_reference_that_its_definition_leaves_behind_is_an_error()
    {
        NamespacePlan plan = Plan(s_policy, Object("a.o", PassNote.TextFor(s_policy, LibcMode.Stub), ["p_f"], ["g"]), Object("b.o", null, ["g"], []));
        Diagnostic found = Assert.Single(plan.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
        Assert.Equal(("MINIOS1341", "a.o"), (found.Code, found.File));
        Assert.Contains("b.o defines", found.Message);
    }

    [Fact]
    public void A_damaged_note_is_a_coded_error()
    {
        var elf = new ElfWriter(ElfClass.Elf64, ElfByteOrder.LittleEndian);
        elf.AddSection(".note.minios", ElfSectionType.Note, [1, 2, 3]);
        Diagnostic found = Assert.Throws<DiagnosticException>(() => SymbolCensus.Read([new CensusInput("core", "a.o", elf.Write().Bytes)])).Diagnostic;
        Assert.Equal(("MINIOS2018", "a.o"), (found.Code, found.File));
    }

    private static void AssertNoChanges(NamespacePlan plan)
    {
        Assert.Empty(plan.Renames);
        plan.VisitChanges((name, _) => Assert.Fail(Encoding.UTF8.GetString(name)));
    }

    private static NamespacePlan Plan(NamespacePolicy policy, params CensusInput[] objects) =>
        NamespacePlanner.Plan(policy, SymbolCensus.Read(objects), PublicDeclarations.Empty, LibcMode.Stub);

    private static CensusInput Object(string path, string? note, string[] functions, string[] references) =>
        new("core", path, MadeSet.Object([.. functions.Select(name => (name, ElfSymbolBinding.Global, true))], references, note));

    private static NamespacePolicy Policy(string prefix) => NamespacePolicy.Parse(
        Encoding.UTF8.GetBytes($$"""
            { "name": "{{prefix}}", "publicPrefix": "{{prefix}}", "unmatched": "message", "rename": [
              { "from": "get_time", "to": "kernel_time" }, { "from": "one", "to": "two" }, { "from": "two", "to": "one" }] }
            """),
        "t.json");
}
