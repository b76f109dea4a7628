using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.UnitTests.ObjectFormats;

public sealed class ArDamageTests
{
    [Theory]
    [InlineData("ar_hdr[0].ar_fmag", "xx", "MINIOS2102")]
    [InlineData("ar_hdr[0].ar_size", "", "MINIOS2103")]
    [InlineData("ar_hdr[0].ar_size", "12x", "MINIOS2103")]
    [InlineData("ar_hdr[0].ar_size", "-1", "MINIOS2103")]
    [InlineData("ar_hdr[0].ar_size", "1 2", "MINIOS2103")]
    [InlineData("ar_hdr[0].ar_size", "0x10", "MINIOS2103")]
    [InlineData("ar_hdr[0].ar_mode", "888", "MINIOS2103")]
    [InlineData("ar_hdr[0].ar_date", "today", "MINIOS2103")]
    [InlineData("ar_hdr[4].ar_size", "100000", "MINIOS2104")]
    [InlineData("ar_hdr[4].ar_size", "9999999999", "MINIOS2104")]
    [InlineData("ar_hdr[1].ar_name", "/9999", "MINIOS2105")]
    [InlineData("ar_hdr[1].ar_name", "/123456789012345", "MINIOS2105")]
    [InlineData("ar_hdr[1].ar_name", "/x", "MINIOS2105")]
    [InlineData("ar_hdr[1].ar_name", "/0:8", "MINIOS2105")] // only thin archives have these
    [InlineData("ar_hdr[1].ar_name", "#1/", "MINIOS2105")]
    [InlineData("ar_hdr[1].ar_name", "#1/3", "MINIOS2105")] // the member has two bytes
    [InlineData("ar_hdr[1].ar_name", "//", "MINIOS2107")]
    [InlineData("index.ar_size", "2", "MINIOS2106")]
    public void Damaged_text_is_refused_with_its_code(string field, string text, string code)
    {
        byte[] bytes = ArReadingTests.Sample(ArVariant.Gnu, ArIndexKind.Narrow, bigEndian: true).With(field, text);

        ObjectFormatException e = Assert.Throws<ObjectFormatException>(() => ArArchive.Parse(bytes));

        Assert.Equal(code, e.Code);
        Assert.Equal(code, Damage.ReadArchive(bytes));
    }

    [Theory]
    [InlineData(ArVariant.Gnu, ArIndexKind.Narrow, "index.count", 0xffffffff)]
    [InlineData(ArVariant.Gnu, ArIndexKind.Narrow, "index.count", 5)]
    [InlineData(ArVariant.Gnu, ArIndexKind.Wide, "index.count", ulong.MaxValue)]
    [InlineData(ArVariant.Bsd, ArIndexKind.Narrow, "index.count", 7)]
    [InlineData(ArVariant.Bsd, ArIndexKind.Narrow, "index.count", 0x7ffffff8)]
    [InlineData(ArVariant.Bsd, ArIndexKind.Narrow, "index.names", 0xffffffff)]
    [InlineData(ArVariant.Bsd, ArIndexKind.Narrow, "index.ran_strx[1]", 17)]
    [InlineData(ArVariant.Bsd, ArIndexKind.Wide, "index.names", ulong.MaxValue)]
    [InlineData(ArVariant.Bsd, ArIndexKind.Wide, "index.ran_strx[0]", ulong.MaxValue)]
    public void A_damaged_index_is_refused(ArVariant variant, ArIndexKind kind, string field, ulong value)
    {
        byte[] bytes = ArReadingTests.Sample(variant, kind, bigEndian: false).With(field, value);

        Assert.Equal("MINIOS2106", Damage.ReadArchive(bytes));
    }

    [Fact]
    public void The_offset_of_a_refusal_is_that_of_the_field_at_fault()
    {
        BinaryImage image = ArReadingTests.Sample(ArVariant.Gnu, ArIndexKind.Narrow, bigEndian: true);

        long Offset(string field, string text) => Assert.Throws<ObjectFormatException>(() => ArArchive.Parse(image.With(field, text))).Offset;

        Assert.Equal(image.Field("ar_hdr[2].ar_size").Offset, Offset("ar_hdr[2].ar_size", "?"));
        Assert.Equal(image.Field("ar_hdr[2].ar_uid").Offset, Offset("ar_hdr[2].ar_uid", "?"));
        Assert.Equal(image.Field("ar_hdr[2].ar_fmag").Offset, Offset("ar_hdr[2].ar_fmag", "?"));
        Assert.Equal(image.Field("ar_hdr[2].ar_name").Offset, Offset("ar_hdr[2].ar_name", "/?"));
    }

