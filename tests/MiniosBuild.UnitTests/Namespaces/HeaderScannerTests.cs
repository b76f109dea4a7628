using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class HeaderScannerTests
{
    [Theory]
    [InlineData("int f(void); extern int v, *w[2], (*p)(int), (q)(void);", "function f=f; variable v=v; variable w=w; variable p=p; function q=q")]
    [InlineData("static inline int f(int a) { return g(a) + v; } static int s = 1; int t = { 2 };", "function f! {g v}; variable s!; variable t=t!")]
    [InlineData("struct s; struct s { int a; union u { int b; } c; enum e { A, B = 1 } d; } v;", "struct s; struct s!; union u!; enum e!; enumerator A!; enumerator B!; variable v=v")]
    [InlineData("typedef struct { int a; } t, *tp; typedef int op(int); extern op g, *h; typedef unsigned long u;", "typedef t!; typedef tp!; typedef op!; function g=g; variable h=h; typedef u!")]
    [InlineData("enum { A = sizeof(struct s { enum { X } x; }), B } v;", "enumerator A!; struct s!; enumerator X!; enumerator B!; variable v=v")]
    [InlineData("void f(struct a *p, enum { IN } x, union u (*q)(struct b));", "function f=f; struct a; enumerator IN!; union u; struct b")]
    [InlineData("enum class_ : unsigned char { X }; struct __attribute__((packed)) s { int a; } __attribute__((aligned(8))); struct [[x]] z;", "enum class_!; enumerator X!; struct s!; struct z")]
    [InlineData("int f(void) __asm__(\"g\"); int f(void); extern int v __asm__(\"_\" \"w\") __attribute__((weak));", "function f=g; function f=g; variable v=_w")]
    [InlineData("#pragma redefine_extname f h\nint f(void); int g(void);\n#pragma redefine_extname g i", "function f=h; function g=i")]
    [InlineData("static int f(void); int f(void) { struct l { int m; } x; enum { N }; typedef int t; extern int e; return x.m + k; }", "function f; function f! {e k}")]
    [InlineData("static inline int f(struct s *p) { int a = p->b, *c = &v; for (int i = 0; i < N; i++) { goto out; } out: return ({ int d = h(a); d; }); }", "function f! {N h v}; struct s")]
    [InlineData("#define A\n#define B(x, y...) x + C(y) /* c */  + 1\n#define D(...)  __VA_ARGS__ \n#define E ( 1 )\n#undef A", "macro A! []; macro B(x,y...)! [x + C(y) + 1] {C}; macro D(...)! [__VA_ARGS__]; macro E! [( 1 )]")]
    [InlineData("#define F(p) ({ int q = (p)->m; struct s z = { .n = q }; w(&z); })\n", "macro F(p)! [({ int q = (p)->m; struct s z = { .n = q }; w(&z); })] {s w}")]
    [InlineData("extern \"C\" { int f(void); extern \"C\" int g; } __extension__ typedef long long ll; _Static_assert(sizeof(struct s) > 1, \"x\"); _Noreturn void h(void);", "function f=f; variable g=g; typedef ll!; struct s; function h=h")]
    [InlineData("int old(a, b) int a; struct s *b; { return c; } int v = ({ int i = 1; i + n; });", "function old=old! {c}; struct s; variable v=v!")]
    [InlineData("__typeof__(int) a; typeof(f) b; extern _Atomic(int) c; _Alignas(16) char d[2]; int e : 3;", "variable a=a; variable b=b; variable c=c; variable d=d; variable e=e")]
    [InlineData("#define f(x) f(x)\nint f(int a);\n#define g g\nextern int g;", "macro f(x)! [f(x)] {f}; function f=f; macro g! [g] {g}; variable g=g")]
    [InlineData("typedef int n; extern n (f)(int); n (g)(void), (v); API n (h)(n a); n (*(p))(int); extern n (w);", "typedef n!; function f=f; function g=g; variable v=v; function h=h; variable p=p; variable w=w")]
    [InlineData("static inline other (f)(int a) { return a; } API other_t (g)(size_t n, ...); extern other (*(h)(int))(long); struct s (*i)(int); struct s (j)(int);", "function f!; function g=g; function h=h; struct s; variable i=i; struct s; function j=j")]
    [InlineData("int SECTION(\".d\") v = 1; int UNUSED(w) = 1; static int ALIGNED(16) x; API int ALIGNED(SIZE) y = 2; int f(size_t) NOTHROW; int G(int a);", "variable v=v!; variable w=w!; variable x; variable y=y!; function f=f; function G=G")]
    [InlineData("const int limit(5); int SECTION(\"a\") *p; int name(\"x\") NOTHROW; int SECTION(\"b\") LAST; int UNUSED(v) NOTHROW;", "function limit=limit; variable p=p; function name=name; variable LAST=LAST; function UNUSED=UNUSED")]
    [InlineData("struct ALIGNED(16) s { int a; }; struct ALIGNED(16) s *v; union API u { int b; }; enum API(1, (2)) { X }; struct API ATTR y { int c; };", "struct s!; struct s; variable v=v; union u!; enumerator X!; struct y!")]
    [InlineData("struct s { struct s *next; int (*f)(struct t *); int g : 2, : 0, h; };", "struct s!; struct s; struct t")]
    public void Every_name_is_found_with_its_kind(string source, string expected) =>
        Assert.Equal(expected, string.Join("; ", HeaderScanner.Scan("# 1 \"a.h\"\n" + source + "\n").Where(name => name.Kind != HeaderNameKind.Tag || name.TagWord is not null).Select(Text)));

    [Fact]
    public void Names_have_the_places_that_line_markers_give_and_those_of_the_compiler_are_left_out()
    {
        IReadOnlyList<HeaderName> names = HeaderScanner.Scan(
            "# 0 \"<built-in>\"\n#define __STDC__ 1\n# 0 \"<command-line>\"\n#define X 1\n# 1 \"a.h\" 1\n#define A 1\nint\n f(\n  void);\n# 40 \"dir/b.h\" 1\n#define B 2\n\nenum {\n C };\n# 6 \"a.h\" 2\nstruct s;\n");
        Assert.Equal(
            ["A a.h:1", "f a.h:3", "B dir/b.h:40", "C dir/b.h:43", "s a.h:6"], names.Select(name => $"{name.Name} {name.Site.File}:{name.Site.Line}"));
    }

    [Theory]
    [InlineData("gcc")]
    [InlineData("clang")]
    public void The_scan_of_a_real_header_agrees_with_the_compilers_macros_and_the_objects_symbols(string compiler)
    {
        using TemporaryFolder folder = new();
        string header = folder.Write("a.h", """
            #ifndef A_H
            #define A_H
            #include <stddef.h>
            #define ONE 1
            #define TWO(x) ((x) + ONE)
            struct list { struct list *next; size_t length; };
            typedef int (*callback)(struct list *, size_t);
            enum mode { OFF, ON = TWO(1) };
            int first(struct list *list, callback each) __asm__("first_symbol");
            extern struct list *lists[ON];
            static inline size_t length(const struct list *list) { return list ? list->length + length(list->next) : 0; }
            #endif
            """);
        IReadOnlyList<HeaderName> names = HeaderScanner.Scan(RealTool.Run(compiler, "-E", "-dD", header));
        Assert.Equal(
            ["macro A_H! []", "macro ONE! [1]", "macro TWO(x)! [((x) + ONE)] {ONE}", "struct list!", "struct list", "typedef callback!", "struct list", "enum mode!", "enumerator OFF!",
                "enumerator ON!", "function first=first_symbol", "struct list", "struct list", "variable lists=lists", "function length! {length}", "struct list"],
            names.Where(name => name.Site.File == header).Select(Text));
        Assert.Contains(names, name => name is { Kind: HeaderNameKind.Typedef, Name: "size_t" } && name.Site.File != header);
        Assert.DoesNotContain(names, name => name.Name is "__STDC__" or "__x86_64__");
        string[] macros = [.. RealTool.Run(compiler, "-E", "-dM", header).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', '(')[1])];
        Assert.All(names.Where(name => name.Kind.IsMacro()).Select(name => name.Name).Except(["_STDDEF_H"]).Where(name => !name.StartsWith('_')), name => Assert.Contains(name, macros));
    }

    private static string Text(HeaderName name) =>
        (name.Kind.IsMacro() ? "macro" : name.TagWord ?? name.Kind.Word()) + " " + name.Name
        + (name.Parameters.Count > 0 ? $"({string.Join(',', name.Parameters)})" : "")
        + (name.Symbol is null ? "" : "=" + name.Symbol)
        + (name.IsDefinition ? "!" : "")
        + (name.Body is null ? "" : $" [{name.Body}]")
        + (name.Uses.Count > 0 ? $" {{{string.Join(' ', name.Uses)}}}" : "");
}
