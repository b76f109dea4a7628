using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>That wrong results are found before they are published: the negative control of the pass.</summary>
public sealed class PassingProofTests : IDisposable
{
    private readonly PassingSamples _samples = new();

    public void Dispose() => _samples.Dispose();

    [Theory]
    [InlineData("nothing", "MINIOS1327")]
    [InlineData("another object", "MINIOS13")]
    [InlineData("no object", "MINIOS2001")]
    [InlineData("half of it", "MINIOS20")]
    public void A_back_end_that_does_not_what_it_should_is_found_out(string what, string code)
    {
        string input = _samples.Archive("in.a", _samples.Compile("a.o", "int wake(void) { return 1; }"));
        string other = _samples.Compile("b.o", "int minios_wake(void) { return 2; }");
        var backEnd = new FaultyBackEnd(data => what switch
        {
            "nothing" => data,
            "another object" => File.ReadAllBytes(other),
            "no object" => "text"u8.ToArray(),
            _ => data[..(data.Length / 2)],
        });
        string old = _samples.Write("refused.a", "old");
        Diagnostic found = _samples.Refused("wake minios_wake", input, new PassOptions { BackEnd = backEnd });

        Assert.StartsWith(code, found.Code);
        Assert.EndsWith("in.a(a.o)", found.File);
        Assert.Equal("old", File.ReadAllText(old));
    }

    [Theory]
    [InlineData("")]
    [InlineData("name of a member")]
    [InlineData("name in the index")]
    [InlineData("offset in the index")]
    [InlineData("no index")]
    [InlineData("a member less")]
    [InlineData("a member more")]
    [InlineData("no archive")]
    public void An_archive_that_is_not_what_was_meant_is_found_out(string damage)
    {
        byte[] right = ArArchive("first.o", "a", "b");
        PassMember[] members = [.. MiniosBuild.ObjectFormats.Ar.ArArchive.Parse(right).Members.Select((member, index) => new PassMember("x.a", member.Data, member)
        {
            Size = member.Data.Length,
            IndexNames = new ArIndexNames(index == 0 ? "a\0"u8.ToArray() : "b\0"u8.ToArray(), 1),
        })];
        byte[] written = damage switch
        {
            "" => right,
            "name of a member" => ArArchive("other.o", "a", "b"),
            "name in the index" => ArArchive("first.o", "a", "c"),
            "no index" => ArArchive("first.o"),
            "a member less" => new ArWriter(ArVariant.Gnu) { Index = ArIndexKind.Narrow }.Add("first.o", [1, 2], "a").Write().Bytes,
            "a member more" => [.. right, .. ArArchive("first.o")[8..]],
            "no archive" => [1, 2, 3],
            _ => [.. right],
        };
        if (damage == "offset in the index")
        {
            written[8 + 60 + 4 + 7]++;
        }

        if (damage.Length == 0)
        {
            ArchiveProof.Require(written, members, "x.a");
            return;
        }

        Diagnostic found = Assert.Throws<DiagnosticException>(() => ArchiveProof.Require(written, members, "x.a")).Diagnostic;
        Assert.Equal(("MINIOS1337", "x.a"), (found.Code, found.File));

        static byte[] ArArchive(string name, params string[] symbols) => new ArWriter(ArVariant.Gnu) { Index = symbols.Length > 0 ? ArIndexKind.Narrow : ArIndexKind.None }
            .Add(name, [1, 2], [.. symbols.Take(1)]).Add("second.o", [3], [.. symbols.Skip(1)]).Write().Bytes;
    }

    [Fact]
    public void A_pass_that_says_that_it_did_nothing_is_not_believed()
    {
        byte[] data = File.ReadAllBytes(_samples.Compile("a.o", "int wake(void) { return 1; }"));
        ElfFile file = ElfFile.Parse(data);
        int wake = file.Symbols.Single(symbol => symbol.Name == "wake").Index;
        var prepared = new PreparedObject(
            file, [new ElfSymbolChange(wake, "minios_wake"u8.ToArray(), MakeLocal: false)], ElfSymbolRewriter.Prepare(file, data, []), IsChanged: false);
        var pass = new MemberPass(PassingSamples.Map("wake minios_wake"), new PassOptions());

        Assert.Equal("MINIOS1327", Assert.Throws<DiagnosticException>(() => pass.Prove(new PassMember("a.o", data, null), prepared, data)).Diagnostic.Code);
    }

    [Fact]
    public void What_the_system_refuses_comes_as_it_is()
    {
        string input = _samples.Archive(
            "in.a", _samples.Compile("a.o", "int wake(void) { return 1; }"), _samples.Compile("b.o", "int wake(void); int b(void) { return wake(); }"));
        var backEnd = new FaultyBackEnd(_ => throw new IOException("no space left"));

        Assert.Throws<IOException>(() => _samples.Apply("wake minios_wake", input, "out.a", new PassOptions { BackEnd = backEnd }));
        Assert.False(File.Exists(_samples.File("out.a")));
    }

    [Fact]
    public void A_file_that_is_too_large_is_refused()
    {
        string path = _samples.File("large.a");
        using (FileStream file = File.Create(path))
        {
            file.SetLength(1L << 31); // sparse
        }

        Assert.Equal("MINIOS2109", _samples.Refused("a b", path).Code);
    }

    private sealed class FaultyBackEnd(Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> result) : IElfSymbolRewriter
    {
        public ReadOnlyMemory<byte> Rewrite(ElfFile file, ReadOnlyMemory<byte> data, ReadOnlyMemory<ElfSymbolChange> changes, string path) => result(data);
    }
}
