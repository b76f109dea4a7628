using System.Buffers.Text;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>Writes struct ar_hdr. Every number was checked by <see cref="Require"/> before the archive was laid out.</summary>
internal static class ArHeaderText
{
    public const int NameLength = 16;

    private const long LargestTime = 999_999_999_999; // ar_date has 12 digits
    private const int LargestOwner = 999_999; // ar_uid and ar_gid 6
    private const int LargestMode = 0xffffff; // ar_mode 8 octal ones
    private const long LargestSize = 9_999_999_999; // ar_size 10

    /// <exception cref="ObjectFormatException">MINIOS2109, MINIOS2110: the header has too few digits for a number of the member.</exception>
    public static void Require(ArNewMember member)
    {
        if (member.Size is < 0 or > LargestSize)
        {
            throw new ObjectFormatException(ArchiveCodes.TooLarge, 0,
                $"a member of {member.Size} bytes does not fit an archive, whose headers have 10 digits for it; leave it out or divide it");
        }

        RequireDigits("ar_date", member.ModificationTime, LargestTime);
        RequireDigits("ar_uid", member.Uid, LargestOwner);
        RequireDigits("ar_gid", member.Gid, LargestOwner);
        RequireDigits("ar_mode", member.Mode, LargestMode);
    }

    public static void Write(Span<byte> header, ReadOnlySpan<byte> name, long time, int uid, int gid, int mode, long size)
    {
        Blank(header);
        name.CopyTo(header); // ar_name
        Utf8Formatter.TryFormat(time, header[16..28], out _); // ar_date
        Utf8Formatter.TryFormat(uid, header[28..34], out _); // ar_uid
        Utf8Formatter.TryFormat(gid, header[34..40], out _); // ar_gid
        WriteOctal(header[40..48], mode); // ar_mode
        Utf8Formatter.TryFormat(size, header[48..58], out _); // ar_size
    }

    /// <summary>The header of <c>//</c> has a size and nothing else.</summary>
    public static void WriteLongNames(Span<byte> header, long size)
    {
        Blank(header);
        "//"u8.CopyTo(header);
        Utf8Formatter.TryFormat(size, header[48..58], out _);
    }

    private static void Blank(Span<byte> header)
    {
        header[..58].Fill((byte)' ');
        "`\n"u8.CopyTo(header[58..]); // ar_fmag
    }

    private static void WriteOctal(Span<byte> field, int value)
    {
        int digits = 1;
        while (value >> (3 * digits) != 0)
        {
            digits++;
        }

        for (int index = digits - 1; index >= 0; index--, value >>= 3)
        {
            field[index] = (byte)('0' + (value & 7));
        }
    }

    private static void RequireDigits(string field, long value, long largest)
    {
        if (value < 0 || value > largest)
        {
            throw new ObjectFormatException(ArchiveCodes.CannotBeHeld, 0, $"{field} would be {value}, expected 0 to {largest}; ask for a deterministic archive, which has none");
        }
    }
}
