using System.Text.Json;

namespace MiniosBuild.ToolTests;

/// <summary><c>minios migrate --prove</c>: the compiler reads sources before and after, and what says something else is not written.</summary>
public sealed class MigrateProofTests : IDisposable
{
    private readonly MigratedProgram _program = new();

    public MigrateProofTests()
    {
        // The set of a real rewrite, so that the header is there that brings old names back.
        _program.Write("policy.json", """
            { "name": "minios", "publicPrefix": "minios_", "internalPrefix": "_minios_", "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"] } }
            """);
        Minios.Run(_program.Folder, "headers", "old/mini-os", "--below", "mini-os", "--policy", "policy.json", "--rewrite", "real").MustEndWith(0);
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Sources_are_proven_and_written_and_the_way_back_is_too()
    {
        Assert.EndsWith("changed in 2 of 2 sources; 1 source proven\n", Migrate("--prove", "--write").MustEndWith(0).Errors);
        Assert.Contains("minios_wake(", _program.Read("src/guest.c"));
        Assert.EndsWith("; 1 source proven\n", Migrate("--prove", "--write", "--inverse").MustEndWith(0).Errors);
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/guest.c"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_compilation_database_says_how(bool asWords)
    {
        // Without its options the source is no C: they, and the folder that they start from, come from the file alone.
        _program.Write("src/more/defined.c", "#include <mini-os/sched.h>\n#include <util2.h>\nint f(void) { NEEDED(schedule()); return PAGE_SIZE; }\n");
        _program.Write("src/include/util2.h", "#define NEEDED(x) x DEFINED\n#define OWN PAGE_SIZE\n");
        object command = asWords
            ? new { directory = Path.Combine(_program.Folder, "src"), file = "more/defined.c", arguments = new[] { "gcc", "-c", "-Iinclude", "-DDEFINED=", "-o", "x.o", "more/defined.c" } }
            : new { directory = Path.Combine(_program.Folder, "src"), file = "more/defined.c", command = "gcc -c -I include '-DDEFINED=' -MD -MF x.d -o x.o more/defined.c" };
        _program.Write("compile_commands.json", JsonSerializer.Serialize(new[] { command }));
        Assert.EndsWith("; 1 source proven\n", Migrate("--compile-commands", "compile_commands.json").MustEndWith(1).Errors);
        Assert.Contains("src/more/defined.c: warning MINIOS1545: this source is not proven", Migrate("--prove").MustEndWith(1).Errors);
    }

    [Theory]
    [InlineData("#define minios_schedule() other()\nvoid other(void);\nvoid f(void) { schedule(); }\n", "MINIOS1541")] // The new name is a macro here.
    [InlineData("#define MAKE(a, b) a##b\n#define CALL(x) MAKE(sch, x)()\nvoid school(void);\nvoid f(void) { CALL(ool); CALL(edule); }\n", "MINIOS1542")] // A joined call stays, and nobody declares it.
    public void What_says_something_else_is_not_written(string text, string code)
    {
        string path = _program.Write("src/other.c", "#include <mini-os/sched.h>\n" + text);
        Minios.Result result = Migrate("--prove", "--write").MustEndWith(1);
        Assert.Contains($"src/other.c(", result.Errors);
        Assert.Contains($"error {code}", result.Errors);
        Assert.EndsWith("the change could not be proven, and nothing was written\n", result.Errors);
        Assert.EndsWith(text, File.ReadAllText(path));
        Assert.Equal(MigratedProgram.Guest, _program.Read("src/guest.c"));
        Migrate("--write");
        Assert.Contains("minios_wake(", _program.Read("src/guest.c"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[{ \"file\": \"a.c\" }]")]
    [InlineData("[3]")]
    public void What_is_no_compilation_database_is_said(string text)
    {
        _program.Write("compile_commands.json", text);
        Assert.Contains("compile_commands.json: error MINIOS1801: this is no compilation database", Migrate("--compile-commands", "compile_commands.json").MustEndWith(2).Errors);
    }

    [Fact]
    public void A_table_alone_proves_nothing() =>
        Assert.Contains("need --set", Minios.Run(_program.Folder, "migrate", "src", "--names", "real/share/minios/names.txt", "--prove").MustEndWith(2).Errors);

    private Minios.Result Migrate(params string[] options) => Minios.Run(_program.Folder, ["migrate", "src", "--set", "real", .. options]);
}
