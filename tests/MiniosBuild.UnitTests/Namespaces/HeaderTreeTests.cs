using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.TestUtilities;
using MiniosBuild.Validation.Headers;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Planner and validator on headers that a real preprocessor read, those of the reference tree among them.</summary>
public sealed class HeaderTreeTests
{
    [Theory]
    [InlineData("gcc", "minios")]
    [InlineData("clang", "minios-strict")]
    public void The_reference_tree_is_clean_when_it_is_staged(string compiler, string name)
    {
        NamespacePolicy policy = BuiltInPolicy.Load(name);
        using RealHeaders tree = RealHeaders.OfReferenceTree();
        HeaderCensus census = tree.Census(compiler);
        HeaderPlan plan = RealHeaders.Plan(policy, census);
        Assert.DoesNotContain(plan.Diagnostics, found => found.Severity == DiagnosticSeverity.Error);
        using RealHeaders staged = tree.Staged(plan);
        HeaderCensus result = staged.Census(compiler);
        string found = string.Concat(RealHeaders.Validate(policy, result).Select(finding => finding.ToDiagnostic().ToString().Replace(staged.Folder, "") + "\n"));
        Assert.True(found == "", found);
        Assert.Equal(0, HeaderCounts.Of(policy, result).Outside);
        HeaderPlan again = RealHeaders.Plan(policy, result);
        Assert.Empty(again.Names.Entries);
        Assert.Empty(again.Guards);
        Assert.Equal(census.Headers.Sum(header => header.Own.Count()), result.Headers.Sum(header => header.Own.Count()));
    }

    /// <summary>The negative control: what is unstaged fails, with the very names that staging changes.</summary>
    [Fact]
    public void The_reference_tree_as_it_is_fails_with_the_names_that_the_plan_renames()
    {
        using RealHeaders tree = RealHeaders.OfReferenceTree();
        HeaderCensus census = tree.Census();
        HeaderPlan plan = RealHeaders.Plan(BuiltInPolicy.Strict, census);
        string[] codes = ["MINIOS1501", "MINIOS1502", "MINIOS1504", "MINIOS1505", "MINIOS1506", "MINIOS1507"];
        string[] found =
        [
            .. RealHeaders.Validate(BuiltInPolicy.Strict, census).Where(finding => codes.Contains(finding.Code))
                .Select(finding => $"{finding.Kind} {finding.Symbol}".Replace("data ", "variable ")).Distinct().Order(StringComparer.Ordinal),
        ];
        Assert.Equal(plan.Names.Entries.Select(entry => $"{entry.Kind.Text()} {entry.Old}").Order(StringComparer.Ordinal), found);
        HeaderCounts counts = HeaderCounts.Of(BuiltInPolicy.Strict, census);
        Assert.Equal(found.Length, counts.Outside);
        Assert.All(counts.Kinds.Where(kind => kind.Kind != "variable"), kind => Assert.True(kind.Outside > 0, kind.Kind));
        Assert.All(
            RealHeaders.Validate(BuiltInPolicy.Strict, census).Where(finding => codes.Contains(finding.Code)),
            finding => Assert.True(finding.Position is { Line: > 0, Column: > 0 }, finding.ToDiagnostic().ToString()));
    }

    [Fact]
    public void Text_that_only_the_kernel_sees_is_none_of_the_users()
    {
        using RealHeaders tree = new RealHeaders().Add(
            "a.h", "#ifndef A_H\n#define A_H\n#ifdef __INSIDE_MINIOS__\n#define KERNEL_ONLY 1\nstruct hidden;\n#endif\n#define USED (FOR_USERS)\n#define FOR_USERS 2\n#define BITS 3\nstruct t { int n : BITS; };\n#endif\n");
        NamespacePolicy policy = MadeHeaders.Read("{ \"publicPrefix\": \"minios_\", \"headers\": { \"kinds\": [\"macro\", \"tag\"], \"internal\": [\"FOR_USERS\", \"BITS\"] } }");
        HeaderCensus census = tree.Census();
        HeaderPlan plan = RealHeaders.Plan(policy, census);
        Assert.Equal(["KERNEL_ONLY"], plan.Removed);
        using RealHeaders staged = tree.Staged(plan);
        string text = File.ReadAllText(Path.Combine(staged.Folder, "mini-os", "a.h"));
        Assert.Equal(
            "#ifndef MINIOS_A_H\n#define MINIOS_A_H\n\n\n\n\n#define MINIOS_USED (_MINIOS_FOR_USERS)\n#define _MINIOS_FOR_USERS 2\n#define _MINIOS_BITS 3\nstruct minios_t { int n : _MINIOS_BITS; };\n#endif\n",
            text);
        Assert.Empty(RealHeaders.Validate(policy, staged.Census()));
    }

