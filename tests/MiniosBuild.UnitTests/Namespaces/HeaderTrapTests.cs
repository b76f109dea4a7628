using MiniosBuild.CSource.Census;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>What headers do to those who include them, shown with the real compilers, and what the plan does instead. The numbers are those of the notes on the namespace.</summary>
public sealed class HeaderTrapTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Compilers => ["gcc", "clang"];

    public void Dispose() => _folder.Dispose();

    /// <summary>No symbol shows what a macro, a tag, a type or an enumerator does to a guest that has the name for itself.</summary>
    [Theory]
    [MemberData(nameof(Compilers))]
    public void Trap_24_a_macro_of_the_guests_functions_name(string compiler)
    {
        const string guest = """
            #include <mini-os/a.h>
            struct thread { int mine; };
            typedef float s_time_t;
            enum { RUNNABLE_FLAG = 7 };
            void barrier(void);
            void barrier(void) { }
            int free_page(struct thread *t, s_time_t s);
            int free_page(struct thread *t, s_time_t s) { return t->mine + (int)s + RUNNABLE_FLAG + start_info; }
            """;
        string header = """
            #ifndef A_H
            #define A_H
            typedef long s_time_t;
            struct thread { s_time_t wakeup; };
            enum { RUNNABLE_FLAG = 1 };
            extern int start_info_word;
            #define start_info start_info_word
            void free_pages(void *page, int order);
            void free_page(void *page);
            #define free_page(page) free_pages(page, 0)
            #define barrier() __asm__ volatile("" : : : "memory")
            static inline void minios_use(void *page) { barrier(); free_page(page); (free_page)(page); }
            #endif

            """;
        using RealHeaders tree = new RealHeaders().Add("a.h", header);
        string source = _folder.Write("guest.c", guest.Replace("#include <mini-os/a.h>\n", "#include <mini-os/a.h>\nextern int start_info;\n"));
        Assert.Throws<InvalidOperationException>(() => Compile(compiler, tree, source));

        HeaderCensus census = tree.Census(compiler);
        HeaderPlan plan = RealHeaders.Plan(BuiltInPolicy.Minios, census);
        using RealHeaders staged = tree.Staged(plan);
        Compile(compiler, staged, source);
        string text = File.ReadAllText(Path.Combine(staged.Folder, "mini-os", "a.h"));
        Assert.Contains("#define minios_free_page(page) minios_free_pages(page, 0)", text); // The macro goes on hiding the function, under its new name.
        Assert.Contains("minios_barrier(); minios_free_page(page); (minios_free_page)(page);", text);

        // It is told, but breaks nothing.
        Finding found = Assert.Single(RealHeaders.Validate(BuiltInPolicy.Minios, staged.Census(compiler)), found => found.Code == "MINIOS1511");
        Assert.Equal(("minios_free_page", DiagnosticSeverity.Message), (found.Symbol, found.Severity));
    }

    /// <summary>A line <c>#define old new</c> changes every word of that name, members too; the pragma changes the symbol alone.</summary>
    [Theory]
    [MemberData(nameof(Compilers))]
    public void Trap_25_renaming_by_macros_leaks_and_by_pragma_does_not(string compiler)
    {
        const string user = "\nstruct mine { int wake; };\nint wake_offset = (int)__builtin_offsetof(struct mine, wake);\nvoid wake(void);\nvoid run(void);\nvoid run(void) { wake(); }\n";
        string byMacro = _folder.Write("macro.c", "#define wake minios_wake" + user), byPragma = _folder.Write("pragma.c", "#pragma redefine_extname wake minios_wake" + user);
        foreach (string source in (string[])[byMacro, byPragma])
        {
            RealTool.Run(compiler, "-c", "-g", source, "-o", source + ".o");
            Assert.Contains("U minios_wake", RealTool.Run("nm", source + ".o"));
        }

        Assert.Contains("#define wake ", RealTool.Run(compiler, "-E", "-dM", byMacro));
        Assert.DoesNotContain("#define wake", RealTool.Run(compiler, "-E", "-dM", byPragma));
        Assert.Contains("int minios_wake;", RealTool.Run(compiler, "-E", "-P", byMacro));
        Assert.Contains("int wake;", RealTool.Run(compiler, "-E", "-P", byPragma));
    }

    /// <summary>Two orders of two headers mean two things; a system folder hides the warning, which the sets do not.</summary>
    [Theory]
    [MemberData(nameof(Compilers))]
    public void Trap_26_the_order_of_headers_and_the_silence_of_system_folders(string compiler)
    {
        using RealHeaders tree = new RealHeaders()
            .Add("a.h", "#ifndef MINIOS_A_H\n#define MINIOS_A_H\n#define MINIOS_ROOM 1\n#endif\n")
            .Add("b.h", "#ifndef MINIOS_B_H\n#define MINIOS_B_H\n#define MINIOS_ROOM 2\n#endif\n");
        string[] sources =
        [
            _folder.Write("ab.c", "#include <mini-os/a.h>\n#include <mini-os/b.h>\nint room[MINIOS_ROOM];\n"),
            _folder.Write("ba.c", "#include <mini-os/b.h>\n#include <mini-os/a.h>\nint room[MINIOS_ROOM];\n"),
        ];
        string[] sizes = [.. sources.Select(source =>
        {
            Assert.Throws<InvalidOperationException>(() => RealTool.Run(compiler, "-Werror", "-I", tree.Folder, "-fsyntax-only", source));
            RealTool.Run(compiler, "-Werror", "-Wall", "-isystem", tree.Folder, "-c", source, "-o", source + ".o"); // Not a word.
            return RealTool.Run("nm", "-S", source + ".o").Split(' ')[1];
        })];
        Assert.Equal(["0000000000000008", "0000000000000004"], sizes);
        Finding found = Assert.Single(RealHeaders.Validate(BuiltInPolicy.Minios, tree.Census(compiler)));
        Assert.Equal(("MINIOS1509", "mini-os/b.h", 3), (found.Code, found.Member, found.Position!.Value.Line));
    }

    private void Compile(string compiler, RealHeaders headers, string source) =>
        RealTool.Run(compiler, "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I", headers.Folder, "-c", source, "-o", _folder.File("out.o"));
}
