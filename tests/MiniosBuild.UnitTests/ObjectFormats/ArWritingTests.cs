using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>The archive writer against the reader, against GNU and LLVM ar, and against every archive of the machine.</summary>
public sealed class ArWritingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_archive_of_the_machine_is_written_again_byte_for_byte()
    {
        int archives = 0;
        int members = 0;
        foreach (string path in MachineFiles.All())
        {
            byte[] data = File.ReadAllBytes(path);
            if (ArArchive.IsArchive(data) && ArArchive.Parse(data) is { IsThin: false } archive)
            {
                Assert.True(data.AsSpan().SequenceEqual(ArWriting.Again(archive)), path);
                archives++;
                members += archive.Members.Count;
            }
        }

        Assert.InRange(archives, 20, int.MaxValue);
        Assert.InRange(members, 5000, int.MaxValue);
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("bsd")]
    [InlineData("darwin")]
    public void Archives_of_any_format_are_written_as_gnu_ar_writes_them(string format)
    {
        string[] objects = Objects();
        string made = _folder.File("made.a");
        RealTool.Run(LlvmTool.Find("llvm-ar"), [$"--format={format}", "rcsD", made, .. objects]);
        string expected = _folder.File("expected.a");
        RealTool.Run("ar", ["rcsD", expected, .. objects]);

        ArArchive archive = ArArchive.Parse(File.ReadAllBytes(made));
        // Darwin fills members up to a multiple of 8 bytes, so that their sizes differ; the names of all formats must not.
        byte[] again = ArWriting.Again(archive, deterministic: true);
        if (format == "darwin")
        {
            File.WriteAllBytes(_folder.File("again.a"), again);
            Assert.Equal(RealTool.Run("nm", "-ps", expected), RealTool.Run("nm", "-ps", _folder.File("again.a")));
        }
        else
        {
            Assert.Equal(File.ReadAllBytes(expected), again);
        }
    }

    [Fact]
    public void The_index_is_what_ranlib_makes()
    {
        string[] objects = Objects();
        string path = _folder.File("made.a");
        RealTool.Run("ar", ["rcSD", path, .. objects]);
        ArArchive bare = ArArchive.Parse(File.ReadAllBytes(path));
        Assert.Null(bare.Index);
        byte[] indexed = ArWriting.Write(
            [.. bare.Members.Select(member => (ArNewMember.Of(member, member.Data.Length, ArWriting.Names(member.Data)), member.Data))]);
        RealTool.Run("ranlib", "-D", path);

        Assert.Equal(File.ReadAllBytes(path), indexed);
        Assert.Contains("unique", ArArchive.Parse(indexed).Index!.Select(entry => entry.Symbol));
        Assert.Contains("common", ArArchive.Parse(indexed).Index!.Select(entry => entry.Symbol));
        Assert.DoesNotContain("missing", ArArchive.Parse(indexed).Index!.Select(entry => entry.Symbol));
    }

    [Fact]
    public void A_stale_index_is_made_anew()
    {
        byte[] stale = new ArWriter(ArVariant.Gnu) { Index = ArIndexKind.Narrow }
            .Add("a.o", ElfSamples.Full(ElfClass64, LittleEndian).Bytes, "gone", "long_gone").Write().Bytes;
        ArArchive again = ArArchive.Parse(ArWriting.Again(ArArchive.Parse(stale)));

        Assert.Equal(["main", "weak", "common", "absolute", "größe", "unique", "thread"], again.Index!.Select(entry => entry.Symbol));
        Assert.All(again.Index!, entry => Assert.Same(again.Members[0], again.MemberAt(entry.MemberOffset)));
    }

    /// <summary>Sizes alone are needed to lay an archive out, so that 5 GiB of it need not exist.</summary>
    [Fact]
    public void An_index_whose_offsets_need_it_is_wide()
    {
        ArNewMember large = new() { Name = "large.o"u8.ToArray(), Size = 5_000_000_001 };
        ArNewMember small = new() { Name = "small.o"u8.ToArray(), Size = 10, IndexNames = new ArIndexNames("name\0"u8.ToArray(), 1) };

        ArArchiveWriter narrow = new([small, large], withIndex: true);
        ArArchiveWriter wide = new([large, small], withIndex: true);
        byte[] head = new byte[wide.HeadSize];
        wide.WriteHead(head);

        Assert.Equal(8 + 60 + 14, narrow.HeadSize);
        Assert.Equal("!<arch>\n/SYM64/ ", Encoding.ASCII.GetString(head, 0, 16));
        Assert.Equal(8 + 60 + 24, wide.HeadSize);
        Assert.Equal(5_000_000_001 + 1 + 60 + 92, wide.HeaderOffset(1));
        Assert.Equal((ulong)wide.HeaderOffset(1), System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(head.AsSpan(76)));
        Assert.Equal(wide.HeaderOffset(1) + 70, wide.Size);
    }

    [Theory]
    [InlineData("a\nb", 0, 0, "MINIOS2110")]
    [InlineData("a", 1_000_000, 0, "MINIOS2110")]
    [InlineData("a", -1, 0, "MINIOS2110")]
    [InlineData("a", 0, 10_000_000_000, "MINIOS2109")]
    public void What_the_format_cannot_hold_is_refused(string name, int uid, long size, string code)
    {
        ArNewMember member = new() { Name = Encoding.UTF8.GetBytes(name), Uid = uid, Size = size };
        Assert.Equal(code, Assert.Throws<ObjectFormatException>(() => new ArArchiveWriter([member], withIndex: true)).Code);
    }

    [Fact]
    public void Whatever_names_and_contents_members_have_they_are_read_back()
    {
        Gen<string> names = Gen.OneOf(
            Gen.Elements("a.o", "../up.o", "/", "//", "", "a b.o", " ", "#1/20", "/7", "exactly15bytes!", "exactly16bytes!!", "__.SYMDEF", "x/", "é.o"),
            ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)));
        Gen<(string Name, byte[] Data, string[] Symbols)> members =
            from name in names
            from data in ArbMap.Default.GeneratorFor<byte[]>()
            from symbols in Gen.Elements("s", "symbol", "ß").ArrayOf()
            select (name, data, symbols);
        Prop.ForAll(members.ArrayOf().ToArbitrary(), ArbMap.Default.ArbFor<bool>(), (contents, isWide) =>
        {
            byte[] file = ArWriting.Write([.. contents.Select(entry => (Member(entry), (ReadOnlyMemory<byte>)entry.Data))], wideIndex: isWide);
            ArArchive back = ArArchive.Parse(file);
            return back.Members.Select(member => (Convert.ToHexString(member.NameBytes.ToArray()), Convert.ToHexString(member.Data.ToArray())))
                    .SequenceEqual(contents.Select(entry => (Convert.ToHexString(Trimmed(entry.Name)), Convert.ToHexString(entry.Data))))
                && back.Index!.Select(entry => (entry.Symbol, back.Members.ToList().IndexOf(back.MemberAt(entry.MemberOffset)!)))
                    .SequenceEqual(contents.SelectMany((entry, index) => entry.Symbols.Select(symbol => (symbol, index))))
                && back.Index!.Is64Bit == isWide;
        }).QuickCheckThrowOnFailure();

        static byte[] Trimmed(string name) => Encoding.UTF8.GetBytes(name);

        static ArNewMember Member((string Name, byte[] Data, string[] Symbols) entry) => new()
        {
            Name = Encoding.UTF8.GetBytes(entry.Name),
            Size = entry.Data.Length,
            IndexNames = new ArIndexNames(Encoding.UTF8.GetBytes(string.Concat(entry.Symbols.Select(symbol => symbol + '\0'))), entry.Symbols.Length),
        };
    }

    private const MiniosBuild.ObjectFormats.Elf.ElfClass ElfClass64 = MiniosBuild.ObjectFormats.Elf.ElfClass.Elf64;
    private const MiniosBuild.ObjectFormats.Elf.ElfByteOrder LittleEndian = MiniosBuild.ObjectFormats.Elf.ElfByteOrder.LittleEndian;

    private string[] Objects()
    {
        string one = Compile("one.o", "int a; static int hidden; __attribute__((weak)) int b(void) { return a + hidden; }", "-fno-common");
        string two = Compile("a-name-that-does-not-fit-the-header-of-a-member.o", "extern int missing; int c(void) { return missing; } int common;", "-fcommon");
        string three = Compile("exactly15byte.o", "__asm__(\".globl unique; .type unique, @gnu_unique_object; .data; unique: .byte 1; .globl absolute; absolute = 5\");");
        return [one, two, three, two, _folder.Write("notes.txt", "no object")];
    }

    private string Compile(string name, string source, params string[] flags)
    {
        RealTool.Run("gcc", ["-c", .. flags, "-o", _folder.File(name), _folder.Write("source.c", source)]);
        return _folder.File(name);
    }
}
