using MiniosBuild.TestUtilities;

namespace MiniosBuild.ToolTests;

/// <summary>Programs that use macros of a library with # and ##: what these make follows the new names, as it does for a real compiler.</summary>
public sealed class MigrateJoinsTests : IDisposable
{
    private const string Header = """
        #ifndef LIB_H
        #define LIB_H
        #define STR(x) #x
        #define XSTR(x) STR(x)
        #define GLUE(a, b) a##b
        #define CAT_(a, b) a##b
        #define CAT(a, b) CAT_(a, b)
        #define LIMIT 7
        typedef struct node { struct node *next; int value; } node;
        int do_impl(int x);
        int do_other(int x);
        int hook_base(void);
        #define DECLARE_SUM(T) static inline int sum_##T##_of(T *p) { return (int)*p + LIMIT; }
        DECLARE_SUM(int)
        #define DECLARE_HOOK(n) int hook_##n(void); static inline int n##_run(void) { return hook_##n(); }
        DECLARE_HOOK(base)
        static inline int sum_default(int v) { return sum_int_of(&v) + base_run(); }
        #define DECLARE_BOX(T) struct box_##T { T value; }
        DECLARE_BOX(int);
        extern struct box_int first_box;
        int log_it(const char *name, int value);
        #define LOG(f, x) log_it(#f, f(x))
        #endif

        """;

    private const string Source = """
        #include <stdio.h>
        #include "lib.h"
        int do_impl(int x) { return x + 3; }
        int do_other(int x) { return x * 2; }
        int hook_base(void) { return 100; }
        struct box_int first_box;
        int log_it(const char *name, int value) { printf("%s=%d\n", name, value); return value; }

        """;

    private const string User = """
        #include <lib.h>
        #include <stdio.h>
        typedef long item;
        DECLARE_SUM(item)
        DECLARE_HOOK(mine)
        DECLARE_BOX(item);
        static struct box_item boxed = { 1 };
        int hook_mine(void) { return 11; }
        #define CALL(op) GLUE(do_, op)(5)
        #define MINE(a) my_##a
        static int my_thing(void) { return 4; }
        int main(void)
        {
        	item i = 5;
        	node n = { 0, 2 };
        	printf("%d %d %d\n", sum_item_of(&i), sum_default(n.value), mine_run() + hook_mine() + (int)boxed.value + first_box.value);
        	printf("%d %d %d %d\n", CAT(do_, other)(2), CALL(impl), GLUE(do, _impl)(1), MINE(thing)());
        	printf("%s %s %s\n", STR(LIMIT), XSTR(LIMIT), STR(plain));
        	return 0;
        }

        """;

    private const string Output = "12 109 23\n4 8 4 4\nLIMIT 7 plain\n";

    private readonly SmallLibrary _library = new();

    public MigrateJoinsTests()
    {
        _library.Write("include/lib.h", Header);
        _library.Compile("lib", Source, $"-I{_library.Folder}/include").Archive("lib.a", "lib");
        _library.Write("policy.json", """
            { "name": "acme", "publicPrefix": "acme_", "internalPrefix": "_acme_", "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"] } }
            """);
        _library.Run("plan", "lib.a", "--policy", "policy.json", "--headers", "include", "-o", "plan.json").MustEndWith(0);
        _library.Run("apply", "lib.a", "--plan", "plan.json", "-o", "set/lib/").MustEndWith(0);
        _library.Run("headers", "include", "--policy", "policy.json", "--plan", "plan.json", "--rewrite", "set").MustEndWith(0);
    }

    public void Dispose() => _library.Dispose();

    [Fact]
    public void A_program_means_the_same_before_with_compat_and_after()
    {
        _library.Write("src/user.c", User);
        Assert.Equal(Output, Run("include", "lib.a"));
        Assert.Equal(Output, Run("set/include", "set/lib/lib.a", "-include", "mini-os/compat.h"));

        // What STR makes a string of keeps its text, and is for a person to look at.
        Assert.Contains("src/user.c(18,27): warning MINIOS1531: \"LIMIT\"", _library.Run("migrate", "--set", "set", "src", "--write").MustEndWith(1).Errors);
        Assert.Equal(Output, Run("set/include", "set/lib/lib.a"));
        string moved = File.ReadAllText(_library.Folder + "/src/user.c");
        foreach (string text in new[] { "static struct acme_box_item boxed", "acme_sum_item_of(&i)", "int acme_hook_mine(void)", "ACME_GLUE(acme_do_, op)", "ACME_CAT(acme_do_, other)", "ACME_GLUE(acme_do, _impl)", "ACME_STR(LIMIT), ACME_XSTR(ACME_LIMIT), ACME_STR(plain)", "MINE(thing)()" })
        {
            Assert.Contains(text, moved);
        }

        _library.Run("migrate", "--set", "set", "src", "--write").MustEndWith(1);
        Assert.Equal(moved, File.ReadAllText(_library.Folder + "/src/user.c"));
        _library.Run("migrate", "--set", "set", "src", "--write", "--inverse").MustEndWith(0);
        Assert.Equal(User, File.ReadAllText(_library.Folder + "/src/user.c"));
    }

