using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The archive reader on archives that GNU and LLVM ar make.</summary>
public sealed class MadeArchivesTests : IDisposable
{
    private const string LongName = "an-object-whose-name-does-not-fit-a-header.o";

    private readonly TemporaryFolder _folder = new();

    public MadeArchivesTests()
    {
        Directory.CreateDirectory(_folder.File("sub"));
        Compile("one.o", "int a; int b(void) { return a; }");
        Compile(LongName, "int b(void); int c(void) { return b(); }");
        Compile("sub/three.o", "int d;");
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rcsD", false)]
    [InlineData("rcSD", false)]
    [InlineData("rcsT", true)]
    public void Gnu_archives_are_read(string operation, bool isThin)
    {
        ArArchive archive = Make("ar", [operation]);

        Assert.Equal((isThin, ArVariant.Gnu), (archive.IsThin, archive.Variant));
        Assert.Equal(["one.o", LongName, isThin ? "sub/three.o" : "three.o"], archive.Members.Select(member => member.Name));
        CheckIndex(archive, hasIndex: !operation.Contains('S'));
        for (int index = 0; index < 3; index++)
        {
            byte[] file = File.ReadAllBytes(_folder.File(((string[])["one.o", LongName, "sub/three.o"])[index]));
            Assert.Equal(file.Length, archive.Members[index].Size);
            Assert.True(isThin ? archive.Members[index].Data.IsEmpty : archive.Members[index].Data.Span.SequenceEqual(file));
        }
    }

    [Theory]
    [InlineData("gnu", ArVariant.Gnu)]
    [InlineData("bsd", ArVariant.Bsd)]
    [InlineData("darwin", ArVariant.Bsd)]
    public void Archives_of_llvm_are_read(string format, ArVariant variant)
    {
        ArArchive archive = Make(LlvmTool.Find("llvm-ar"), [$"--format={format}", "rcsD"]);

        Assert.Equal(variant, archive.Variant);
        Assert.Equal(["one.o", LongName, "three.o"], archive.Members.Select(member => member.Name));
        CheckIndex(archive, hasIndex: true);
        Assert.True(archive.Members[2].Data.Span.StartsWith(File.ReadAllBytes(_folder.File("sub/three.o"))));
    }

    [Fact]
    public void A_member_of_an_archive_within_a_thin_archive_is_named_by_its_place()
    {
        ArArchive inner = Make("ar", ["rcsD"]);
        RealTool.Run("ar", "rcsT", Relative("outer.a"), Relative("made.a"));
        ArArchive outer = ArArchive.Parse(File.ReadAllBytes(_folder.File("outer.a")));

        Assert.All(outer.Members, member => Assert.Equal("made.a", member.Name));
        Assert.Equal(inner.Members, outer.Members.Select(member => inner.MemberAt(member.NestedOffset!.Value)));
    }

    [Fact]
    public void What_the_test_writer_writes_is_read_by_ar_as_well()
    {
        foreach (ArVariant variant in (ArVariant[])[ArVariant.Gnu, ArVariant.Bsd])
        {
            foreach (ArIndexKind index in (ArIndexKind[])[ArIndexKind.None, ArIndexKind.Narrow])
            {
                File.WriteAllBytes(_folder.File("sample.a"), ArReadingTests.Sample(variant, index, bigEndian: false).Bytes);
                string[] names = RealTool.Run("ar", "t", _folder.File("sample.a")).Split('\n', StringSplitOptions.RemoveEmptyEntries);

                Assert.Equal(ArArchive.Parse(File.ReadAllBytes(_folder.File("sample.a"))).Members.Select(member => member.Name), names);
            }
        }
    }

    private static void CheckIndex(ArArchive archive, bool hasIndex)
    {
        if (!hasIndex)
        {
            Assert.Null(archive.Index);
            return;
        }

        // Darwin's order of the index is by name, others' that of the members.
        Assert.Equal([("a", 0), ("b", 0), ("c", 1), ("d", 2)],
            archive.Index!.Select(entry => (entry.Symbol, archive.Members.ToList().IndexOf(archive.MemberAt(entry.MemberOffset)!))));
    }

    private ArArchive Make(string ar, IEnumerable<string> operation)
    {
        RealTool.Run(ar, [.. operation, Relative("made.a"), Relative("one.o"), Relative(LongName), Relative("sub/three.o")]);
        return ArArchive.Parse(File.ReadAllBytes(_folder.File("made.a")));
    }

    /// <summary>The file's path from here: thin archives keep absolute paths as they are.</summary>
    private string Relative(string name) => Path.GetRelativePath(Environment.CurrentDirectory, _folder.File(name));

    private void Compile(string name, string source) =>
        RealTool.Run("gcc", "-c", "-o", _folder.File(name), _folder.Write("source.c", source));
}
