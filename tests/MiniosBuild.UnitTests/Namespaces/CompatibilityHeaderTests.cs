using System.Text.RegularExpressions;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Code that was written for old names, compiled against staged headers by real compilers.</summary>
public sealed partial class CompatibilityHeaderTests : IDisposable
{
    private const string Staged = """
        #ifndef MINIOS_SCHED_H
        #define MINIOS_SCHED_H
        #ifdef __cplusplus
        extern "C" {
        #endif
        enum minios_state { MINIOS_RUNNABLE = 1 };
        typedef long minios_s_time_t;
        struct minios_thread { const char *name; minios_s_time_t wakeup; int wake; };
        extern struct minios_thread *minios_idle;
        void minios_wake(struct minios_thread *thread);
        void minios_free_page(void *page);
        struct minios_thread *minios_get_current(void);
        static inline int minios_is_runnable(const struct minios_thread *thread) { return thread->wake & MINIOS_RUNNABLE; }
        #define MINIOS_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
        #define minios_current minios_get_current()
        #define minios_free_page(page) (minios_free_page)((void *)(page))
        #ifdef __cplusplus
        }
        #endif
        #endif
        """;

    private const string OldUser = """
        #include <mini-os/sched.h>
        #ifndef ARRAY_SIZE
        #error the old macro is not there
        #endif
        int use(struct thread *thread);
        int use(struct thread *thread)
        {
            s_time_t times[3] = {0};
            enum state state = RUNNABLE;
            void (*free)(void *) = free_page;
            wake(thread);
            wake(idle);
            wake(current);
            free_page(thread);
            free(thread);
            thread->wake = 1;
            return is_runnable(thread) + (int)state + (int)ARRAY_SIZE(times) + (int)times[0];
        }
        """;

    private static readonly NameMap Names = Map(
        (HeaderNameKind.Macro, "current", "minios_current"), (HeaderNameKind.FunctionMacro, "ARRAY_SIZE", "MINIOS_ARRAY_SIZE"),
        (HeaderNameKind.FunctionMacro, "free_page", "minios_free_page"), (HeaderNameKind.Function, "free_page", "minios_free_page"),
        (HeaderNameKind.Function, "wake", "minios_wake"), (HeaderNameKind.Function, "get_current", "minios_get_current"),
        (HeaderNameKind.Function, "is_runnable", "minios_is_runnable"), (HeaderNameKind.Variable, "idle", "minios_idle"),
        (HeaderNameKind.Typedef, "s_time_t", "minios_s_time_t"), (HeaderNameKind.Tag, "thread", "minios_thread"), (HeaderNameKind.Tag, "state", "minios_state"),
        (HeaderNameKind.Enumerator, "RUNNABLE", "MINIOS_RUNNABLE"));

    private static readonly CompatibilityHeaderInputs Inputs = new(Names, "MINIOS_COMPAT_H")
    {
        Symbols = new HashSet<string> { "wake", "idle", "get_current", "free_page" },
        Guards = ["MINIOS_SCHED_H"],
    };

    private readonly TemporaryFolder _folder = new();

    public CompatibilityHeaderTests()
    {
        Directory.CreateDirectory(_folder.File("mini-os"));
        _folder.Write("mini-os/sched.h", Staged);
        Write(CompatibilityHeader.Of(Inputs));
    }

