using System.Buffers.Binary;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>
/// Lays an archive out in the format of GNU ar: the index in <c>/</c> (or <c>/SYM64/</c>, where offsets need more than 32 bits), long
/// names in <c>//</c>, then the members, each at an even offset. Where everything goes is known before any byte is written, so that
/// members may be written in any order, into a buffer or a file. The same members give the same bytes.
/// </summary>
public sealed class ArArchiveWriter
{
    private readonly IReadOnlyList<ArNewMember> _members;
    private readonly ArLongNames _longNames;
    private readonly long[] _offsets;
    private readonly bool _hasIndex;
    private readonly bool _isWide;
    private readonly long _indexCount;
    private readonly long _indexNamesSize;

    /// <param name="members">The members in their order.</param>
    /// <param name="withIndex">Whether there is a symbol index, which may well be empty; GNU ar makes one if any member is an object.</param>
    /// <param name="wideIndex">Whether the index is a 64-bit one even where 32 bits would do, as some machines have it.</param>
    /// <exception cref="ObjectFormatException">MINIOS2109: too large for the format; MINIOS2110: a name or number that it cannot hold.</exception>
    public ArArchiveWriter(IReadOnlyList<ArNewMember> members, bool withIndex, bool wideIndex = false)
    {
        _members = members;
        _hasIndex = withIndex;
        foreach (ArNewMember member in members)
        {
            _indexCount += member.IndexNames.Count;
            _indexNamesSize += member.IndexNames.Text.Length;
        }

        _longNames = new ArLongNames(members);
        _offsets = new long[members.Count + 1];
        _isWide = wideIndex;
        long lastIndexed = LayOut();
        if (withIndex && !wideIndex && lastIndexed > uint.MaxValue)
        {
            _isWide = true;
            LayOut();
        }
    }

    /// <summary>The size of the archive in bytes.</summary>
    public long Size => _offsets[^1];

    /// <summary>The size in bytes of what comes before the first member.</summary>
    public int HeadSize => (int)_offsets[0];

    /// <summary>Where a member's header starts.</summary>
    public long HeaderOffset(int member) => _offsets[member];

    /// <summary>Where a member's data starts; what follows it up to the next header is padding.</summary>
    public long DataOffset(int member) => _offsets[member] + ArHeader.Length;

    /// <summary>Where a member ends, its padding included: the next one's header, or the end of the archive.</summary>
    public long End(int member) => _offsets[member + 1];

    /// <summary>Writes the first <see cref="HeadSize"/> bytes: the magic number, the index, the long names.</summary>
    public void WriteHead(Span<byte> destination)
    {
        ArReader.Magic.CopyTo(destination);
        Span<byte> rest = destination[ArReader.Magic.Length..HeadSize];
        if (_hasIndex)
        {
            ArHeaderText.Write(rest, _isWide ? "/SYM64/"u8 : "/"u8, 0, 0, 0, 0, IndexSize);
            WriteIndex(rest.Slice(ArHeader.Length, (int)IndexSize));
            rest = rest[(ArHeader.Length + (int)IndexSize)..];
        }

        if (_longNames.Size > 0)
        {
            ArHeaderText.WriteLongNames(rest, _longNames.Size);
            _longNames.WriteTo(rest[ArHeader.Length..]);
        }
    }

    /// <summary>Writes what surrounds the data of a member of less than 2 GiB: its header at the start, its padding at the end.</summary>
    /// <param name="member">Its place.</param>
    /// <param name="destination">From <see cref="HeaderOffset"/> to <see cref="End"/>.</param>
    /// <returns>Where its data belongs.</returns>
    public Span<byte> Frame(int member, Span<byte> destination)
    {
        ArNewMember what = _members[member];
        Span<byte> name = stackalloc byte[ArHeaderText.NameLength];
        ArHeaderText.Write(
            destination, _longNames.HeaderName(member, name), what.ModificationTime, what.Uid, what.Gid, what.Mode, what.Size);
        int size = (int)what.Size;
        if ((size & 1) != 0)
        {
            destination[ArHeader.Length + size] = (byte)'\n';
        }

        return destination.Slice(ArHeader.Length, size);
    }

    // The offsets of the index are 4 or 8 bytes wide; names are filled up with NUL, to which the size counts.
    private long IndexSize => _isWide
        ? (8 + (_indexCount * 8) + _indexNamesSize + 7) & ~7L
        : (4 + (_indexCount * 4) + _indexNamesSize + 1) & ~1L;

    /// <returns>The largest offset that the index has to hold.</returns>
    private long LayOut()
    {
        long position = ArReader.Magic.Length
            + (_hasIndex ? ArHeader.Length + IndexSize : 0)
            + (_longNames.Size > 0 ? ArHeader.Length + _longNames.Size : 0);
        if (position > Array.MaxLength)
        {
            throw new ObjectFormatException(ArchiveCodes.TooLarge, 0,
                $"the index and the long names would need 0x{position:x} bytes, at most 0x{Array.MaxLength:x} are supported; divide the archive");
        }

        long lastIndexed = 0;
        for (int index = 0; index < _members.Count; index++)
        {
            _offsets[index] = position;
            if (_members[index].IndexNames.Count > 0)
            {
                lastIndexed = position;
            }

            position += ArHeader.Length + _members[index].Size + (_members[index].Size & 1);
        }

        _offsets[^1] = position;
        return lastIndexed;
    }

    private void WriteIndex(Span<byte> destination)
    {
        int width = _isWide ? 8 : 4;
        WriteNumber(destination, _indexCount);
        Span<byte> offsets = destination[width..];
        Span<byte> names = destination[(width * (1 + (int)_indexCount))..];
        for (int member = 0; member < _members.Count; member++)
        {
            ArIndexNames added = _members[member].IndexNames;
            for (int index = 0; index < added.Count; index++)
            {
                WriteNumber(offsets, _offsets[member]);
                offsets = offsets[width..];
            }

            added.Text.Span.CopyTo(names);
            names = names[added.Text.Length..];
        }

        names.Clear();
    }

    private void WriteNumber(Span<byte> field, long value)
    {
        if (_isWide)
        {
            BinaryPrimitives.WriteInt64BigEndian(field, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32BigEndian(field, (uint)value);
        }
    }
}
