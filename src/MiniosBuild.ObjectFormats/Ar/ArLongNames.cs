using System.Buffers.Text;
using System.Text;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>The table <c>//</c> of the names that do not fit a header, and what headers have instead.</summary>
internal sealed class ArLongNames
{
    private const int LongestShort = 15; // ar_name less the '/' that ends it
    private const int LargestTable = int.MaxValue / 2;

    private readonly IReadOnlyList<ArNewMember> _members;
    private readonly int[] _offsets;
    private readonly long _used;

    public ArLongNames(IReadOnlyList<ArNewMember> members)
    {
        _members = members;
        _offsets = new int[members.Count];
        for (int index = 0; index < members.Count; index++)
        {
            ArHeaderText.Require(members[index]);
            ReadOnlySpan<byte> name = members[index].Name.Span;
            _offsets[index] = -1;
            if (!IsShort(name))
            {
                Require(name);
                _offsets[index] = (int)_used;
                _used += name.Length + 2;
            }

            if (_used > LargestTable)
            {
                throw new ObjectFormatException(ArchiveCodes.TooLarge, 0, $"the table of long names would have more than 0x{_used:x} bytes; divide the archive");
            }
        }
    }

    /// <summary>The size of the table in bytes, its padding included; 0 when there is none.</summary>
    public long Size => _used + (_used & 1);

    public void WriteTo(Span<byte> destination)
    {
        for (int index = 0; index < _members.Count; index++)
        {
            if (_offsets[index] >= 0)
            {
                ReadOnlySpan<byte> name = _members[index].Name.Span;
                Span<byte> entry = destination[_offsets[index]..];
                name.CopyTo(entry);
                "/\n"u8.CopyTo(entry[name.Length..]);
            }
        }

        if ((_used & 1) != 0)
        {
            destination[(int)_used] = (byte)'\n';
        }
    }

    /// <summary>What ar_name holds for a member: <c>name/</c>, or <c>/offset</c>.</summary>
    public ReadOnlySpan<byte> HeaderName(int member, Span<byte> buffer)
    {
        int offset = _offsets[member];
        if (offset >= 0)
        {
            buffer[0] = (byte)'/';
            Utf8Formatter.TryFormat(offset, buffer[1..], out int digits);
            return buffer[..(1 + digits)];
        }

        ReadOnlySpan<byte> name = _members[member].Name.Span;
        name.CopyTo(buffer);
        buffer[name.Length] = (byte)'/';
        return buffer[..(name.Length + 1)];
    }

    /// <summary>A '/' would end a name in the header; one at its start would make it a special member's, as would no name at all.</summary>
    private static bool IsShort(ReadOnlySpan<byte> name) =>
        name.Length is > 0 and <= LongestShort && !name.Contains((byte)'/') && !name.Contains((byte)'\n');

    private static void Require(ReadOnlySpan<byte> name)
    {
        if (name.Contains((byte)'\n'))
        {
            throw new ObjectFormatException(ArchiveCodes.CannotBeHeld, 0,
                $"the name \"{Encoding.UTF8.GetString(name).ReplaceLineEndings("\\n")}\" holds a newline, which ends names in the table of long names; rename the member");
        }

        if (name.Length > ArReader.LongestName - 2)
        {
            throw new ObjectFormatException(ArchiveCodes.CannotBeHeld, 0,
                $"a member's name of {name.Length} bytes is longer than the {ArReader.LongestName - 2} of any file; rename the member");
        }
    }
}
