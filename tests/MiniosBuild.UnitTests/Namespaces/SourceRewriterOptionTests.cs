using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class SourceRewriterOptionTests
{
    private static readonly NameMap Names = NameMap.Of(
    [
        new(HeaderNameKind.Function, "wake", "m_wake"), new(HeaderNameKind.Variable, "queue", "m_queue"), new(HeaderNameKind.Tag, "thread", "m_thread"),
        new(HeaderNameKind.Typedef, "s_time_t", "m_s_time_t"), new(HeaderNameKind.Enumerator, "BUSY", "M_BUSY"),
        new(HeaderNameKind.Macro, "SIZE", "M_SIZE"), new(HeaderNameKind.FunctionMacro, "MAX", "M_MAX"),
    ]);

    [Theory]
    [InlineData("/* c */\n#ifndef A_H\n#define A_H\nint x;\n#endif /* A_H */\n", "/* c */\n#ifndef NEW_H\n#define NEW_H\nint x;\n#endif /* A_H */\n")]
    [InlineData("#if !defined(A_H) // x\n# define A_H 1\n#if A_H\n#else\n#endif\n#endif", "#if !defined(NEW_H) // x\n# define NEW_H 1\n#if NEW_H\n#else\n#endif\n#endif")]
    [InlineData("#if !defined A_H\n#define A_H\n#endif\n", "#if !defined NEW_H\n#define NEW_H\n#endif\n")]
    [InlineData("#ifndef A_H\n#define A_H\n#endif\nint x;\n", null)]
    [InlineData("#ifndef A_H\n#define A_H\n#else\n#endif\n", null)]
    [InlineData("int x;\n#ifndef A_H\n#define A_H\n#endif\n", null)]
    [InlineData("#ifndef A_H\n#define B_H\n#endif\n", null)]
    [InlineData("#ifndef A_H\n#define A_H(x)\n#endif\n", null)]
    [InlineData("#ifdef A_H\n#define A_H\n#endif\n", null)]
    [InlineData("#pragma once\nint x;\n", null)]
    [InlineData("#ifndef A_H\n#define A_H\n", null)]
    [InlineData("#if !defined(A_H) && B\n#define A_H\n#endif\n", null)]
    [InlineData("", null)]
    public void The_guard_around_everything_is_found_and_replaced(string text, string? expected)
    {
        Assert.Equal(expected is null ? null : "A_H", HeaderGuard.Of(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(expected ?? text, Rewrite(text, new RewriteOptions { Guard = "NEW_H" }));
    }

    [Theory]
    [InlineData("a\n#define GONE 1 /* x\n y */\n#define STAYS GONE\n#undef GONE\nb", "a\n\n\n#define STAYS GONE\n\nb")]
    [InlineData("#define GONE(x) \\\r\n  x\r\n#ifdef GONE\r\n#endif", "\r\n\r\n#ifdef GONE\r\n#endif")]
    [InlineData("#define GONER GONE", "#define GONER GONE")]
    public void Removed_macros_leave_blank_lines(string text, string expected) =>
        Assert.Equal(expected, Rewrite(text, new RewriteOptions { Removed = new HashSet<string> { "GONE" } }));

    [Theory]
    [InlineData("#ifdef U\nint wake;\n#else\nint x;\n#endif\nwake", "\n\n\nint x;\n\nm_wake")]
    [InlineData("#ifndef U\nint x;\n#else\n} } (\n#endif\nwake", "\nint x;\n\n\n\nm_wake")]
    [InlineData("#if defined(U) || defined V && !U\na\n#endif\n", "\n\n\n")]
    [InlineData("#if !(U) && !defined(V)\na\n#elif X\nb\n#endif\n", "\na\n\n\n\n")]
    [InlineData("#if U\na\n#elif V\nb\n#elif 1\nc\n#endif\n", "#if U\na\n#elif V\nb\n#elif 1\nc\n#endif\n")]
    [InlineData("#if U\na\n#elif V\nb\n#else\nc\n#endif\n", "\n\n\n\n\nc\n\n")]
    [InlineData("#if defined(U) && defined(X)\na\n#endif\n", "#if defined(U) && defined(X)\na\n#endif\n")]
    [InlineData("#if U > 1\na\n#endif\n#if 0\nb\n#endif\n", "#if U > 1\na\n#endif\n#if 0\nb\n#endif\n")]
    [InlineData("#ifdef U\n#ifdef X\n#else\n#endif\n/* a\nb */\n#endif\nc\n", "\n\n\n\n\n\n\nc\n")]
    [InlineData("#ifdef X\n#ifdef U\na\n#endif\n#else\n#ifndef V\nb\n#endif\n#endif\n", "#ifdef X\n\n\n\n#else\n\nb\n\n#endif\n")]
    [InlineData("#if U\na\n", "#if U\na\n")]
    [InlineData("#if !(U\na\n#endif\n#if U)\n#endif\n#if U V\n#endif\n#if defined\n#endif\n#if defined(U\n#endif\n", "#if !(U\na\n#endif\n#if U)\n#endif\n#if U V\n#endif\n#if defined\n#endif\n#if defined(U\n#endif\n")]
    [InlineData("#if ((U)) || !!1 && !0\na\n#endif\n", "\na\n\n")]
    public void Text_that_hangs_on_macros_that_are_never_defined_becomes_blank_lines(string text, string expected) =>
        Assert.Equal(expected, Rewrite(text, new RewriteOptions { Undefined = new HashSet<string> { "U", "V" } }));

    [Theory]
    [InlineData("#define SIZE 4\nint a[SIZE]; int b = MAX(1, 2);", "#define SIZE 4\nint a[SIZE]; int b = M_MAX(1, 2);", "MINIOS1534 1,9")]
    [InlineData("int g(void) { return wake(); }\nstatic int wake(void) { return 1; }", "int g(void) { return wake(); }\nstatic int wake(void) { return 1; }", "MINIOS1534 2,12")]
    [InlineData("int wake(void) { return queue; }", "int wake(void) { return m_queue; }", "MINIOS1534 1,5")]
    [InlineData("struct thread { int a; }; struct thread x;", "struct thread { int a; }; struct thread x;", "MINIOS1534 1,8")]
    [InlineData("typedef int s_time_t; enum { BUSY }; s_time_t t = BUSY;", "typedef int s_time_t; enum { BUSY }; s_time_t t = BUSY;", "MINIOS1534 1,13 MINIOS1534 1,30")]
    [InlineData("extern int wake(void); struct thread; extern int queue; static struct thread *p;", "extern int m_wake(void); struct m_thread; extern int m_queue; static struct m_thread *p;", "")]
    [InlineData("static int m_wake; void f(void) { wake(); }", "static int m_wake; void f(void) { m_wake(); }", "MINIOS1533 1,12")]
    public void What_a_users_text_defines_is_its_own(string text, string expected, string findings)
    {
        RewrittenText rewritten = SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), Names, new RewriteOptions { Path = "a.c", IsUserCode = true });
        Assert.Equal((expected, findings), (Encoding.UTF8.GetString(rewritten.Bytes), Findings(rewritten)));
    }

    [Theory]
    [InlineData("#define F(x) wake ## x\n#define G(x) x##_wake\n#define H(x) wa##x\n#define I wa##ke\n#define J a##b\n#define K(x, y) x##y",
        "#define F(x) wake ## x\n#define G(x) x##_wake\n#define H(x) wa##x\n#define I wa##ke\n#define J a##b\n#define K(x, y) x##y",
        "MINIOS1530 1,14 MINIOS1530 3,14 MINIOS1530 4,11")]
    [InlineData("#define P(x) pre_##x\nint P(wake), wake;", "#define P(x) pre_##x\nint P(wake), m_wake;", "MINIOS1530 2,7")]
    [InlineData("#define P(x) pre_##x = x\nint P(wake);", "#define P(x) pre_##x = x\nint P(m_wake);", "MINIOS1530 2,7")]
    [InlineData("#define LOG(f, ...) print(f, ## __VA_ARGS__)\nvoid g(void) { LOG(1, wake); }", "#define LOG(f, ...) print(f, ## __VA_ARGS__)\nvoid g(void) { LOG(1, m_wake); }", "")]
    [InlineData("#define S(x) #x\nchar *s = S(wake);", "#define S(x) #x\nchar *s = S(wake);", "MINIOS1531 2,13")]
    [InlineData("#define S(x) #x\n#define T(x) S(x)\nchar *s = T(wake);", "#define S(x) #x\n#define T(x) S(x)\nchar *s = T(wake);", "MINIOS1531 3,13")]
    [InlineData("#define A(x) check(x, #x)\nvoid g(int queue) { A(wake(queue)); A(wake); }", "#define A(x) check(x, #x)\nvoid g(int queue) { A(m_wake(queue)); A(m_wake); }", "MINIOS1531 2,23 MINIOS1531 2,39")]
    [InlineData("void f(void) { asm(\"call wake; wake %[wake]\\n\\twake: jmp \" \"queue\" : : [wake] \"r\"(1) : \"wake\"); }", null, "MINIOS1532 1,20 MINIOS1532 1,20 MINIOS1532 1,60")]
    [InlineData("int a(void) __asm__(\"wake\"); int b(void) __attribute__((alias(\"queue\"), section(\"wake\"))); char *s = \"wake\";", null, "MINIOS1532 1,21 MINIOS1532 1,63")]
    [InlineData("void f(int m_wake) { wake(m_wake); { int m_queue; queue = 1; } queue = 2; }", "void f(int m_wake) { wake(m_wake); { int m_queue; queue = 1; } m_queue = 2; }", "MINIOS1533 1,22 MINIOS1533 1,51")]
    [InlineData("int x = APPLY(MAX, 1); int MAX; int y = MAX + 1;\n#define BOTH MAX\n#define CALL(x) MAX", "int x = APPLY(MAX, 1); int MAX; int y = MAX + 1;\n#define BOTH M_MAX\n#define CALL(x) M_MAX", "MINIOS1535 1,15")]
    [InlineData("#define LIST(S) S(a) S(b)\nenum {\n#define MAX(n) X_##n,\nLIST(MAX)\n#undef MAX\n};", "#define LIST(S) S(a) S(b)\nenum {\n#define M_MAX(n) X_##n,\nLIST(M_MAX)\n#undef M_MAX\n};", "")]
    public void What_cannot_be_decided_is_reported(string text, string? expected, string findings)
    {
        RewrittenText rewritten = SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), Names, new RewriteOptions { Path = "a.h" });
        Assert.Equal((expected ?? text, findings), (Encoding.UTF8.GetString(rewritten.Bytes), Findings(rewritten)));
    }

    private static string Rewrite(string text, RewriteOptions options) =>
        Encoding.UTF8.GetString(SourceRewriter.Rewrite(Encoding.UTF8.GetBytes(text), Names, options).Bytes);

    private static string Findings(RewrittenText text) =>
        string.Join(' ', text.Undecided.Select(found => $"{found.Code} {found.Line},{found.Column}"));
}
