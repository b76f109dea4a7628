using System.Text.Json;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>A recipe that is kept from build to build is the one that the makefiles would give today.</summary>
public sealed class KeptRecipeTests : IDisposable
{
    private const string Makefile = """
        CONFIG-y += CONFIG_NET
        objs := $(patsubst %.c,%.o,$(wildcard core/*.c)) $(if $(realpath link),linked.o)
        include rules.mk
        all: $(objs)
        %.o: %.c
        	$(CC) $(CFLAGS) -c $< -o $@
        %.o: %.S
        	$(CC) $(CFLAGS) -c $< -o $@

        """;

    private readonly TemporaryFolder _folder = new();

    public KeptRecipeTests()
    {
        Directory.CreateDirectory(_folder.File("tree/core"));
        _folder.Write("tree/Makefile", Makefile);
        _folder.Write("tree/rules.mk", "CFLAGS += -DA\n-include local.mk\nobjs += net.o\n");
        _folder.Write("tree/core/a.c", "");
        _folder.Write("tree/net.c", "");
        _folder.Write("tree/linked.c", "");
        File.CreateSymbolicLink(_folder.File("tree/link"), "core");
        foreach (string file in Directory.GetFiles(_folder.File("tree"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-1));
        }
    }

    private string Record => _folder.File("obj/tree.recipe");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ASecondReadingAsksNoMakefile()
    {
        string first = Read();
        File.WriteAllText(Record, File.ReadAllText(Record).Replace("\"A\"", "\"KEPT\"", StringComparison.Ordinal));

        Assert.Equal(first.Replace("\"A\"", "\"KEPT\"", StringComparison.Ordinal), Read());
        Assert.NotEqual(first, Read());
    }

    [Fact]
    public void WhatIsKeptIsWhatWasRead()
    {
        string read = JsonSerializer.Serialize(TreeRecipe.Read(_folder.File("tree"), "x86", "x86_64", [])!);

        Assert.Equal(read, Read());
        Assert.Equal(read, Read());
        Assert.Contains("core/a.c", read, StringComparison.Ordinal);
        Assert.Contains("linked.c", read, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a makefile changes", "-f-DB")]
    [InlineData("a makefile changes and keeps its size", "\"B\"")]
    [InlineData("an optional makefile appears", "LOCAL")]
    [InlineData("a makefile that goes first appears", "first.c")]
    [InlineData("a file appears that a wildcard matches", "core/b.c")]
    [InlineData("a source appears under another extension", "net.S")]
    [InlineData("a link leads elsewhere", null)]
    [InlineData("a setting changes", "GIVEN")]
    [InlineData("the record is cut off", null)]
    [InlineData("the record is of another form", null)]
    public void AnyChangeOfWhatWasAskedForReadsAgain(string change, string? brings)
    {
        string before = Read();
        (string, string)[] settings = [];
        switch (change)
        {
            case "a makefile changes":
                File.AppendAllText(_folder.File("tree/rules.mk"), "CFLAGS += -f-DB\n");
                break;
            case "a makefile changes and keeps its size":
                File.WriteAllText(_folder.File("tree/rules.mk"), File.ReadAllText(_folder.File("tree/rules.mk")).Replace("-DA", "-DB", StringComparison.Ordinal));
                break;
            case "an optional makefile appears":
                _folder.Write("tree/local.mk", "CFLAGS += -DLOCAL\n");
                break;
            case "a makefile that goes first appears":
                _folder.Write("tree/first.c", "");
                _folder.Write("tree/GNUmakefile", "all: first.o\n");
                break;
            case "a file appears that a wildcard matches":
                _folder.Write("tree/core/b.c", "");
                break;
            case "a source appears under another extension":
                File.Delete(_folder.File("tree/net.c"));
                _folder.Write("tree/net.S", "");
                break;
            case "a link leads elsewhere":
                File.Delete(_folder.File("tree/link"));
                break;
            case "a setting changes":
                settings = [("CFLAGS", "-DGIVEN")];
                break;
            case "the record is cut off":
                File.WriteAllText(Record, File.ReadAllText(Record)[..^40]);
                break;
            default:
                File.WriteAllText(Record, "{\"Fingerprint\":null,\"Answers\":[null],\"Recipe\":{}}");
                break;
        }

        string after = Read(settings);

        Assert.Equal(JsonSerializer.Serialize(TreeRecipe.Read(_folder.File("tree"), "x86", "x86_64", settings)!), after);
        Assert.Equal(change.StartsWith("the record", StringComparison.Ordinal), before == after);
        Assert.Contains(brings ?? "", after, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutMakefilesThatIsKeptToo()
    {
        Directory.Delete(_folder.File("tree"), recursive: true);
        Directory.CreateDirectory(_folder.File("tree"));
        _folder.Write("tree/mm.c", "");

        Assert.Null(TreeRecipe.Read(_folder.File("tree"), "x86", "x86_64", [], Record));
        Assert.Null(TreeRecipe.Read(_folder.File("tree"), "x86", "x86_64", [], Record));

        _folder.Write("tree/Makefile", Makefile);
        _folder.Write("tree/rules.mk", "objs += mm.o\n");
        Assert.NotNull(TreeRecipe.Read(_folder.File("tree"), "x86", "x86_64", [], Record));
    }

    private string Read(params (string, string)[] settings) => JsonSerializer.Serialize(TreeRecipe.Read(_folder.File("tree"), "x86", "x86_64", settings, Record)!);
}
