using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class DeclarationTests
{
    [Theory]
    [InlineData("int f(void);", "f()")]
    [InlineData("extern int a, *b, c[3], (*d)(int), e(void);", "a b c d e()")]
    [InlineData("void (*signal_like(int n, void (*handler)(int)))(int);", "signal_like()")]
    [InlineData("int (plain)(int); int (*pointer)(int); int (*table[2])(void);", "plain() pointer table")]
    [InlineData("char *name(void); const char *const *list;", "list name()")]
    [InlineData("typedef int (*fn)(void); extern fn g; fn h(void);", "g h()")]
    [InlineData("typedef int op(int); extern op g; extern op *p;", "g() p")]
    [InlineData("typedef unsigned long size_t; typedef struct { int x; } t, *tp; extern size_t n; extern tp q;", "n q")]
    [InlineData("struct s { int a; struct { int b; } c; int (*f)(int); }; struct s v; struct s *make(struct s *);", "make() v")]
    [InlineData("struct s { int a; } v = { 1 }, w; union u; enum e { A, B = sizeof(int) };", "v w")]
    [InlineData("static int hidden(void); int hidden(void) { return 1; } static int x;", "")]
    [InlineData("static inline int f(void) { int g(void); return g(); } int after;", "after")]
    [InlineData("extern inline int f(void) { return 1; } inline int g(void);", "f() g()")]
    [InlineData("__attribute__((noreturn)) void die(void) __attribute__((cold, format(printf, 1, 2)));", "die()")]
    [InlineData("void __attribute__((weak)) f(void); int *__attribute__((aligned(8))) p; int v __attribute__((section(\"x\"))) = 1;", "f() p v")]
    [InlineData("[[noreturn]] void f(void); [[gnu::weak]] extern int v;", "f() v")]
    [InlineData("int source(void) __asm__(\"symbol\"); extern int v __asm(\"\" \"w\") __attribute__((used));", "symbol() w")]
    [InlineData("__extension__ extern long long f(int); _Noreturn void g(void); extern _Thread_local int t;", "f() g() t")]
    [InlineData("_Static_assert(sizeof(int) == 4, \"f(x);\"); static_assert(1); int v;", "v")]
    [InlineData("__asm__(\".globl x\\n x:\"); int v;", "v")]
    [InlineData("extern \"C\" { int f(void); extern int v; } extern \"C\" int g(void);", "f() g() v")]
    [InlineData("int f(void) { struct s { int a; } b = { 1 }; if (b.a) { return 1; } return 0; } int v;", "f() v")]
    [InlineData("int v = ({ int x = 1; x; }), w = sizeof(struct { int y; });", "v w")]
    [InlineData("extern __typeof__(int) v; int f(void); extern typeof(f) alias; _Alignas(16) extern char buffer[4];", "alias() buffer f() v")]
    [InlineData("int old(a, b) int a; { return a; } int v;", "old() v")]
    [InlineData("unsigned f(unsigned); extern unsigned v; long long unsigned int w;", "f() v w")]
    [InlineData("_Atomic int a; _Atomic(int) b; extern _Atomic(struct s *) c;", "a b c")]
    [InlineData("enum e : unsigned char { X }; enum e v; ;;", "v")]
    [InlineData("const char *s = \"int fake(void);\"; char c = '\"', d = '\\''; int v;", "c d s v")]
    [InlineData("int", "")]
    [InlineData("int f(", "f()")]
    [InlineData("} ; int v; {", "v")]
    public void Declarators_with_external_linkage_are_found(string source, string expected)
    {
        PublicDeclarations found = PublicDeclarations.Scan("# 1 \"a.h\"\n" + source + "\n", _ => true);
        Assert.Equal(
            expected,
            string.Join(' ', found.Functions.Keys.Select(name => name + "()").Concat(found.Variables.Keys).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Lines_and_files_come_from_markers_and_only_public_headers_count()
    {
        PublicDeclarations found = PublicDeclarations.Scan(
            "# 0 \"a.c\"\n# 1 \"pub.h\" 1\nint\n f(\n  void);\n#pragma once\nint g;\n# 40 \"pub.h\"\nint h;\n#line 7 \"private.h\"\nint p;\n# 2 \"a.c\" 2\nint q;\n",
            file => file == "pub.h");
        Assert.Equal([("f", new DeclarationSite("pub.h", 2))], found.Functions.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal([("g", new DeclarationSite("pub.h", 5)), ("h", new DeclarationSite("pub.h", 40))], found.Variables.Select(entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public void Public_headers_may_be_called_something_else()
    {
        PublicDeclarations found = PublicDeclarations.Scan(
            "# 3 \"/build/include/mm.h\"\nint f(void);\n# 1 \"/build/a.c\"\nint g(void);\n",
            file => file.EndsWith(".h", StringComparison.Ordinal) ? "mini-os/" + Path.GetFileName(file) : null);
        Assert.Equal([("f", new DeclarationSite("mini-os/mm.h", 3))], found.Functions.Select(entry => (entry.Key, entry.Value)));
    }

    [Fact]
    public void Paths_with_blanks_quotes_and_other_letters_are_read_as_gcc_writes_them()
    {
        using TemporaryFolder folder = new();
        string header = folder.Write("größe \"x\"\\ü.h", "int f(void);\n");
        string source = folder.Write("a.c", $"#include \"{Path.GetFileName(header).Replace("\"", "\\\"")}\"\n");
        string text = RealTool.Run("gcc", "-E", "-include", header, folder.Write("b.c", ""));
        Assert.True(File.Exists(source));
        PublicDeclarations found = PublicDeclarations.Scan(text, file => file == header);
        Assert.Equal(new DeclarationSite(header, 1), found.Functions["f"]);
    }

    [Fact]
    public void Declarations_survive_their_file_and_merge()
    {
        PublicDeclarations one = PublicDeclarations.Scan("# 1 \"with blank.h\"\nint f(void); extern int v;\n", _ => true);
        PublicDeclarations two = PublicDeclarations.Scan("# 9 \"b.h\"\nint f(void); int g(void);\n", _ => true);
        PublicDeclarations merged = PublicDeclarations.Merge([one, two]);
        Assert.Equal(["f", "g"], merged.Functions.Keys);
        Assert.Equal("with blank.h", merged.Functions["f"].File);
        PublicDeclarations back = PublicDeclarations.Load(merged.Save(), "decl.txt");
        Assert.Equal(merged.Functions, back.Functions);
        Assert.Equal(merged.Variables, back.Variables);
        Assert.Equal(merged.Save(), back.Save());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("# minios public declarations 1\nfunction f x a.h\n", 2)]
    [InlineData("# minios public declarations 1\nfunction f 1 a.h\nmacro f 1 a.h\n", 3)]
    public void A_file_that_is_no_list_is_refused(string text, int line)
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => PublicDeclarations.Load(text, "decl.txt")).Diagnostic;
        Assert.Equal(("MINIOS1503", "decl.txt", line), (found.Code, found.File, found.Line));
    }

    /// <summary>What the compiler exports from a file is what the scan finds in it.</summary>
    [Fact]
    public void The_scan_agrees_with_the_compiler()
    {
        const string source = """
            #include <stddef.h>
            #include <stdarg.h>
            #define EXPORT __attribute__((visibility("default")))
            typedef int (*callback)(void *, size_t);
            struct list { struct list *next; callback each; };
            EXPORT struct list *first, second = { 0 };
            static struct list hidden;
            EXPORT callback on_event = 0;
            EXPORT callback find(const char *name) { (void)hidden; return name ? on_event : 0; }
            static inline int twice(int n) { return 2 * n; }
            int (*pick(int n))(void *, size_t) { return twice(n) ? on_event : 0; }
            int table[2][2] = { { 1, 2 }, { 3, 4 } };
            int renamed(void) __asm__("other_name"); int renamed(void) { return 0; }
            void logged(const char *format, ...) { va_list l; va_start(l, format); va_end(l); }
            """;
        using TemporaryFolder folder = new();
        string path = folder.Write("a.c", source);
        RealTool.Run("gcc", "-c", "-fno-common", "-o", folder.File("a.o"), path);
        string[] compiled = [.. RealTool.Run("nm", "-g", "--defined-only", "-j", folder.File("a.o")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        PublicDeclarations found = PublicDeclarations.Scan(RealTool.Run("gcc", "-E", path), file => file == path);
        Assert.Equal(compiled, found.Functions.Keys.Concat(found.Variables.Keys).Order(StringComparer.Ordinal));
    }
}
