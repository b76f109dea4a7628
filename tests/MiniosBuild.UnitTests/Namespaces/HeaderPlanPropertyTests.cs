using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Renaming.Headers;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What holds of every plan for headers, on sets that are drawn at random.</summary>
public sealed class HeaderPlanPropertyTests
{
    private const int Draws = 500;

    private static readonly string[] Kinds = ["macro", "function-macro", "function", "inline", "variable", "constant", "typedef", "tag", "forward", "enumerator", "guard"];

    private static readonly string[] Names =
    [
        "wake", "thread", "ARRAY_SIZE", "PAGE", "s_time_t", "minios_list", "_minios_x", "MINIOS_PAGE", "_MINIOS_X", "blkfront_dev", "BLKFRONT_RW", "minios_blkfront_dev",
        "xen_mb", "HYPERVISOR_call", "uint8_t", "memcpy", "app_main", "DEBUG_A", "DEBUG_B", "init_blkfront", "A_H", "Mixed", "__odd", "x",
    ];

    private static readonly string[] Places = ["mini-os/a.h", "mini-os/a-b.h", "mini-os/a_b.h", "mini-os/blkfront.h", "mini-os/x86/os.h", "other/a.h"];

    private static readonly NamespacePolicy[] Policies =
    [
        BuiltInPolicy.Minios, BuiltInPolicy.Strict, BuiltInPolicy.HideOnly,
        MadeHeaders.Read("""
            { "publicPrefix": "minios_", "headers": { "kinds": ["macro", "function", "typedef", "tag"], "macroPrefix": "MO_", "internal": ["DEBUG_*"],
              "rename": [{ "from": "x", "to": "minios_ex" }, { "match": "s_(.*)", "to": "minios_$1" }] } }
            """),
    ];

    /// <summary>Headers of the first kind of each name in its name space, as no compiler takes two.</summary>
    private static readonly Gen<ScannedHeader[]> Sets = Gen.ArrayOf(
        from kind in Gen.Elements(Kinds)
        from name in Gen.Elements(Names)
        from use in Gen.Elements(Names)
        from place in Gen.Elements(Places)
        from hasUse in Gen.Elements(true, false)
        select (Place: place, Word: $"{kind}:{name}{(hasUse && kind is "macro" or "function-macro" or "inline" ? "=" + use : "")}", Key: (SpaceOf(kind), name))).Select(Headers);

    [Fact]
    public void A_plan_for_what_a_plan_gives_changes_nothing() => CheckSound((policy, headers, plan) =>
    {
        ScannedHeader[] staged = [.. headers.Select(header => Staged(header, plan))];
        HeaderPlan again = MadeHeaders.Plan(policy, staged);
        Assert.Empty(again.Names.Entries);
        Assert.Empty(again.Guards);
        Assert.False(HasErrors(again));
    });

    [Fact]
    public void A_plan_gives_no_two_names_of_a_space_one_name() => CheckSound((_, _, plan) =>
    {
        var held = plan.Decisions.Where(decision => decision.Action != HeaderAction.Remove).Select(decision => (decision.Kind.Space(), decision.NewName)).ToList();
        Assert.Equal(held.Count, held.Distinct().Count());
    });

    [Fact]
    public void What_the_planner_gives_the_validator_permits() => CheckSound((policy, headers, plan) =>
    {
        HeaderCensus staged = HeaderCensus.Of(headers.Select(header => Staged(header, plan)));
        string[] codes = ["MINIOS1501", "MINIOS1502", "MINIOS1504", "MINIOS1505", "MINIOS1506", "MINIOS1507", "MINIOS1508", "MINIOS1513"];
        Assert.DoesNotContain(new NamespaceValidator(policy, LibcMode.Stub).ValidateHeaders(staged), found => codes.Contains(found.Code));
    });

    [Fact]
    public void Plans_and_censuses_are_the_same_when_they_are_read_back() => Check((policy, headers) =>
    {
        HeaderPlan plan = MadeHeaders.Plan(policy, headers);
        Assert.Equal(plan.Serialize(), HeaderPlan.Parse(plan.Serialize(), "plan").Serialize());
        string census = HeaderCensus.Of(headers).Save();
        Assert.Equal(census, HeaderCensus.Load(census, "census").Save());
    });

    /// <summary>The property of plans without errors, of which enough have to be drawn for it to say something.</summary>
    private static void CheckSound(Action<NamespacePolicy, ScannedHeader[], HeaderPlan> property)
    {
        int renaming = 0;
        Check((policy, headers) =>
        {
            HeaderPlan plan = MadeHeaders.Plan(policy, headers);
            if (!HasErrors(plan))
            {
                renaming += plan.Names.Entries.Count > 2 ? 1 : 0;
                property(policy, headers, plan);
            }
        });
        Assert.True(renaming >= Draws / 10, $"{renaming} plans without errors rename something");
    }

    private static void Check(Action<NamespacePolicy, ScannedHeader[]> property) => Prop.ForAll(
        (from policy in Gen.Elements(Policies) from headers in Sets select (policy, headers)).ToArbitrary(),
        drawn => property(drawn.policy, drawn.headers)).Check(Config.QuickThrowOnFailure.WithMaxTest(Draws));

    private static bool HasErrors(HeaderPlan plan) => plan.Diagnostics.Any(found => found.Severity == DiagnosticSeverity.Error);

    private static NameSpace SpaceOf(string kind) =>
        kind is "macro" or "function-macro" or "guard" ? NameSpace.Macro : kind is "tag" or "forward" ? NameSpace.Tag : NameSpace.Ordinary;

    private static ScannedHeader[] Headers((string Place, string Word, (NameSpace, string) Key)[] words) =>
    [
        .. words.DistinctBy(word => word.Key).GroupBy(word => word.Place).Select(part => MadeHeaders.Header(part.Key, string.Join(' ', part.Select(word => word.Word)))),
    ];

    /// <summary>The header as a rewrite with the plan leaves it.</summary>
    private static ScannedHeader Staged(ScannedHeader header, HeaderPlan plan) => header with
    {
        Names =
        [
            .. header.Names.Where(name => name.IsGuard || !(name.Kind.IsMacro() && plan.Removed.Contains(name.Name))).Select(name =>
            {
                string newName = name.IsGuard ? plan.Guards.GetValueOrDefault(header.Place)?.New ?? name.Name
                    : (name.Kind.Space() switch
                    {
                        NameSpace.Macro => plan.Names.Macro(name.Name),
                        NameSpace.Tag => plan.Names.Tag(name.Name),
                        _ => plan.Names.Ordinary(name.Name),
                    })?.New ?? name.Name;
                return name with { Name = newName, Symbol = name.Symbol is null ? null : newName, Uses = [.. name.Uses.Select(use => plan.Names.Macro(use)?.New ?? use)] };
            }),
        ],
    };
}
