using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class CompilerOutputTests
{
    [Theory]
    [InlineData("int f(void) { return undeclared; }\n", ToolchainCodes.CompileError, 1, 22)]
    [InlineData("\n#include <no/such/header.h>\n", ToolchainCodes.CompileError, 2, 10)]
    [InlineData("int f(void)\n{\n\tint unused;\n\treturn 0;\n}\n", ToolchainCodes.CompileWarning, 3, 13)]
    [InlineData("__asm__(\"nonsense %rax\");\n", ToolchainCodes.CompileError, 0, 0)]
    public void GccMessagesAreLocated(string text, string code, int line, int column)
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("my file é.c", text);
        var result = new ToolRunner().Run(new("/usr/bin/gcc", ["-Wall", "-Wextra", "-c", source, "-o", folder.File("x.o")], folder.Path));

        var first = CompilerOutput.Parse(result.Errors, folder.Path, source)[0];

        Assert.Equal((code, source, line), (first.Code, first.File, first.Line));
        Assert.Equal(column, first.Column);
    }

    [Fact]
    public void ANoteBelongsToTheMessageBeforeIt()
    {
        var found = CompilerOutput.Parse(
            "a.c:3:5: error: conflicting types for 'f'\na.h:1:5: note: previous declaration of 'f'\nb.c:1:1: warning: w [-Wx]\n", "/src");

        Assert.Equal(2, found.Count);
        Assert.Equal("conflicting types for 'f'; note at /src/a.h(1,5): previous declaration of 'f'", found[0].Message);
        Assert.Equal(DiagnosticSeverity.Warning, found[1].Severity);
    }

    [Theory]
    [InlineData("/usr/bin/gcc")]
    [InlineData("/usr/bin/clang")]
    public void AnErrorInAHeaderNamesWhoIncludesIt(string compiler)
    {
        using var folder = new TemporaryFolder();
        string inner = folder.Write("inner.h", "#include <not/there.h>\n"), outer = folder.Write("outer.h", "\n#include \"inner.h\"\n");
        string source = folder.Write("a.c", "\n\n#include \"outer.h\"\n");
        var result = new ToolRunner().Run(new(compiler, ["-c", source, "-o", folder.File("x.o")], folder.Path));

        var error = CompilerOutput.Parse(result.Errors, folder.Path, source)[0];
        Assert.Equal((inner, 1), (error.File, error.Line));
        Assert.EndsWith($"; included from {outer}(2), from {source}(3)", error.Message);
        Assert.EndsWith($"; included from {outer}(2)", CompilerOutput.Parse(result.Errors, folder.Path, wrapper: source)[0].Message);
    }

    [Theory]
    [InlineData("/usr/bin/gcc")]
    [InlineData("/usr/bin/clang")]
    public void EachErrorInAHeaderNamesWhoIncludesItAndNoneOfTheSourceDoes(string compiler)
    {
        using var folder = new TemporaryFolder();
        string header = folder.Write("a.h", "first_unknown a;\nsecond_unknown b;\n");
        string source = folder.Write("a.c", "#include \"a.h\"\nthird_unknown c;\n");
        var result = new ToolRunner().Run(new(compiler, ["-c", source, "-o", folder.File("x.o")], folder.Path));

        var errors = CompilerOutput.Parse(result.Errors, folder.Path, source).Where(e => e.Severity == DiagnosticSeverity.Error);

        Assert.Equal([(header, 1, true), (header, 2, true), (source, 2, false)], errors.Select(e => (e.File!, e.Line, e.Message.EndsWith($"; included from {source}(1)"))));
    }

    [Fact]
    public void AFailureWithoutALineOfItsOwnKeepsTheText()
    {
        var result = new ToolResult(4, "", "gcc: internal compiler error: Killed (program cc1)\n");

        var found = CompilerOutput.WithCause(CompilerOutput.Parse(result.Errors, "/"), result, "/a.c");

        Assert.Equal(ToolchainCodes.CompilerFailed, Assert.Single(found).Code);
        Assert.Contains("Killed", found[0].Message);
    }
}
