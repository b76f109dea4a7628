using System.Text;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>Walks the member headers of one archive.</summary>
internal sealed class ArReader(ReadOnlyMemory<byte> data)
{
    // PATH_MAX and its terminator: no file has a longer name, and a table without newlines is not searched to its end for each member.
    internal const int LongestName = 4098;

    private readonly List<ArMember> _members = [];
    private ArVariant _variant;
    private ArSymbolIndex? _index;
    private ReadOnlyMemory<byte>? _longNames;
    private bool _isThin;

    public static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    public static ReadOnlySpan<byte> ThinMagic => "!<thin>\n"u8;

    public ArArchive Read()
    {
        ReadOnlySpan<byte> bytes = data.Span;
        if (!ArArchive.IsArchive(bytes))
        {
            string found = bytes.IsEmpty ? "no bytes at all" : Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, Magic.Length)]);
            throw new ObjectFormatException(ArchiveCodes.NotAnArchive, 0, $"expected an archive (\"!<arch>\\n\" or \"!<thin>\\n\"), found {found}");
        }

        _isThin = bytes.StartsWith(ThinMagic);
        long offset = Magic.Length;
        while (offset < bytes.Length && !IsPadding(bytes[(int)offset..]))
        {
            offset = ReadMember(offset);
        }

        return new ArArchive(_isThin, _variant, _members, _index);
    }

    /// <summary>Some tools fill the end up, and some leave out the last newline: less than a header of fill bytes is no member.</summary>
    private static bool IsPadding(ReadOnlySpan<byte> rest) =>
        rest.Length < ArHeader.Length && rest.IndexOfAnyExcept((byte)'\n', (byte)0) < 0;

    /// <returns>Where the next header starts.</returns>
    private long ReadMember(long offset)
    {
        ArHeader header = ArHeader.Read(data, offset);
        ReadOnlySpan<byte> name = header.Name.Span;
        long start = offset + ArHeader.Length;
        long size = header.Size;
        bool isSpecial = name.SequenceEqual("/"u8) || name.SequenceEqual("//"u8) || name.SequenceEqual("/SYM64/"u8);
        if (_isThin && !isSpecial)
        {
            if (name.StartsWith("#1/"u8))
            {
                throw BadName(offset, "a thin archive has no BSD long names, which lie in the member's data");
            }

            (ReadOnlyMemory<byte> file, long? nested) = name.StartsWith("/"u8) ? LongName(name[1..], offset) : (ShortName(header.Name), null);
            Add(header, file, offset, start, size, default, nested);
            return start;
        }

        ReadOnlyMemory<byte> content = ByteBounds.Slice(data, (ulong)start, (ulong)size, ArchiveCodes.BeyondEnd, offset + 48, "the member");
        if (isSpecial)
        {
            ReadSpecial(name, content, offset);
        }
        else if (name.StartsWith("/"u8))
        {
            Add(header, LongName(name[1..], offset).Name, offset, start, size, content);
        }
        else if (name.StartsWith("#1/"u8))
        {
            ReadBsd(header, offset, content);
        }
        else if (BsdIndex(name) is bool is64Bit)
        {
            SetIndex(ArSymbolIndex.ReadBsd(content, is64Bit, start), ArVariant.Bsd, offset);
        }
        else
        {
            Add(header, ShortName(header.Name), offset, start, size, content);
        }

        return start + size + (size & 1); // data is padded to an even size
    }

    private void ReadSpecial(ReadOnlySpan<byte> name, ReadOnlyMemory<byte> content, long offset)
    {
        if (name.SequenceEqual("//"u8))
        {
            if (_longNames is not null)
            {
                throw new ObjectFormatException(ArchiveCodes.SpecialTwice, offset, "a second table of long names (//), expected one; make the archive again");
            }

            Show(ArVariant.Gnu);
            _longNames = content;
        }
        else
        {
            SetIndex(ArSymbolIndex.ReadGnu(content, name.Length > 1, offset + ArHeader.Length), ArVariant.Gnu, offset);
        }
    }

    /// <summary>#1/LENGTH: the name is the first LENGTH bytes of the data, filled up with NUL.</summary>
    private void ReadBsd(ArHeader header, long offset, ReadOnlyMemory<byte> content)
    {
        if (!ArNumber.TryParse(header.Name.Span[3..], 10, out long length) || length > content.Length)
        {
            throw BadName(offset, $"#1/ is followed by the length of the name, at most the member's 0x{content.Length:x} bytes");
        }

        ReadOnlyMemory<byte> name = content[..(int)length];
        int end = name.Span.IndexOf((byte)0);
        name = end < 0 ? name : name[..end];
        ReadOnlyMemory<byte> rest = content[(int)length..];
        long start = offset + ArHeader.Length + length;
        if (BsdIndex(name.Span) is bool is64Bit)
        {
            SetIndex(ArSymbolIndex.ReadBsd(rest, is64Bit, start), ArVariant.Bsd, offset);
            return;
        }

        Show(ArVariant.Bsd);
        Add(header, name, offset, start, rest.Length, rest);
    }

    /// <summary>A name of up to 16 bytes in the header itself; System V ends it with '/', BSD does not.</summary>
    private ReadOnlyMemory<byte> ShortName(ReadOnlyMemory<byte> name)
    {
        Show(EndsWithSlash(name) ? ArVariant.Gnu : ArVariant.Bsd);
        return EndsWithSlash(name) ? name[..^1] : name;
    }

    /// <summary>/OFFSET into the table of long names; in thin archives /OFFSET:NESTED for a member of the archive of that name.</summary>
    private (ReadOnlyMemory<byte> Name, long? Nested) LongName(ReadOnlySpan<byte> reference, long offset)
    {
        int colon = _isThin ? reference.IndexOf((byte)':') : -1;
        long nested = 0;
        if (!ArNumber.TryParse(colon < 0 ? reference : reference[..colon], 10, out long at)
            || (colon >= 0 && !ArNumber.TryParse(reference[(colon + 1)..], 10, out nested)))
        {
            throw BadName(offset, $"\"/{Encoding.ASCII.GetString(reference)}\" is neither a reference to a long name nor a special member that is known");
        }

        if (_longNames is not { } table || at >= table.Length)
        {
            throw BadName(offset, $"it refers to a long name at 0x{at:x}, but the table of long names has 0x{_longNames?.Length ?? 0:x} bytes");
        }

        // Each name ends with "/\n"; it may hold '/' itself, so that the newline is what ends it.
        ReadOnlyMemory<byte> name = table[(int)at..];
        int end = name.Span[..Math.Min(name.Length, LongestName)].IndexOf((byte)'\n');
        if (end < 0)
        {
            throw BadName(offset, $"the long name at 0x{at:x} does not end with a newline within {LongestName} bytes");
        }

        name = name[..end];
        Show(ArVariant.Gnu);
        return (EndsWithSlash(name) ? name[..^1] : name, colon < 0 ? null : nested);
    }

    private static bool EndsWithSlash(ReadOnlyMemory<byte> name) => name.Span.EndsWith("/"u8);

    /// <returns>Whether the index that has this name is a 64-bit one; null when it is no name of an index.</returns>
    private static bool? BsdIndex(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("__.SYMDEF"u8) || name.SequenceEqual("__.SYMDEF SORTED"u8) ? false
        : name.SequenceEqual("__.SYMDEF_64"u8) || name.SequenceEqual("__.SYMDEF_64 SORTED"u8) ? true
        : null;

    private void SetIndex(ArSymbolIndex index, ArVariant variant, long offset)
    {
        if (_index is not null)
        {
            throw new ObjectFormatException(ArchiveCodes.SpecialTwice, offset, "a second symbol index, expected one; make the archive again with GNU or LLVM ar");
        }

        Show(variant);
        _index = index;
    }

    private void Show(ArVariant variant)
    {
        if (_variant == ArVariant.Unknown)
        {
            _variant = variant;
        }
    }

    private void Add(
        ArHeader header, ReadOnlyMemory<byte> name, long offset, long start, long size, ReadOnlyMemory<byte> content, long? nested = null) =>
        _members.Add(new ArMember(name)
        {
            HeaderOffset = offset,
            DataOffset = start,
            Size = size,
            Data = content,
            NestedOffset = nested,
            ModificationTime = header.ModificationTime,
            Uid = header.Uid,
            Gid = header.Gid,
            Mode = header.Mode,
        });

    private static ObjectFormatException BadName(long offset, string what) =>
        new(ArchiveCodes.MemberName, offset, $"the member's name is malformed: {what}; the archive is damaged: make it again");
}
