using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What holds for every set, whatever its names.</summary>
public sealed class PlanPropertyTests
{
    private const int Draws = 300;

    private static readonly string[] s_names =
        ["f", "g", "h", "v", "p_f", "_p_v", "d_x", "d_y", "memcpy", "strlen", "hook", "old", "new_one", "__start_x", "f.cold", "x1", "x2", "kept"];

    private static readonly NamespacePolicy s_policy = NamespacePolicy.Parse(
        Encoding.UTF8.GetBytes("""
            { "name": "t", "publicPrefix": "p_", "internalPrefix": "_p_", "driverPrefix": "p_", "unmatched": "message", "hooks": ["hook"], "keep": ["kept"],
              "rename": [{ "from": "old", "to": "p_new" }, { "match": "x(.)", "to": "p_x_$1" }], "drivers": { "d": { "prefix": "d_" } } }
            """),
        "t.json");

    private static readonly Gen<MadeUnit> s_unit =
        from library in Gen.Elements("core", "libc", "d")
        from definitions in Gen.Elements(s_names).ListOf(4)
        from bindings in Gen.Elements(ElfSymbolBinding.Global, ElfSymbolBinding.Weak).ListOf(4)
        from kinds in Gen.Elements(true, false).ListOf(4)
        from references in Gen.Elements(s_names).ListOf(4)
        select new MadeUnit(
            library,
            [.. definitions.Zip(bindings, kinds).DistinctBy(definition => definition.First)],
            [.. references.Distinct().Except(definitions)]);

    private static readonly Arbitrary<MadeUnit[]> s_sets = Gen.Choose(1, 4).SelectMany(count => s_unit.ListOf(count)).Select(units => units.ToArray()).ToArbitrary();

    [Fact]
    public void The_plan_of_the_passed_set_is_empty() => CheckSound((units, plan) =>
    {
        // Without a note: this policy leads into its own namespaces only.
        NamespacePlan again = Plan(Pass(units, plan), null);
        return again.Renames.Count == 0 && again.Decisions.All(decision => decision.Action == SymbolAction.Keep);
    });

    [Fact]
    public void The_plan_of_a_set_with_the_passes_note_is_empty() => Prop.ForAll(s_sets, units =>
        Plan(units, PassNote.TextFor(s_policy, LibcMode.Stub)).Decisions.All(decision => decision.Action == SymbolAction.Keep)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_plan_does_not_depend_on_the_order_of_the_objects() => Prop.ForAll(s_sets, units =>
    {
        CensusInput[] inputs = Inputs(units, null);
        return Plan(inputs).Equals(Plan([.. inputs.Reverse()]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_that_stay_global_stay_apart() => CheckSound((_, plan) =>
    {
        var global = plan.Decisions.Where(decision => decision.Action != SymbolAction.Localize).Select(decision => (decision.Name, decision.NewName)).Distinct().ToList();
        return global.DistinctBy(name => name.NewName).Count() == global.Count;
    });

    [Fact]
    public void Every_reference_follows_its_definition() => CheckSound((units, plan) =>
    {
        SymbolCensus census = SymbolCensus.Read(Inputs(units, null));
        return census.Objects.All(source => source.References.All(reference =>
        {
            SymbolDecision? target = plan.Decisions.FirstOrDefault(decision => decision.Name == reference.Name);
            string? followed = plan.RenamesFor(source.Path).Where(rename => rename.Old == reference.Name).Select(rename => rename.New).SingleOrDefault();
            return target is null ? followed is null
                : target.Action != SymbolAction.Localize && (followed ?? reference.Name) == target.NewName;
        }));
    });

    [Fact]
    public void The_changes_are_those_of_the_decisions_before_and_after_the_file() => Prop.ForAll(s_sets, units =>
    {
        NamespacePlan plan = Plan(units, null);
        var expected = plan.Decisions.Where(decision => decision.Action != SymbolAction.Keep)
            .Select(decision => (decision.Name, decision.Action == SymbolAction.Localize ? "" : decision.NewName)).ToHashSet();
        return expected.SetEquals(Changes(plan)) && expected.SetEquals(Changes(NamespacePlan.Parse(plan.Serialize(), "plan.json")));
    }).QuickCheckThrowOnFailure();

    /// <summary>The property of plans without errors, of which enough have to be drawn for it to say something.</summary>
    private static void CheckSound(Func<MadeUnit[], NamespacePlan, bool> property)
    {
        int renaming = 0;
        Prop.ForAll(s_sets, units =>
        {
            NamespacePlan plan = Plan(units, null);
            if (HasErrors(plan))
            {
                return true;
            }

            renaming += plan.Renames.Count > 2 ? 1 : 0;
            return property(units, plan);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Draws));
        Assert.True(renaming >= Draws / 10, $"{renaming} plans without errors rename something");
    }

    private static List<(string, string)> Changes(NamespacePlan plan)
    {
        var changes = new List<(string, string)>();
        plan.VisitChanges((name, newName) => changes.Add((Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(newName))));
        return changes;
    }

    private static MadeUnit[] Pass(MadeUnit[] units, NamespacePlan plan)
    {
        var outcome = plan.Decisions.DistinctBy(decision => decision.Name).ToDictionary(decision => decision.Name);
        return Array.ConvertAll(units, unit => unit with
        {
            Definitions = [.. unit.Definitions.Where(definition => outcome[definition.Name].Action != SymbolAction.Localize)
                .Select(definition => definition with { Name = outcome[definition.Name].NewName })],
            References = [.. unit.References.Select(name => outcome.TryGetValue(name, out SymbolDecision? decision) ? decision.NewName : name)],
        });
    }

    private static bool HasErrors(NamespacePlan plan) => plan.Diagnostics.Any(found => found.Severity == DiagnosticSeverity.Error);

    private static NamespacePlan Plan(MadeUnit[] units, string? note) => Plan(Inputs(units, note));

    private static NamespacePlan Plan(CensusInput[] inputs) =>
        NamespacePlanner.Plan(s_policy, SymbolCensus.Read(inputs), PublicDeclarations.Empty, LibcMode.Stub);

    private static CensusInput[] Inputs(MadeUnit[] units, string? note) =>
        [.. units.Select((unit, i) => new CensusInput(unit.Library, $"{i}.o", MadeSet.Object(unit.Definitions, unit.References, note)))];

    private sealed record MadeUnit(
        string Library, IReadOnlyList<(string Name, ElfSymbolBinding Binding, bool IsFunction)> Definitions, IReadOnlyList<string> References)
    {
        public override string ToString() =>
            $"{Library}: {string.Join(' ', Definitions.Select(d => $"{d.Name}/{d.Binding}/{(d.IsFunction ? "f" : "v")}"))} uses {string.Join(' ', References)}";
    }
}