    [Theory]
    [InlineData("#include <stdio.h>\n#undef EOF\n#define EOF (-2)\n", false)]
    [InlineData("#ifndef EOF\n#define EOF (-2)\n#endif\n#include <stdio.h>\n", true)]
    [InlineData("#include <stddef.h>\ntypedef __SIZE_TYPE__ size_t;\n", false)]
    public void What_a_header_replaces_knowingly_does_not_collide(string text, bool collides)
    {
        using RealHeaders tree = new RealHeaders().Add("a.h", text);
        Assert.Equal(collides ? ["MINIOS1515"] : [], RealHeaders.Validate(BuiltInPolicy.Minios, tree.Census()).Select(found => found.Code));
    }

    [Fact]
    public void A_macro_may_have_another_one_declare_its_locals()
    {
        const string text = "#define minios_wait(x) struct minios_w { int n; } x\n#define minios_event(c) do { minios_wait(minios_waiter); (void)(minios_waiter.n + (c) + ELSEWHERE); } while (0)\n";
        using RealHeaders tree = new RealHeaders().Add("a.h", text);
        Finding found = Assert.Single(RealHeaders.Validate(BuiltInPolicy.Minios, tree.Census()));
        Assert.Equal(("MINIOS1512", 2, 9), (found.Code, found.Position!.Value.Line, found.Position.Value.Column));
        Assert.Contains("uses \"ELSEWHERE\"", found.Message);
    }

    [Theory]
    [InlineData("#ifdef A_H\n#define MET 1\n#endif\n")]
    [InlineData("#if defined(A_H) && !defined B_H\n#define MET 1\n#endif\n")]
    [InlineData("#ifndef A_H\n#define A_H\n#else\n#define MET 1\n#endif\n")]
    [InlineData("#define A_IS_THERE defined(A_H)\n#if A_IS_THERE\n#define MET 1\n#endif\n")]
    [InlineData("#if !defined(A_H)\n#include <mini-os/a.h>\n#elif defined A_H\n#define MET 1\n#endif\n")]
    public void A_header_goes_on_knowing_whether_another_was_included(string test)
    {
        using RealHeaders tree = new RealHeaders().Add("a.h", "#ifndef A_H\n#define A_H\nint a;\n#endif\n").Add("b.h", test);
        using RealHeaders staged = tree.Staged(RealHeaders.Plan(BuiltInPolicy.Minios, tree.Census()));

        Assert.Equal("1", Met(tree));
        Assert.Equal("1", Met(staged)); // A macro that no header has alone keeps its name.

        static string Met(RealHeaders headers)
        {
            using TemporaryFolder folder = new();
            string source = folder.Write("all.c", "#include <mini-os/a.h>\n#include <mini-os/b.h>\nMET\n");
            return RealTool.Run("gcc", "-E", "-P", "-I", headers.Folder, source).Trim().Split('\n')[^1];
        }
    }

    [Fact]
    public void A_guard_that_the_policy_keeps_stays()
    {
        using RealHeaders tree = new RealHeaders().Add("a.h", "#ifndef A_H\n#define A_H\nint a;\n#endif\n").Add("b.h", "#ifndef B_H\n#define B_H\nint b;\n#endif\n");
        NamespacePolicy policy = NamespacePolicy.Parse("""{ "publicPrefix": "p_", "headers": { "kinds": ["macro"], "keep": ["A_*"] } }"""u8.ToArray(), "p.json");

        HeaderPlan plan = RealHeaders.Plan(policy, tree.Census());

        Assert.Equal([("mini-os/b.h", "P_B_H")], plan.Guards.Select(guard => (guard.Key, guard.Value.New)));
    }

