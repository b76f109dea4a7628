using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class DepfileTests
{
    [Fact]
    public void ReadsContinuedLinesAndStopsAfterTheFirstRule()
    {
        var names = Depfile.Prerequisites("object: a.c b.h \\\n  c/d.h \\\n  b.h\nb.h:\nc/d.h:\n");

        Assert.Equal(["a.c", "b.h", "c/d.h"], names);
    }

    [Fact]
    public void UndoesTheEscapesOfBlanksHashesAndDollars()
    {
        var names = Depfile.Prerequisites("object: my\\ file.c a\\#b.h c$$d.h été.h\n");

        Assert.Equal(["my file.c", "a#b.h", "c$d.h", "été.h"], names);
    }

    [Fact]
    public void ReadsWhatGccWritesForNamesThatNeedEscapes()
    {
        using var folder = new TemporaryFolder();
        string header = folder.Write("a b$c#é.h", "int x;\n");
        string source = folder.Write("main file.c", "#include \"a b$c#é.h\"\n");
        string depfile = folder.File("out.d");

        RealTool.Run("gcc", "-MD", "-MF", depfile, "-MT", "object", "-c", source, "-o", folder.File("main.o"));

        Assert.Equal(new[] { source, header }, Depfile.Prerequisites(File.ReadAllText(depfile)).Where(n => !n.EndsWith("stdc-predef.h", StringComparison.Ordinal)));
    }

    [Fact]
    public void NeverFailsOnAnyText() =>
        Prop.ForAll<string>(text => Depfile.Prerequisites(text ?? "").All(n => n.Length > 0)).QuickCheckThrowOnFailure();
}
