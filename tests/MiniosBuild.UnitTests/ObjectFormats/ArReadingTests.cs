using System.Text;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class ArReadingTests
{
    private const string LongName = "a-name-that-does-not-fit-a-header.o";

    public static TheoryData<ArVariant, ArIndexKind, bool> AllForms()
    {
        TheoryData<ArVariant, ArIndexKind, bool> all = [];
        foreach (ArIndexKind index in Enum.GetValues<ArIndexKind>())
        {
            all.Add(ArVariant.Gnu, index, true);
            all.Add(ArVariant.Bsd, index, true);
            all.Add(ArVariant.Bsd, index, false);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public void Members_are_read_in_order(ArVariant variant, ArIndexKind index, bool bigEndian)
    {
        ArArchive archive = ArArchive.Parse(Sample(variant, index, bigEndian).Bytes);

        Assert.Equal((variant, false), (archive.Variant, archive.IsThin));
        Assert.Equal(["a.o", LongName, "exactly-15-by.o", "a.o", "größe.o"], archive.Members.Select(member => member.Name));
        Assert.Equal(["1", "22", "333", "", "55555"], archive.Members.Select(member => Encoding.UTF8.GetString(member.Data.Span)));
        Assert.Equal([1000L, 1001, 1002, 1003, 1004], archive.Members.Select(member => member.ModificationTime));
        Assert.All(archive.Members, member =>
        {
            Assert.Equal((7, 8, 0b110_100_100), (member.Uid, member.Gid, member.Mode));
            Assert.Equal(member.Size, member.Data.Length);
            Assert.Null(member.NestedOffset);
        });
        Assert.Equal("größe.o", Encoding.UTF8.GetString(archive.Members[4].NameBytes));
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public void The_index_leads_to_the_members(ArVariant variant, ArIndexKind kind, bool bigEndian)
    {
        ArArchive archive = ArArchive.Parse(Sample(variant, kind, bigEndian).Bytes);

        if (kind == ArIndexKind.None)
        {
            Assert.Null(archive.Index);
            return;
        }

        ArSymbolIndex index = Assert.IsType<ArSymbolIndex>(archive.Index);
        Assert.Equal(kind == ArIndexKind.Wide, index.Is64Bit);
        Assert.Equal(["one", "uno", "two", "vijf"], index.Select(entry => entry.Symbol));
        Assert.Equal([archive.Members[0], archive.Members[0], archive.Members[1], archive.Members[4]],
            index.Select(entry => archive.MemberAt(entry.MemberOffset)));
    }

    [Fact]
    public void An_archive_without_members_is_empty()
    {
        ArArchive archive = ArArchive.Parse("!<arch>\n"u8.ToArray());

        Assert.Empty(archive.Members);
        Assert.Null(archive.Index);
        Assert.Equal(ArVariant.Unknown, archive.Variant);
    }

    [Theory]
    [MemberData(nameof(AllForms))]
    public void An_archive_with_nothing_but_an_index_is_empty(ArVariant variant, ArIndexKind kind, bool bigEndian)
    {
        ArArchive archive = ArArchive.Parse(new ArWriter(variant) { Index = kind, BigEndianIndex = bigEndian }.Write().Bytes);

        Assert.Empty(archive.Members);
        Assert.Equal(kind == ArIndexKind.None ? null : 0, archive.Index?.Count);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "")]
    [InlineData(true, "\n")]
    [InlineData(true, "\0\0\0\0")]
    [InlineData(true, "\n\n\n\n\n\n\n")]
    public void Odd_padding_at_the_end_is_no_member(bool padLast, string trailer)
    {
        ArWriter writer = new(ArVariant.Gnu) { PadLast = padLast, Trailer = Encoding.ASCII.GetBytes(trailer) };
        ArArchive archive = ArArchive.Parse(writer.Add("odd.o", [1, 2, 3]).Write().Bytes);

        Assert.Equal([1, 2, 3], Assert.Single(archive.Members).Data.ToArray());
    }

    [Theory]
    [InlineData(ArVariant.Gnu)]
    [InlineData(ArVariant.Bsd)]
    public void Names_with_folders_are_kept_as_they_are(ArVariant variant)
    {
        string[] names = ["../x.o", "dir/sub/y.o", "/usr/lib/an/absolute/name.o", "with blank.o", "a/../../../../../../../etc/passwd"];
        ArWriter writer = new(variant);
        foreach (string name in names)
        {
            writer.Add(name, [1]);
        }

        Assert.Equal(names.Select(name => name), ArArchive.Parse(writer.Write().Bytes).Members.Select(member => member.Name));
    }

    [Fact]
    public void A_thin_archive_names_files_and_has_no_data()
    {
        ArWriter writer = new(ArVariant.Gnu) { IsThin = true, Index = ArIndexKind.Narrow };
        ArArchive archive = ArArchive.Parse(writer.Add("obj/a.o", new byte[99], "a").Add("../b.o", new byte[7], "b").Write().Bytes);

        Assert.True(archive.IsThin);
        Assert.Equal([("obj/a.o", 99L), ("../b.o", 7L)], archive.Members.Select(member => (member.Name, member.Size)));
        Assert.All(archive.Members, member => Assert.True(member.Data.IsEmpty));
        Assert.Equal(archive.Members, archive.Index!.Select(entry => archive.MemberAt(entry.MemberOffset)));
    }

    [Fact]
    public void A_thin_archive_may_name_a_member_of_another_archive()
    {
        BinaryImage image = new ArWriter(ArVariant.Gnu) { IsThin = true }.Add("lib/other.a", new byte[10]).Write();
        ArMember member = Assert.Single(ArArchive.Parse(image.With("ar_hdr[0].ar_name", "/0:68")).Members);

        Assert.Equal(("lib/other.a", 68L), (member.Name, member.NestedOffset));
    }

    [Fact]
    public void A_member_that_is_an_archive_can_be_read_in_its_turn()
    {
        byte[] inner = new ArWriter(ArVariant.Bsd).Add("inner.o", [1, 2]).Write().Bytes;
        ArMember outer = Assert.Single(ArArchive.Parse(new ArWriter(ArVariant.Gnu).Add("inner.a", inner).Write().Bytes).Members);

        Assert.True(ArArchive.IsArchive(outer.Data.Span));
        Assert.Equal("inner.o", Assert.Single(ArArchive.Parse(outer.Data).Members).Name);
    }

    [Fact]
    public void A_stale_index_leads_to_no_member()
    {
        BinaryImage image = Sample(ArVariant.Gnu, ArIndexKind.Narrow, bigEndian: true);
        ArArchive archive = ArArchive.Parse(image.With("index.offset[2]", 12345));

        Assert.Null(archive.MemberAt(archive.Index![2].MemberOffset));
        Assert.NotNull(archive.MemberAt(archive.Index![1].MemberOffset));
    }

    [Fact]
    public void A_bsd_index_may_have_a_long_name_of_its_own()
    {
        // Darwin's ranlib gives the index itself a #1/ name.
        BinaryImage image = new ArWriter(ArVariant.Bsd) { Index = ArIndexKind.Sorted }.Add("a.o", [1, 2], "sym").Write();
        byte[] named = image.With("index.ar_name", "#1/20");
        byte[] sized = new BinaryImage(named, image.Fields).With("index.ar_size", image.Value(image.Field("index.ar_size")) + 20);
        int start = image.Field("index.count").Offset;
        byte[] bytes = [.. sized[..start], .. "__.SYMDEF SORTED\0\0\0\0"u8, .. sized[start..]];

        ArArchive archive = ArArchive.Parse(bytes);

        Assert.Equal("sym", Assert.Single(archive.Index!).Symbol);
        Assert.Equal("a.o", Assert.Single(archive.Members).Name);
    }

    [Fact]
    public void Blank_fields_other_than_the_size_are_zero()
    {
        BinaryImage image = new ArWriter(ArVariant.Gnu).Add("a.o", [1, 2]).Write();
        byte[] bytes = image.Bytes;
        foreach (string field in (string[])["ar_date", "ar_uid", "ar_gid", "ar_mode"])
        {
            bytes = new BinaryImage(bytes, image.Fields).With($"ar_hdr[0].{field}", "");
        }

        ArMember member = Assert.Single(ArArchive.Parse(bytes).Members);
        Assert.Equal((0L, 0, 0, 0), (member.ModificationTime, member.Uid, member.Gid, member.Mode));
    }

    internal static BinaryImage Sample(ArVariant variant, ArIndexKind index, bool bigEndian) =>
        new ArWriter(variant) { Index = index, BigEndianIndex = bigEndian }
            .Add("a.o", "1"u8.ToArray(), "one", "uno")
            .Add(LongName, "22"u8.ToArray(), "two")
            .Add("exactly-15-by.o", "333"u8.ToArray())
            .Add("a.o", [])
            .Add("größe.o", "55555"u8.ToArray(), "vijf")
            .Write();
}
