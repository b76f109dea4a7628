using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class PlanExplanationTests : IDisposable
{
    private readonly CompiledSet _set = new();

    public void Dispose() => _set.Dispose();

    [Fact]
    public void A_name_is_explained_under_its_old_and_its_new_name()
    {
        string weak = _set.AddC("core", "a", "__attribute__((weak)) int setup(void) { return 0; } ");
        string strong = _set.AddC("console", "b", "int setup(void) { return 1; }");
        string user = _set.AddC("core", "c", "extern int setup(void) __attribute__((weak)); int minios_f(void) { return setup ? setup() : 0; }");
        SymbolCensus census = SymbolCensus.Read(_set.Inputs());
        NamespacePlan plan = _set.Plan();
        NameExplanation found = Assert.Single(NameExplanation.Of(census, plan, "setup"));
        Assert.Equal(("setup", "_minios_setup", SymbolAction.Rename, 8, strong), (found.Name, found.Decision!.NewName, found.Decision.Action, found.Decision.Rule, found.Decision.Object));
        Assert.EndsWith("c.o refers to", found.Decision.Reason);
        Assert.Equal(
            [
                new("core", weak, SymbolKind.Function, ElfSymbolBinding.Weak, false), new("console", strong, SymbolKind.Function, ElfSymbolBinding.Global, false),
            ],
            found.Definitions);
        Assert.Equal([new("core", user, true)], found.Referrers);
        AssertSame(found, NameExplanation.Of(census, plan, "_minios_setup"));
        AssertSame(found, NameExplanation.Of(SymbolCensus.Read(_set.Inputs()), NamespacePlan.Parse(plan.Serialize(), "plan.json"), "setup"));
    }

    [Fact]
    public void A_name_that_nobody_defines_has_referrers_only_and_an_unknown_one_nothing()
    {
        string user = _set.AddC("core", "a", "extern int elsewhere(void); int minios_f(void) { return elsewhere(); }");
        SymbolCensus census = SymbolCensus.Read(_set.Inputs());
        NameExplanation found = Assert.Single(NameExplanation.Of(census, _set.Plan(), "elsewhere"));
        Assert.Null(found.Decision);
        Assert.Empty(found.Definitions);
        Assert.Equal([new("core", user, false)], found.Referrers);
        Assert.Empty(NameExplanation.Of(census, _set.Plan(), "nobody"));
    }

    private static void AssertSame(NameExplanation expected, IReadOnlyList<NameExplanation> actual)
    {
        NameExplanation found = Assert.Single(actual);
        Assert.Equal(expected.Decision, found.Decision);
        Assert.Equal(expected.Definitions, found.Definitions);
        Assert.Equal(expected.Referrers, found.Referrers);
    }
}
