using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.Renaming.Passing;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Maps of `old new` lines, and of plans.</summary>
public sealed class PassingMapTests
{
    [Fact]
    public void Lines_are_read_as_objcopy_reads_them()
    {
        SymbolMap map = PassingSamples.Map("# all of it\n\nwake minios_wake\n\t run \t minios_run  # why\r\nx#y x#z\nlast _last");

        Assert.Equal(
            ["wake>minios_wake@3", "run>minios_run@4", "x#y>x#z@5", "last>_last@6"],
            Enumerable.Range(0, map.Count).Select(entry => $"{Text(map[entry].Name)}>{Text(map[entry].NewName)}@{map[entry].Line}"));
        Assert.Equal((1, -1), map.Find("run"u8));
        Assert.Equal((-1, 1), map.Find("minios_run"u8));
        Assert.Equal((-1, -1), map.Find("ru"u8));
    }

    [Theory]
    [InlineData("a b\nc", "MINIOS1330", 2, "only \"c\"")]
    [InlineData("a b c", "MINIOS1330", 1, "more: \"c\"")]
    [InlineData("a #b", "MINIOS1330", 1, "only \"a\"")]
    [InlineData("a b\nc d\na e", "MINIOS1331", 3, "\"a\" is named twice: \"a\" becomes \"b\" in line 1")]
    [InlineData("a b\n\nc b", "MINIOS1331", 3, "\"b\" is the new name of two: \"a\" becomes \"b\" in line 1 and \"c\" becomes \"b\" in line 3")]
    public void A_map_that_says_too_little_or_two_things_is_refused(string text, string code, int line, string message)
    {
        Diagnostic found = Assert.Throws<DiagnosticException>(() => PassingSamples.Map(text)).Diagnostic;
        Assert.Equal((code, "names.map", line), (found.Code, found.File, found.Line));
        Assert.Contains(message, found.Message);
    }

    [Fact]
    public void A_map_of_a_plan_has_what_the_plan_changes()
    {
        using var set = new CompiledSet();
        set.AddC("core", "a", "int shared; static int own; int lone(void) { return shared + own; } void _start(void) { lone(); }");
        set.AddC("core", "b", "extern int shared; int *where(void) { return &shared; }");
        SymbolMap map = SymbolMap.Of(set.Plan());

        Assert.Equal(
            ["lone>local", "shared>_minios_shared", "where>local"],
            Enumerable.Range(0, map.Count).Select(entry => $"{Text(map[entry].Name)}>{(map[entry].MakeLocal ? "local" : Text(map[entry].NewName))}"));
        Assert.Null(map.Path);
    }

    [Fact]
    public void The_digest_is_that_of_the_renames_and_not_of_their_order()
    {
        Assert.Equal(PassingSamples.Map("a b\nc d").Digest(), PassingSamples.Map("# other\nc d\na b").Digest());
        Assert.NotEqual(PassingSamples.Map("a b\nc d").Digest(), PassingSamples.Map("a b\nc e").Digest());
        Assert.NotEqual(PassingSamples.Map("ab c").Digest(), PassingSamples.Map("a bc").Digest());
    }

    [Fact]
    public void The_inverse_leads_back_whatever_the_names()
    {
        Gen<string> name = Gen.Elements('a', 'b', '_', '.', 'ß', '$').NonEmptyListOf().Select(characters => string.Concat(characters));
        Prop.ForAll(name.ArrayOf().ToArbitrary(), names =>
        {
            string[] old = [.. names.Distinct()];
            SymbolMap map = PassingSamples.Map(string.Concat(old.Select((text, index) => $"{text} {old[(index + 1) % old.Length]}x\n")));
            SymbolMap inverse = map.Inverse();
            return old.All(text =>
            {
                int entry = map.Find(Encoding.UTF8.GetBytes(text)).Entry;
                int back = inverse.Find(map[entry].NewName.Span).Entry;
                return Text(inverse[back].NewName) == text;
            }) && map.Count == inverse.Count;
        }).QuickCheckThrowOnFailure();
    }

    private static string Text(ReadOnlyMemory<byte> name) => Encoding.UTF8.GetString(name.Span);
}
