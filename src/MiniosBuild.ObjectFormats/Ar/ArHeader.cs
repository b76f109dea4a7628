using System.Text;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>struct ar_hdr: 60 bytes of text before each member.</summary>
internal readonly struct ArHeader
{
    public const int Length = 60;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly long _offset;

    private ArHeader(ReadOnlyMemory<byte> bytes, long offset)
    {
        _bytes = bytes;
        _offset = offset;
    }

    /// <summary>ar_name, without the blanks that pad it.</summary>
    public ReadOnlyMemory<byte> Name => _bytes[..16].TrimEnd((byte)' ');

    public long ModificationTime => Number(16, 12, 10, "ar_date", mayBeBlank: true);

    public int Uid => (int)Number(28, 6, 10, "ar_uid", mayBeBlank: true);

    public int Gid => (int)Number(34, 6, 10, "ar_gid", mayBeBlank: true);

    public int Mode => (int)Number(40, 8, 8, "ar_mode", mayBeBlank: true);

    public long Size => Number(48, 10, 10, "ar_size", mayBeBlank: false);

    public static ArHeader Read(ReadOnlyMemory<byte> data, long offset)
    {
        ReadOnlyMemory<byte> rest = data[(int)offset..];
        if (rest.Length < Length)
        {
            throw new ObjectFormatException(ArchiveCodes.MemberHeader, offset,
                $"a member header needs {Length} bytes, found {rest.Length} before the end; the archive is truncated: make it again");
        }

        ReadOnlySpan<byte> end = rest.Span[58..Length]; // ar_fmag
        if (!end.SequenceEqual("`\n"u8))
        {
            throw new ObjectFormatException(ArchiveCodes.MemberHeader, offset + 58,
                $"a member header ends with 60 0a, found {end[0]:x2} {end[1]:x2}; the archive is damaged: make it again");
        }

        return new ArHeader(rest[..Length], offset);
    }

    private long Number(int start, int width, int radix, string field, bool mayBeBlank)
    {
        ReadOnlySpan<byte> digits = _bytes.Span.Slice(start, width).Trim((byte)' ');
        if (digits.IsEmpty && mayBeBlank)
        {
            return 0;
        }

        return ArNumber.TryParse(digits, radix, out long value)
            ? value
            : throw new ObjectFormatException(ArchiveCodes.Number, _offset + start,
                $"{field} is \"{Encoding.ASCII.GetString(_bytes.Span.Slice(start, width))}\", expected a number of base {radix} padded with blanks; the archive is damaged: make it again");
    }
}