    public static TheoryData<string, string> Compilers => new()
    {
        { "gcc", "-std=c11" }, { "clang", "-std=c11" }, { "g++", "-std=c++17" }, { "clang++", "-std=c++17" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Code_in_old_names_compiles_and_refers_to_the_new_symbols(string compiler, string standard) =>
        Assert.Equal(["minios_free_page", "minios_get_current", "minios_idle", "minios_wake"], Undefined(compiler, standard, OldUser));

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Old_and_new_names_mean_the_same_in_one_file(string compiler, string standard)
    {
        string both = """
            #include <mini-os/sched.h>
            void use(struct thread *one, struct minios_thread *other);
            void use(struct thread *one, struct minios_thread *other)
            {
                one = other;
                minios_wake(one);
                wake(minios_idle);
                other->wakeup = (minios_s_time_t)(s_time_t)(MINIOS_RUNNABLE + RUNNABLE);
            }
            """;

        Assert.Equal(["minios_idle", "minios_wake"], Undefined(compiler, standard, both));
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void Without_it_code_in_old_names_does_not_compile(string compiler, string standard)
    {
        string source = _folder.Write("user." + (standard == "-std=c11" ? "c" : "cc"), OldUser);

        Assert.Throws<InvalidOperationException>(() => RealTool.Run(compiler, standard, "-fsyntax-only", "-I", _folder.Path, source));
    }

    [Theory]
    [MemberData(nameof(Compilers))]
    public void It_refuses_to_come_after_a_staged_header(string compiler, string standard)
    {
        string late = "#include <mini-os/sched.h>\n#include <mini-os/compat.h>\n";
        string source = _folder.Write("late." + (standard == "-std=c11" ? "c" : "cc"), late);

        var error = Assert.Throws<InvalidOperationException>(() => RealTool.Run(compiler, standard, "-fsyntax-only", "-I", _folder.Path, source));

        Assert.Contains("before all other headers", error.Message);
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void Assembly_calls_functions_by_their_old_names(string compiler)
    {
        string source = _folder.Write("entry.S", "\tcall wake\n\tmov idle, %rax\n\t.section .note.GNU-stack,\"\",@progbits\n"), made = _folder.File("entry.o");
        RealTool.Run(compiler, "-I", _folder.Path, "-include", "mini-os/compat.h", "-c", source, "-o", made);

        Assert.Equal(["minios_idle", "minios_wake"], Undefined(made));
    }

    [Fact]
    public void A_macro_that_headers_undefine_again_is_not_brought_back()
    {
        const string Text = "#define EACH(X) X(a)\n#define ITEM(n) int n;\nEACH(ITEM)\n#undef ITEM\n#undef KEPT\n#define KEPT 1\n";
        NamespacePolicy policy = MadeHeaders.Read(MadeHeaders.Policy);
        HeaderName[] names = [.. HeaderScanner.Scan("# 1 \"/tree/a.h\"\n" + Text)];
        HeaderCensus census = HeaderCensus.Load(HeaderCensus.Of([new ScannedHeader("/tree/a.h", "a.h", names, false)]).Save(), "census");
        NamespacePlan symbols = MadeHeaders.Symbols(policy);
        HeaderPlan plan = HeaderPlanner.Plan(policy, census, symbols);

        Assert.Equal("MINIOS_ITEM", plan.Names.Macro("ITEM")?.New);
        Assert.Equal(["EACH", "KEPT"], CompatibilityHeader.Of(CompatibilityHeaderInputs.Of(policy, census, plan, symbols)).LeakedMacros);
    }

    [Fact]
    public void A_name_for_which_headers_look_as_for_a_macro_is_served_by_one()
    {
        const string Text = "#ifdef BIG\n#undef BIG\n#endif\n#undef release\ntypedef struct big BIG;\ntypedef struct small SMALL;\nextern void (*release)(BIG *, SMALL *);\n";
        NamespacePolicy policy = MadeHeaders.Read(MadeHeaders.Policy);
        HeaderName[] names = [.. HeaderScanner.Scan("# 1 \"/tree/a.h\"\n" + Text)];
        ScannedHeader[] scanned = [new("/tree/a.h", "a.h", names, false) { Text = Text }];
        HeaderCensus census = HeaderCensus.Load(HeaderCensus.Of(scanned).Save(), "census");
        NamespacePlan symbols = MadeHeaders.Symbols(policy, scanned);

        var made = CompatibilityHeader.Of(CompatibilityHeaderInputs.Of(policy, census, HeaderPlanner.Plan(policy, census, symbols), symbols));

        // What is defined under the new name instead would be gone behind #undef.
        Assert.Equal(["BIG", "release"], made.LeakedMacros);
        Assert.Contains("#define minios_SMALL SMALL\n", made.Text);
    }

    [Fact]
    public void Only_old_macros_leak()
    {
        var made = CompatibilityHeader.Of(Inputs);
        string before = RealTool.Run("gcc", "-E", "-dM", "-x", "c", "/dev/null");
        string after = RealTool.Run("gcc", "-E", "-dM", "-x", "c", _folder.File("mini-os/compat.h"));
        var outside = MacroName().Matches(after).Select(m => m.Groups[1].Value).Except(MacroName().Matches(before).Select(m => m.Groups[1].Value))
            .Where(n => !n.StartsWith("minios_", StringComparison.Ordinal) && !n.StartsWith("MINIOS_", StringComparison.Ordinal));

        Assert.Equal(["ARRAY_SIZE", "current", "free_page"], made.LeakedMacros);
        Assert.Equal(made.LeakedMacros, outside.Order(StringComparer.Ordinal));
        Assert.Equal((Names.Entries.Count, 0), (made.ServedCount, made.Diagnostics.Count));
    }

    [Fact]
    public void A_new_name_that_something_else_has_costs_a_macro()
    {
        var names = Map((HeaderNameKind.Tag, "list", "minios_list"));
        var made = CompatibilityHeader.Of(new(names, "MINIOS_COMPAT_H") { Taken = new HashSet<string> { "minios_list" } });

        Assert.Contains("\n#define list minios_list\n", made.Text);
        Assert.DoesNotContain("#define minios_list", made.Text);
        Assert.Equal(["list"], made.LeakedMacros);
    }

    [Fact]
    public void A_tag_with_the_name_of_a_macro_that_is_called_stays_apart_from_it()
    {
        var names = Map((HeaderNameKind.FunctionMacro, "slot", "MINIOS_SLOT"), (HeaderNameKind.Tag, "slot", "minios_slot"));
        var made = CompatibilityHeader.Of(new(names, "MINIOS_COMPAT_H"));
        Write(made);
        _folder.Write("mini-os/sched.h", "struct minios_slot { int x; };\n#define MINIOS_SLOT(s) ((s)->x)\n");

        Assert.Empty(made.Diagnostics);
        Assert.Empty(Undefined("gcc", "-std=c11", "#include <mini-os/sched.h>\nint f(struct slot *s);\nint f(struct slot *s) { return slot(s); }\n"));
    }

    [Theory]
    [InlineData(HeaderNameKind.Function, "a", "b", HeaderNameKind.Function, "b", "c", 2)]
    [InlineData(HeaderNameKind.Macro, "a", "b", HeaderNameKind.Tag, "c", "a", 2)]
    [InlineData(HeaderNameKind.Macro, "a", "A_MACRO", HeaderNameKind.Tag, "a", "minios_a", 1)]
    public void What_has_no_way_to_its_new_name_is_said(HeaderNameKind kind, string old, string name, HeaderNameKind kind2, string old2, string name2, int expected)
    {
        var made = CompatibilityHeader.Of(new(Map((kind, old, name), (kind2, old2, name2)), "MINIOS_COMPAT_H") { Symbols = new HashSet<string> { "a", "b" } });

        Assert.Equal(expected, made.Diagnostics.Count);
        Assert.All(made.Diagnostics, d => Assert.Equal(HeaderCodes.NotServed, d.Code));
        Assert.Equal(2 - expected, made.ServedCount);
        Assert.DoesNotContain("redefine_extname", made.Text);
    }

    private static NameMap Map(params (HeaderNameKind Kind, string Old, string New)[] entries) =>
        NameMap.Of(entries.Select(e => new NameMapEntry(e.Kind, e.Old, e.New)));

    private void Write(CompatibilityHeader header) => _folder.Write(CompatibilityHeader.Place, header.Text);

    private string[] Undefined(string compiler, string standard, string source)
    {
        string file = _folder.Write("user." + (standard == "-std=c11" ? "c" : "cc"), source), made = _folder.File("user.o");
        RealTool.Run(
            compiler, standard, "-O1", "-ffreestanding", "-fno-stack-protector", "-Wall", "-Wextra", "-Werror", "-I", _folder.Path, "-include", "mini-os/compat.h", "-c", file, "-o", made);
        return Undefined(made);
    }

    private static string[] Undefined(string made) =>
    [
        .. RealTool.Run("nm", "-u", made).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim().Split(' ')[^1])
            .Where(n => n is not ("memset" or "memcpy" or "_GLOBAL_OFFSET_TABLE_")).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex("^#define (\\w+)", RegexOptions.Multiline)]
    private static partial Regex MacroName();
}