    [Fact]
    public void Macros_of_the_users_other_headers_count()
    {
        _library.Write("src/local.h", "#include <lib.h>\n#define NAME(x) XSTR(x)\n#define JOIN(a) GLUE(do_, a)\n#define TEXT(x) STR(x)\n");
        _library.Write("src/user.c", "#include <stdio.h>\n#include \"local.h\"\nint main(void) { printf(\"%s %d\\n\", NAME(LIMIT), JOIN(impl)(LIMIT)); return 0; }\n");
        Assert.Equal("7 10\n", Run("include", "lib.a"));
        _library.Run("migrate", "--set", "set", "src", "--write").MustEndWith(0);
        Assert.Equal("7 10\n", Run("set/include", "set/lib/lib.a"));
        Assert.Contains("ACME_GLUE(acme_do_, a)", File.ReadAllText(_library.Folder + "/src/local.h"));
        Assert.Contains("NAME(ACME_LIMIT), JOIN(impl)(ACME_LIMIT)", File.ReadAllText(_library.Folder + "/src/user.c"));
    }

    [Fact]
    public void A_part_that_goes_into_names_of_both_is_told()
    {
        _library.Write("src/user.c", "#include <lib.h>\n#define CALL(op) GLUE(do_, op)(5)\nstatic int do_mine(int x) { return x; }\nint sum(void) { return CALL(impl) + CALL(mine); }\n");
        Minios.Result result = _library.Run("migrate", "--set", "set", "src", "--write").MustEndWith(1);
        Assert.Contains("src/user.c(2,23): warning MINIOS1530: ## makes \"do_impl\" of \"do_\", which is \"acme_do_impl\" now", result.Errors);
        Assert.Contains("ACME_GLUE(do_, op)", File.ReadAllText(_library.Folder + "/src/user.c"));
    }

    [Theory]
    [InlineData("int f(void) { return LOG(do_other, LIMIT); }", "int f(void) { return ACME_LOG(acme_do_other, ACME_LIMIT); }", "MINIOS1531")]
    [InlineData("#define do_impl 4\nint f(void) { return GLUE(do, _impl); }", "#define do_impl 4\nint f(void) { return ACME_GLUE(do, _impl); }", null)]
    [InlineData("int f(void) { return GLUE(1, 2) + CAT(LIM, IT); }", "int f(void) { return ACME_GLUE(1, 2) + ACME_CAT(ACME_LIM, IT); }", null)]
    [InlineData("#if GLUE(LIM, IT) == 7\nint f;\n#endif", "#if ACME_GLUE(ACME_LIM, IT) == 7\nint f;\n#endif", null)]
    [InlineData("const char *f(void) { return STR(do_impl) XSTR(a LIMIT b); }", "const char *f(void) { return ACME_STR(do_impl) ACME_XSTR(a ACME_LIMIT b); }", "MINIOS1531")]
    public void What_becomes_of_arguments(string text, string moved, string? code)
    {
        _library.Write("src/user.c", "#include <lib.h>\n" + text + "\n");
        string errors = _library.Run("migrate", "--set", "set", "src", "--write").Errors;
        Assert.Equal("#include <lib.h>\n" + moved + "\n", File.ReadAllText(_library.Folder + "/src/user.c"));
        Assert.Equal(code is not null, errors.Contains("warning MINIOS1531") || errors.Contains("warning MINIOS1530"));
    }

    private string Run(string include, string library, params string[] options)
    {
        string program = Path.Combine(_library.Folder, "program");
        RealTool.Run("gcc", ["-Wall", "-Werror", "-Wno-unused-function", $"-I{_library.Folder}/{include}", .. options, $"{_library.Folder}/src/user.c", $"{_library.Folder}/{library}", "-o", program]);
        return RealTool.Run(program);
    }
}