    [Fact]
    public void Every_field_of_every_form_can_hold_any_value()
    {
        int refused = 0;
        int accepted = 0;
        foreach (BinaryImage image in Images())
        {
            ulong size = (ulong)image.Bytes.Length;
            foreach (BinaryField field in image.Fields)
            {
                ulong value = image.Value(field);
                foreach (ulong other in (ulong[])[0, 1, ulong.MaxValue, int.MaxValue, size, size + 1, value + 1, value - 1])
                {
                    _ = Damage.ReadArchive(image.With(field, other)) is null ? accepted++ : refused++;
                }
            }
        }

        Assert.InRange(refused, 300, int.MaxValue);
        Assert.InRange(accepted, 300, int.MaxValue);
    }

    [Fact]
    public void Archives_cut_anywhere_are_read_or_refused()
    {
        foreach (BinaryImage image in Images())
        {
            for (int length = 0; length < image.Bytes.Length; length++)
            {
                string? code = Damage.ReadArchive(image.Bytes[..length]);
                if (length < 8)
                {
                    Assert.Equal("MINIOS2101", code);
                }
            }
        }
    }

    [Fact]
    public void Mutated_archives_are_read_or_refused()
    {
        Random random = new(20261);
        BinaryImage[] images = [.. Images()];
        int refused = 0;
        for (int round = 0; round < 40_000; round++)
        {
            byte[] bytes = [.. images[round % images.Length].Bytes];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(4) switch
                {
                    0 => (byte)('0' + random.Next(10)),
                    1 => (byte)"/ #:\n`"[random.Next(6)],
                    2 => 0xff,
                    _ => (byte)random.Next(256),
                };
            }

            refused += Damage.ReadArchive(bytes) is null ? 0 : 1;
        }

        Assert.InRange(refused, 4000, 39_000);
    }

    [Fact]
    public void A_member_header_cut_short_is_refused()
    {
        byte[] bytes = new ArWriter(ArVariant.Gnu) { Trailer = "b.o/     "u8.ToArray() }.Add("a.o", [1, 2]).Write().Bytes;

        Assert.Equal("MINIOS2102", Damage.ReadArchive(bytes));
    }

    [Fact]
    public void A_header_of_nothing_but_fill_bytes_is_refused()
    {
        byte[] bytes = new ArWriter(ArVariant.Gnu) { Trailer = new byte[60] }.Add("a.o", [1, 2]).Write().Bytes;

        Assert.Equal("MINIOS2102", Damage.ReadArchive(bytes));
    }

    [Fact]
    public void A_second_index_is_refused()
    {
        BinaryImage image = ArReadingTests.Sample(ArVariant.Gnu, ArIndexKind.Narrow, bigEndian: true);
        int end = image.Field("names.ar_name").Offset;

        Assert.Equal("MINIOS2107", Damage.ReadArchive([.. image.Bytes[..end], .. image.Bytes[8..]]));
    }

    [Fact]
    public void Names_that_overlap_do_not_multiply_the_work()
    {
        // Many members may name the same table: a name longer than any path is not looked through to its end.
        StringBuilder text = new("!<arch>\n");
        text.Append($"{"//",-16}{"",-32}{200_000,-10}`\n").Append('x', 199_998).Append("/\n");
        text.Append($"{"/0",-16}{"",-32}{0,-10}`\n");

        Assert.Equal("MINIOS2105", Damage.ReadArchive(Encoding.ASCII.GetBytes(text.ToString())));
    }

    [Fact]
    public void A_thin_archive_has_no_bsd_names()
    {
        BinaryImage image = new ArWriter(ArVariant.Gnu) { IsThin = true }.Add("a.o", [1]).Write();

        Assert.Equal("MINIOS2105", Damage.ReadArchive(image.With("ar_hdr[0].ar_name", "#1/3")));
        Assert.Equal("MINIOS2105", Damage.ReadArchive(image.With("ar_hdr[0].ar_name", "/0:")));
    }

    [Theory]
    [InlineData("", "no bytes at all")]
    [InlineData("7f454c46", "7f454c46")]
    public void What_is_no_archive_is_told(string hex, string found)
    {
        ObjectFormatException e = Assert.Throws<ObjectFormatException>(() => ArArchive.Parse(Convert.FromHexString(hex)));

        Assert.Equal(("MINIOS2101", 0L), (e.Code, e.Offset));
        Assert.Contains(found, e.Message);
    }

    private static IEnumerable<BinaryImage> Images() =>
        from variant in (ArVariant[])[ArVariant.Gnu, ArVariant.Bsd]
        from index in Enum.GetValues<ArIndexKind>()
        from image in (BinaryImage[])
        [
            ArReadingTests.Sample(variant, index, bigEndian: false),
            ArReadingTests.Sample(variant, index, bigEndian: true),
            new ArWriter(ArVariant.Gnu) { IsThin = true, Index = index }.Add("dir/a.o", [1, 2, 3], "a").Add("b.a", [4], "b", "c").Write(),
        ]
        select image;
}