    [Theory]
    [InlineData("struct minios_s { int minios_first; };\n#define minios_alias minios_first\n", null)]
    [InlineData("static inline int minios_f(void) { return minios_nowhere(1); }\n", "the inline function \"minios_f\" uses \"minios_nowhere\"")]
    [InlineData("#include <stddef.h>\n#define minios_room(t) __builtin_offsetof(t, x) + sizeof(size_t) + sizeof(ptrdiff_t)\n", null)]
    [InlineData("#define minios_room(t) sizeof(size_t)\n", "the macro \"minios_room\" uses \"size_t\"")]
    [InlineData("#define minios_colors(X) X(BLUE, 1) X(red)\n", null)]
    [InlineData("#define minios_colors(X, Y) X(a, Y(b)) X(Y)\n", null)]
    [InlineData("#define minios_colors(X) X(blue) + green\n", "the macro \"minios_colors\" uses \"green\"")]
    [InlineData("#define minios_join(a) a##_part + part_##a\n", null)]
    public void What_a_macro_or_inline_function_uses_is_known_from_the_text(string text, string? fragment)
    {
        using RealHeaders tree = new RealHeaders().Add("a.h", text);
        IReadOnlyList<Finding> found = RealHeaders.Validate(BuiltInPolicy.Minios, tree.Census());
        Assert.Equal(fragment is null ? [] : ["MINIOS1512"], found.Select(one => one.Code));
        Assert.Contains(fragment ?? "", found.FirstOrDefault()?.Message ?? "");
    }

    /// <summary>What the sets say of a pair is what a preprocessor makes of it in both orders.</summary>
    [Theory]
    [InlineData("#define MINIOS_N 1\n", "struct minios_b { int MINIOS_N; };\n", true)]
    [InlineData("#define minios_n(x) 1\n", "struct minios_b { int minios_n; };\n", false)]
    [InlineData("#define minios_n(x) 1\n", "int minios_n(int);\n", true)]
    [InlineData("#define MINIOS_N 1\n", "#ifdef MINIOS_N\nint minios_a;\n#endif\n", true)]
    [InlineData("#define MINIOS_N 1\n", "#ifndef MINIOS_N\n#define MINIOS_N 1\n#endif\nint minios_b[MINIOS_N];\n", false)]
    [InlineData("#ifndef MINIOS_N\n#define MINIOS_N 1\n#endif\n", "#ifndef MINIOS_N\n#define MINIOS_N 2\n#endif\nextern int minios_b[MINIOS_N];\n", true)]
    [InlineData("#define MINIOS_N 1\n", "#include <mini-os/a.h>\nextern int minios_b[MINIOS_N];\n", false)]
    [InlineData("#define MINIOS_N 1\n", "#define MINIOS_M(MINIOS_N) MINIOS_N\n", false)]
    public void Pairs_that_differ_are_found_from_the_sets(string one, string other, bool differ)
    {
        using RealHeaders tree = new RealHeaders().Add("a.h", "#ifndef MINIOS_A_H\n#define MINIOS_A_H\n" + one + "#endif\n").Add("b.h", "#ifndef MINIOS_B_H\n#define MINIOS_B_H\n" + other + "#endif\n");
        Assert.Equal(differ, RealHeaders.Validate(BuiltInPolicy.Minios, tree.Census()).Any(found => found.Code == "MINIOS1509"));

        // The oracle: the two orders, and each header alone.
        string[] ab = Lines(tree, "a.h", "b.h"), ba = Lines(tree, "b.h", "a.h"), alone = [.. Lines(tree, "a.h").Concat(Lines(tree, "b.h")).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(differ, !(ab.SequenceEqual(ba) && ab.SequenceEqual(alone)));
    }

    private static string[] Lines(RealHeaders tree, params string[] names)
    {
        string source = Path.Combine(tree.Folder, "pair.c");
        File.WriteAllText(source, string.Concat(names.Select(name => $"#include <mini-os/{name}>\n")));
        return [.. TestUtilities.RealTool.Run("gcc", "-E", "-P", "-dD", "-I", tree.Folder, source).Split('\n')
            .Where(line => line.Contains("inios_", StringComparison.OrdinalIgnoreCase)).Distinct().Order(StringComparer.Ordinal)];
    }
}
