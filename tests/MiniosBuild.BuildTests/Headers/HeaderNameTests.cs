using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests.Headers;

/// <summary>Names of every kind in a tree's headers: where they are found, what a build makes of them, and what it ships.</summary>
public sealed class HeaderNameTests : IDisposable
{
    private const string NoPass = "-p:MiniosSymbolPass=false";

    private const string Leaks = """
        #ifndef LEAKS_H
        #define LEAKS_H

        #define LEAKED_MACRO 1
        #define leaked_call(x) (x)
        typedef int leaked_type;
        struct leaked_tag { int leaked_member; };
        enum { LEAKED_CONSTANT = 2 };
        extern int leaked_variable;
        int leaked_function(int leaked_parameter);
        static inline int leaked_inline(void) { return LEAKED_MACRO; }

        #endif

        """;

    private readonly GuestProject _project = new("archives");
    private readonly string _tree;

    public HeaderNameTests()
    {
        _tree = TreeCopy.Into(Path.Combine(_project.Parent, "tree"));
        _project.SetProject($"""
            <PropertyGroup>
              <OutputType>Library</OutputType>
              <MiniosSourceRoot>{_tree}</MiniosSourceRoot>
            </PropertyGroup>
            """);
        File.WriteAllText(Path.Combine(_tree, "include", "leaks.h"), Leaks);
        File.WriteAllText(Path.Combine(_tree, "leaks.c"), "#include <mini-os/leaks.h>\nint leaked_variable;\nint leaked_function(int x) { return x + leaked_variable; }\n");
    }

    public void Dispose() => _project.Dispose();

    [Fact]
    public void ALeakOfEachKindIsFoundAtItsPlaceInTheTree()
    {
        var build = _project.Build(NoPass).MustFail();

        string header = Path.Combine(_tree, "include", "leaks.h");
        Assert.Equal(
            [
                ("MINIOS1508", 2, 9), ("MINIOS1507", 4, 9), ("MINIOS1507", 5, 9), ("MINIOS1504", 6, 13), ("MINIOS1505", 7, 8), ("MINIOS1506", 8, 8), ("MINIOS1502", 9, 12),
                ("MINIOS1501", 10, 5), ("MINIOS1501", 11, 19),
            ],
            build.Errors.Concat<Microsoft.Build.Logging.StructuredLogger.AbstractDiagnostic>(build.Warnings)
                .Where(e => e.File == header && e.Code.StartsWith("MINIOS15", StringComparison.Ordinal)).OrderBy(e => e.LineNumber).Select(e => (e.Code, e.LineNumber, e.ColumnNumber)));
    }

    [Fact]
    public void ABuildRenamesEachKindAndShipsTheTables()
    {
        _project.Build().MustSucceed();

        string staged = File.ReadAllText(_project.PathOf("bin/Debug/include/mini-os/leaks.h"));
        Assert.Equal(
            Leaks.Replace("LEAKS_H", "MINIOS_LEAKS_H").Replace("LEAKED_", "MINIOS_LEAKED_").Replace("leaked_", "minios_leaked_").Replace("minios_leaked_member", "leaked_member")
                .Replace("minios_leaked_parameter", "leaked_parameter").Replace("minios_leaked_variable", "_minios_leaked_variable"),
            staged);
        string[] names = File.ReadAllLines(_project.PathOf("bin/Debug/share/minios/names.txt"));
        Assert.Equal(
            [
                "macro LEAKED_MACRO MINIOS_LEAKED_MACRO", "function-macro leaked_call minios_leaked_call", "function leaked_function minios_leaked_function",
                "function leaked_inline minios_leaked_inline", "variable leaked_variable _minios_leaked_variable", "typedef leaked_type minios_leaked_type",
                "tag leaked_tag minios_leaked_tag", "enumerator LEAKED_CONSTANT MINIOS_LEAKED_CONSTANT",
            ],
            names.Where(n => n.Contains("leaked", StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("\n#pragma redefine_extname leaked_function minios_leaked_function\n", File.ReadAllText(_project.PathOf("bin/Debug/include/mini-os/compat.h")));
        Assert.Equal(
            "leaked_type (typedef) is minios_leaked_type in the archives and headers\n",
            RealTool.Run("gdb", "-nx", "-batch", "-x", _project.PathOf("bin/Debug/share/minios/minios.gdb"), "-ex", "minios-name leaked_type"));
    }

    [Fact]
    public void AnUnpassedLibraryHasNoTablesOfNamesThatItDoesNotHave()
    {
        _project.Build(NoPass, "-p:MiniosValidate=false").MustSucceed();

        Assert.False(File.Exists(_project.PathOf("bin/Debug/share/minios/names.txt")));
        Assert.False(File.Exists(_project.PathOf("bin/Debug/share/minios/minios.gdb")));
        Assert.False(File.Exists(_project.PathOf("bin/Debug/include/mini-os/compat.h")));
        Assert.Equal(Leaks, File.ReadAllText(_project.PathOf("bin/Debug/include/mini-os/leaks.h")));
    }

    [Fact]
    public void AHeaderThatNeedsAnotherIsToldAtItsLine()
    {
        string header = Path.Combine(_tree, "include", "needy.h");
        File.WriteAllText(header, "#ifndef MINIOS_NEEDY_H\n#define MINIOS_NEEDY_H\n#ifndef MINIOS_LEAKED_MACRO\n#ifndef LEAKED_MACRO\n#error include leaks.h first\n#endif\n#endif\n#endif\n");

        Assert.Empty(_project.Build().MustSucceed().Warnings); // It is a message.
        const string Warned = "-p:MiniosLevels=MINIOS1514=warning";
        var warning = Assert.Single(_project.Build(Warned).MustSucceed().Warnings);

        Assert.Equal(("MINIOS1514", header, 5), (warning.Code, warning.File, warning.LineNumber));
        Assert.Single(_project.Build(Warned).MustSucceed().Warnings); // Again, with the step up to date.
        Assert.Empty(_project.Build(Warned, "-p:NoWarn=MINIOS1514").MustSucceed().Warnings);
    }

    [Fact]
    public void TheFlagsOfALibraryForOldNamesHaveTheHeader()
    {
        _project.Build("-p:MiniosCompatibility=true").MustSucceed();
        string source = _project.Write("old.c", "#include <mini-os/leaks.h>\n#include <mini-os/sched.h>\nint old(struct leaked_tag *t);\nint old(struct leaked_tag *t) { schedule(); return leaked_function(t->leaked_member) + LEAKED_CONSTANT; }\n");
        string[] flags = RealTool.Run("pkg-config", "--cflags", _project.PathOf("bin/Debug/share/minios/minios.pc")).Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);

        RealTool.Run("gcc", [.. flags, "-Wall", "-Wextra", "-Werror", "-c", source, "-o", _project.PathOf("old.o")]);

        string undefined = RealTool.Run("nm", "-u", _project.PathOf("old.o"));
        Assert.Contains("U minios_leaked_function\n", undefined);
        Assert.Contains("U minios_schedule\n", undefined);
    }
}
