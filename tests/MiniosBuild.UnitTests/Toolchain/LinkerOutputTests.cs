using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Linking;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class LinkerOutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ANameOfTheTreeIsReportedInTheTree()
    {
        Directory.CreateDirectory(_folder.File("tree"));
        string source = _folder.Write("tree/t.c", "void missing(void);\nvoid _start(void)\n{\n\tmissing();\n}\n");

        Assert.Equal(source, Assert.Single(Link(true, source), d => d.Code == ToolchainCodes.UndefinedReference).File);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AnUndefinedNameIsReportedAtItsLine(bool debug)
    {
        string source = _folder.Write("a.c", "void missing(void);\nvoid _start(void)\n{\n\tmissing();\n}\n");

        var error = Assert.Single(Link(debug, source), d => d.Code == ToolchainCodes.UndefinedReference);

        Assert.Contains("'missing' is used in _start", error.Message);
        Assert.Equal(debug ? (source, 4) : (_folder.File("a.o"), 0), (error.File!, error.Line));
    }

    [Fact]
    public void AHintIsAskedForWithTheObjectThatLacksTheName()
    {
        string main = _folder.Write("a.c", "void f(void);\nvoid _start(void)\n{\n\tf();\n}\n"), old = _folder.Write("old.c", "void missing(void); void (*pointer)(void) = missing; void f(void) { pointer(); }\nvoid g(void) { missing(); }\n");
        string[] objects = [Compile(false, main), _folder.File("libold.a")];
        RealTool.Run("ar", "rcsD", objects[1], Compile(true, old));
        var asked = new List<(string, string)>();

        var found = LinkerOutput.Parse(Ld(objects).Errors, Paths, _folder.Path, (name, place) =>
        {
            asked.Add((name, place));
            return "ask its owner";
        });

        Assert.NotEmpty(asked);
        Assert.All(asked, a => Assert.Equal(("missing", objects[1] + "(old.o)"), a));
        Assert.All(found, d => Assert.EndsWith("; ask its owner", d.Message));
    }

    [Fact]
    public void ADuplicateNamesBothPlaces()
    {
        string first = _folder.Write("a.c", "int twice(void) { return 1; }\nvoid _start(void) { }\n");
        string second = _folder.Write("b.c", "\nint twice(void) { return 2; }\n");

        var error = Assert.Single(Link(true, first, second), d => d.Code == ToolchainCodes.DuplicateDefinition);

        Assert.Equal((second, 2), (error.File!, error.Line));
        Assert.Contains("'twice'", error.Message);
        Assert.Contains("a.", error.Message);
    }

    [Fact]
    public void AnythingElseKeepsTheLinkersWords()
    {
        string source = _folder.Write("a.c", "void _start(void) { }\n");
        Compile(false, source);
        string script = _folder.Write("bad.lds", "SECTIONS { nonsense\n");
        var result = Ld("-T", script, _folder.File("a.o"));

        var error = Assert.Single(LinkerOutput.WithCause(LinkerOutput.Parse(result.Errors, Paths, _folder.Path), result, "image"));

        Assert.Equal(ToolchainCodes.LinkFailed, error.Code);
        Assert.Contains("bad.lds", error.Message);
    }

    private PathMap Paths => new([(_folder.File("tree"), "/usr/src/mini-os"), (_folder.Path, ".")]);

    private IReadOnlyList<Diagnostic> Link(bool debug, params string[] sources) =>
        LinkerOutput.Parse(Ld([.. sources.Select(s => Compile(debug, s))]).Errors, Paths, _folder.Path);

    private string Compile(bool debug, string source)
    {
        string target = Path.ChangeExtension(source, ".o");
        var result = new ToolRunner().Run(new(
            "/usr/bin/gcc", [.. Paths.CompilerOptions, debug ? "-g" : "-g0", "-fno-pie", "-ffreestanding", "-c", source, "-o", target], _folder.Path));
        Assert.Equal(0, result.ExitCode);
        return target;
    }

    private ToolResult Ld(params string[] arguments) =>
        new ToolRunner().Run(new("/usr/bin/ld", ["-o", _folder.File("image"), .. arguments], _folder.Path));
}
