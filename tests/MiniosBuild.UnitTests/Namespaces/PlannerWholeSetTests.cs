using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>A plain C library, of which nothing is known but its archive and two prefixes.</summary>
public sealed class PlannerWholeSetTests
{
    private const string Musl = "/usr/lib/x86_64-linux-musl/libc.a";

    [Fact]
    public void Two_lines_of_policy_are_enough()
    {
        NamespacePolicy policy = Policy("{ \"publicPrefix\": \"mu_\",\n  \"internalPrefix\": \"_mu_\" }");
        Assert.Equal(("mine", "mu_", "_mu_"), (policy.Name, policy.PublicPrefix, policy.InternalPrefix));
        Assert.Equal(policy.Digest, Policy("{ \"publicPrefix\": \"mu_\" }").Digest);
    }

    [Fact]
    public void Everything_is_public_and_nothing_becomes_local()
    {
        using var set = new CompiledSet();
        set.AddC("c", "a", "int lone(void) { return 0; } int data = 1; void *memcpy(void *d, const void *s, unsigned long n) { return d; } __attribute__((weak)) int hooky(void) { return 0; }");
        NamespacePlan plan = set.Plan(Policy("{ \"publicPrefix\": \"mu_\" }"), PublicDeclarations.Everything);
        Assert.Equal(
            [("data", "_mu_data"), ("hooky", "mu_hooky"), ("lone", "mu_lone"), ("memcpy", "memcpy")],
            plan.Decisions.Select(decision => (decision.Name, decision.NewName)));
        Assert.Empty(plan.Diagnostics);
        Assert.Equal(plan.Renames, plan.HeaderRenames);
        Assert.True(PublicDeclarations.Merge([PublicDeclarations.Empty, PublicDeclarations.Everything]).IsEverything);
        Assert.DoesNotContain(set.Plan(BuiltInPolicy.HideOnly, PublicDeclarations.Everything).Decisions, decision => decision.Action != SymbolAction.Keep);
    }

    [Fact]
    public void The_whole_of_musl_links_and_runs_under_new_names()
    {
        using var folder = new TemporaryFolder();
        SymbolCensus census = SymbolCensus.ReadFiles([new CensusFile("musl", Musl)]);
        NamespacePlan plan = NamespacePlanner.Plan(Policy("{ \"publicPrefix\": \"mu_\" }"), census, PublicDeclarations.Everything, LibcMode.Stub);
        Assert.DoesNotContain(plan.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
        Assert.DoesNotContain(plan.Decisions, decision => decision.Action == SymbolAction.Localize);
        Assert.Equal("mu_printf", plan.Renames["printf"]);
        Assert.Equal("_mu_stdout", plan.Renames["stdout"]);
        Assert.DoesNotContain("memcpy", plan.Renames);
        string map = folder.Write("map", plan.RenameMapText());
        string renamed = folder.File("renamed.a");
        RealTool.Run("objcopy", "-D", $"--redefine-syms={map}", Musl, renamed);
        string program = folder.Write("main.c", "int mu_puts(const char *); char *mu_strdup(const char *); int main(void) { return mu_puts(mu_strdup(\"renamed\")) < 0; }");
        string image = folder.File("main");
        string start = folder.File("crt1.o");
        RealTool.Run("objcopy", $"--redefine-syms={map}", "/usr/lib/x86_64-linux-musl/crt1.o", start);
        RealTool.Run("gcc", "-nostdlib", "-static", "-no-pie", "-fno-stack-protector", "-o", image, start, "/usr/lib/x86_64-linux-musl/crti.o", program, renamed, "-lgcc", "-lgcc_eh", renamed, "/usr/lib/x86_64-linux-musl/crtn.o");
        Assert.Equal("renamed\n", RealTool.Run(image));
        Assert.Empty(NamespacePlanner.Plan(Policy("{ \"publicPrefix\": \"mu_\" }"), SymbolCensus.ReadFiles([new CensusFile("musl", renamed)]), PublicDeclarations.Everything, LibcMode.Stub).Renames);
    }

    private static NamespacePolicy Policy(string json) => NamespacePolicy.Parse(Encoding.UTF8.GetBytes(json), "folder/mine.json");
}
