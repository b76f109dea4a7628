using System.Text;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class SourceRewriterTests
{
    /// <summary>Functions wake and block, a type s_time_t, tag thread, enumerator BUSY, macros SIZE and MAX(); each becomes n_NAME.</summary>
    private static readonly NameMap Names = NameMap.Of(
    [
        new(HeaderNameKind.Function, "wake", "n_wake"), new(HeaderNameKind.Function, "block", "n_block"), new(HeaderNameKind.Variable, "thread", "n_threadvar"),
        new(HeaderNameKind.Typedef, "s_time_t", "n_s_time_t"), new(HeaderNameKind.Tag, "thread", "n_thread"), new(HeaderNameKind.Enumerator, "BUSY", "n_BUSY"),
        new(HeaderNameKind.Macro, "SIZE", "N_SIZE"), new(HeaderNameKind.FunctionMacro, "MAX", "N_MAX"),
    ]);

    [Theory]
    [InlineData("void wake(struct thread *wake);", "void n_wake(struct n_thread *wake);")]
    [InlineData("void wake(struct thread *thread) { block(thread); thread->block = wake; }", "void n_wake(struct n_thread *thread) { n_block(thread); thread->block = n_wake; }")]
    [InlineData("struct thread { int wake, *block, thread[SIZE]; void (*f)(int wake); struct thread *next; int b : 3, BUSY : 2; } thread;",
        "struct n_thread { int wake, *block, thread[N_SIZE]; void (*f)(int wake); struct n_thread *next; int b : 3, BUSY : 2; } n_threadvar;")]
    [InlineData("typedef long s_time_t; s_time_t f(s_time_t a, s_time_t, s_time_t (*wake)(s_time_t));", "typedef long n_s_time_t; n_s_time_t f(n_s_time_t a, n_s_time_t, n_s_time_t (*wake)(n_s_time_t));")]
    [InlineData("enum e { BUSY, A = BUSY + 1, B = sizeof(struct thread) };", "enum e { n_BUSY, A = n_BUSY + 1, B = sizeof(struct n_thread) };")]
    [InlineData("int f(void) { int wake = 1, x = wake; { long block; block = wake; } return block(wake); }", "int f(void) { int wake = 1, x = wake; { long block; block = wake; } return n_block(wake); }")]
    [InlineData("int f(void) { for (int wake = 0; wake < 1; wake++) g(wake); wake(); }", "int f(void) { for (int wake = 0; wake < 1; wake++) g(wake); n_wake(); }")]
    [InlineData("int f(void) { for (int wake = 0;;) if (wake) { wake = 1; } else wake--; return wake(); }", "int f(void) { for (int wake = 0;;) if (wake) { wake = 1; } else wake--; return n_wake(); }")]
    [InlineData("int f(void) { goto wake; wake: block(); void *p = &&wake; return a && wake(); }", "int f(void) { goto wake; wake: n_block(); void *p = &&wake; return a && n_wake(); }")]
    [InlineData("struct s x = { .wake = wake, block: block, [BUSY] = { .block = 1 } };", "struct s x = { .wake = n_wake, block: n_block, [n_BUSY] = { .block = 1 } };")]
    [InlineData("switch_t f(int n) { switch (n) { case BUSY: wake(); case BUSY ? SIZE : 1: default: block(); } }", "switch_t f(int n) { switch (n) { case n_BUSY: n_wake(); case n_BUSY ? N_SIZE : 1: default: n_block(); } }")]
    [InlineData("int x __attribute__((wake(1), cleanup(wake), format(block, 1, 2), aligned(SIZE)));", "int x __attribute__((wake(1), cleanup(n_wake), format(block, 1, 2), aligned(N_SIZE)));")]
    [InlineData("[[gnu::wake, block]] void f(void);", "[[gnu::wake, block]] void f(void);")]
    [InlineData("void f(void) { asm volatile(\"x %[wake]\" : [wake] \"=r\"(wake) : [block] \"r\"(block) : \"memory\"); }",
        "void f(void) { asm volatile(\"x %[wake]\" : [wake] \"=r\"(n_wake) : [block] \"r\"(n_block) : \"memory\"); }")]
    [InlineData("void f(void) { asm goto(\"\" : : \"r\"(block) : : wake); wake: ; }", "void f(void) { asm goto(\"\" : : \"r\"(n_block) : : wake); wake: ; }")]
    [InlineData("#define SIZE 4\n#define MAX(wake, b) ((wake) > (b) ? (wake) : block)\nint MAX = MAX(SIZE, 2);", "#define N_SIZE 4\n#define N_MAX(wake, b) ((wake) > (b) ? (wake) : n_block)\nint MAX = N_MAX(N_SIZE, 2);")]
    [InlineData("#ifndef SIZE\n#elif defined(MAX) && SIZE > 1\n#undef MAX\n#endif", "#ifndef N_SIZE\n#elif defined(N_MAX) && N_SIZE > 1\n#undef N_MAX\n#endif")]
    [InlineData("struct s { int SIZE; }; s.SIZE; goto SIZE;", "struct s { int N_SIZE; }; s.N_SIZE; goto N_SIZE;")]
    [InlineData("#define M(x) do { int wake = (x); wake++; block(wake); } while (0)\n", "#define M(x) do { int wake = (x); wake++; n_block(wake); } while (0)\n")]
    [InlineData("#define M(x) ({ struct thread *wake = (x); wake->block; })\nvoid f(void) { block(({ int wake; wake; }), wake); }",
        "#define M(x) ({ struct n_thread *wake = (x); wake->block; })\nvoid f(void) { n_block(({ int wake; wake; }), n_wake); }")]
    [InlineData("#define INIT { .wake = wake, 1 }\n#define E(x) { wake * x, 2 }\n#define END } wake", "#define INIT { .wake = n_wake, 1 }\n#define E(x) { n_wake * x, 2 }\n#define END } n_wake")]
    [InlineData("#pragma redefine_extname wake x\n#pragma weak block = wake\n#pragma GCC wake\n#error wake\n_Pragma(\"wake\")", "#pragma redefine_extname n_wake x\n#pragma weak n_block = n_wake\n#pragma GCC wake\n#error wake\n_Pragma(\"wake\")")]
    [InlineData("int old(wake, b) int wake; char *b; { return wake + block(b); }\nint g(void) { wake(); }", "int old(wake, b) int wake; char *b; { return wake + n_block(b); }\nint g(void) { n_wake(); }")]
    [InlineData("int f(void)\n{\n#ifdef A\n\tif (x) {\n\t\tint wake;\n#else\n\tif (y) {\n#endif\n\t\tblock();\n\t}\n}\nint wake(void);", "int f(void)\n{\n#ifdef A\n\tif (x) {\n\t\tint wake;\n#else\n\tif (y) {\n#endif\n\t\tn_block();\n\t}\n}\nint n_wake(void);")]
    [InlineData("EXPORT int wake(void);\nEXPORT_SYMBOL(wake)\nstatic LIST(wake, thread) block;\n__BEGIN\nvoid wake(int);", "EXPORT int n_wake(void);\nEXPORT_SYMBOL(n_wake)\nstatic LIST(n_wake, n_threadvar) n_block;\n__BEGIN\nvoid n_wake(int);")]
    [InlineData("struct s { LIST(thread) wake; int block __aligned(8); __packed u8 thread; UINT BUSY; };", "struct s { LIST(n_threadvar) wake; int block __aligned(8); __packed u8 thread; UINT BUSY; };")]
    [InlineData("void f(void) { s_time_t wake; foo *block; foo *thread = 0; wake = block(thread); }", "void f(void) { n_s_time_t wake; foo *block; foo *thread = 0; wake = block(thread); }")]
    [InlineData("void f(void) { extern int wake; void block(int wake); wake = 1; struct thread { int a; } x; struct thread y; }", "void f(void) { extern int n_wake; void n_block(int wake); n_wake = 1; struct thread { int a; } x; struct thread y; }")]
    [InlineData("void f(void) { list_for_each(x, wake) { int block; block = 1; } block(); DO(wake) wake(); }", "void f(void) { list_for_each(x, n_wake) { int block; block = 1; } n_block(); DO(n_wake) n_wake(); }")]
    [InlineData("int x = offsetof(struct thread, wake) + __builtin_offsetof(s_time_t, block.wake);", "int x = offsetof(struct n_thread, wake) + __builtin_offsetof(n_s_time_t, block.wake);")]
    [InlineData("#define AT(p, m) ((p)->m)\nint x = AT(wake, block);", "#define AT(p, m) ((p)->m)\nint x = AT(n_wake, block);")]
    [InlineData("typeof(wake) *p; _Static_assert(sizeof(wake) == SIZE, \"wake\"); int x = _Generic(wake, struct thread *: wake, default: block);",
        "typeof(n_wake) *p; _Static_assert(sizeof(n_wake) == N_SIZE, \"wake\"); int x = _Generic(n_wake, struct n_thread *: n_wake, default: n_block);")]
    [InlineData("#ifdef __cplusplus\nextern \"C\" {\n#endif\nvoid wake(int wake);\n#ifdef __cplusplus\n}\n#endif\nint block;", "#ifdef __cplusplus\nextern \"C\" {\n#endif\nvoid n_wake(int wake);\n#ifdef __cplusplus\n}\n#endif\nint n_block;")]
    [InlineData("wa\\\nke(1); SI\\\r\nZE", "n_wake\\\n(1); N_SIZE\\\r\n")]
    [InlineData("void (*pick(int wake))(int block) { return wake ? block : 0; }", "void (*n_pick(int wake))(int block) { return wake ? n_block : 0; }")]
    [InlineData("int f(int n, int wake[n], int (*block)(int thread), ...) { return wake[0] + block(thread); }", "int f(int n, int wake[n], int (*block)(int thread), ...) { return wake[0] + block(n_threadvar); }")]
    [InlineData("x = (struct thread){ .wake = 1 }; y = (int (*)(struct thread *wake))wake;", "x = (struct n_thread){ .wake = 1 }; y = (int (*)(struct n_thread *wake))n_wake;")]
    [InlineData("#pragma push_macro(\"SIZE\")\n#undef SIZE\n#pragma pop_macro ( \"MAX\" )", "#pragma push_macro(\"N_SIZE\")\n#undef N_SIZE\n#pragma pop_macro ( \"N_MAX\" )")]
    [InlineData("#define PUSH _Pragma(\"push_macro(\\\"SIZE\\\")\")\n_Pragma(\"pop_macro(\\\"SIZE\\\")\") _Pragma(\"once\")", "#define PUSH _Pragma(\"push_macro(\\\"N_SIZE\\\")\")\n_Pragma(\"pop_macro(\\\"N_SIZE\\\")\") _Pragma(\"once\")")]
    [InlineData("#pragma pack(push, SIZE)\n#pragma pack(SIZE)\n#pragma omp parallel for num_threads(SIZE) if (wake)", "#pragma pack(push, N_SIZE)\n#pragma pack(N_SIZE)\n#pragma omp parallel for num_threads(N_SIZE) if (n_wake)")]
    [InlineData("#pragma GCC poison wake SIZE\n#pragma GCC diagnostic push\n#pragma SIZE wake", "#pragma GCC poison n_wake N_SIZE\n#pragma GCC diagnostic push\n#pragma SIZE wake")]
    [InlineData("#pragma push_macro(\"other\")\n_Pragma(\"message(\\\"SIZE\\\")\")", "#pragma push_macro(\"other\")\n_Pragma(\"message(\\\"SIZE\\\")\")")]
    public void Names_change_by_kind_and_scope(string text, string expected)
    {
        RewrittenText rewritten = SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), Names, new RewriteOptions());
        Assert.Equal(expected.Replace("n_pick", "pick"), Encoding.UTF8.GetString(rewritten.Bytes));
        Assert.Empty(rewritten.Undecided);
    }

    [Theory]
    [InlineData("LIST_HEAD(queue, struct thread);\nextern struct queue ready;", "LIST_HEAD(n_queue, struct n_thread);\nextern struct n_queue ready;")]
    [InlineData("#define READY(queue) f(queue)\n#define FIRST f(queue)\nint f(int queue) { int x = queue; return g(queue); }", null)]
    public void A_macro_of_another_header_that_makes_a_type_takes_its_tag(string text, string? expected)
    {
        NameMap names = NameMap.Of([.. Names.Entries, new(HeaderNameKind.Tag, "queue", "n_queue")]);

        Assert.Equal(expected ?? text, Encoding.UTF8.GetString(SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), names, new RewriteOptions()).Bytes));
        Assert.Contains("LIST_HEAD(queue", Encoding.UTF8.GetString(SourceRewriter.Rewrite("LIST_HEAD(queue, int);"u8, names, new RewriteOptions { IsUserCode = true }).Bytes));
    }

    [Theory]
    [InlineData("#define STR(x) #x\n#define XSTR(x) STR(x)\nT s = XSTR(SIZE), t = STR(SIZE), u = XSTR(SIZE.wake);", "T s = XSTR(N_SIZE), t = STR(SIZE), u = XSTR(N_SIZE.wake);")]
    [InlineData("#define JOIN(a, b) a##b\n#define GLUE(a, b) JOIN(a, b)\n#define SUFFIX(a) GLUE(a, SIZE)\nT SUFFIX(x), GLUE(y, SIZE), JOIN(z, SIZE);", "T SUFFIX(x), GLUE(y, N_SIZE), JOIN(z, SIZE);")]
    [InlineData("#define STR(x) #x\n#define A(x) STR(x)\n#define B(x, y) A(x) #y\n#define C(x) B(x, SIZE) B(SIZE, x)\nT s = C(SIZE);", "T s = C(N_SIZE);")]
    [InlineData("#define STR(x) #x\n#define XSTR(x) STR(x)\n#define XXSTR(...) XSTR((__VA_ARGS__))\nT s = XXSTR(SIZE, MAX(1, SIZE), MAX, BUSY);", "T s = XXSTR(N_SIZE, N_MAX(1, N_SIZE), MAX, BUSY);")]
    [InlineData("#define CAT(a, b) a##b\n#define XCAT(a, b) CAT(a, b)\n#define USE(a) XCAT(a, wake)(a)\nT s = USE(SIZE) + USE(block);", "T s = USE(N_SIZE) + USE(n_block);")]
    [InlineData("#define STR(x, ...) #x\n#define F(a) a\nT s = STR((wake, SIZE) f(wake)[wake], wake) + STR(F(SIZE));", "T s = STR((wake, SIZE) f(wake)[wake], n_wake) + STR(F(SIZE));")]
    [InlineData("#define STR(x) #x\n#define XSTR(x) STR(x)\n#define F(a) STR(a)\nT s = XSTR(MAX(SIZE, wake)) + XSTR(F(SIZE)) + XSTR(STR(SIZE));", "T s = XSTR(N_MAX(N_SIZE, wake)) + XSTR(F(N_SIZE)) + XSTR(STR(SIZE));")]
    public void What_is_expanded_before_a_macro_pastes_it_or_makes_text_of_it_follows(string text, string lastLine)
    {
        string rewritten = Encoding.UTF8.GetString(SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), Names, new RewriteOptions()).Bytes);

        Assert.Equal(lastLine, rewritten.Split('\n')[^1]);
    }
}
