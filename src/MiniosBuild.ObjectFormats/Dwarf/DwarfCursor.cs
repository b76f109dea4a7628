using System.Buffers.Binary;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Reads a debug section field by field; every read is checked against the end of what is read.</summary>
internal ref struct DwarfCursor
{
    private readonly DwarfSection _section;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <param name="section">The section.</param>
    /// <param name="position">Where the next read starts.</param>
    /// <param name="end">Where the part ends that may be read; not beyond the section.</param>
    public DwarfCursor(DwarfSection section, int position, int end)
    {
        _section = section;
        _bytes = section.Bytes[..end];
        _position = position;
    }

    public readonly DwarfSection Section => _section;

    public readonly int Position => _position;

    public readonly int End => _bytes.Length;

    public readonly bool IsAtEnd => _position >= _bytes.Length;

    public byte Byte() => _position < _bytes.Length ? _bytes[_position++] : throw Ends(1);

    public ushort Half()
    {
        ReadOnlySpan<byte> field = Take(sizeof(ushort));
        return _section.IsBig ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field);
    }

    /// <summary>Three bytes: the operand of DW_FORM_strx3 and DW_FORM_addrx3.</summary>
    public uint Triple()
    {
        ReadOnlySpan<byte> field = Take(3);
        return _section.IsBig
            ? (uint)((field[0] << 16) | (field[1] << 8) | field[2])
            : (uint)((field[2] << 16) | (field[1] << 8) | field[0]);
    }

    public uint Word()
    {
        ReadOnlySpan<byte> field = Take(sizeof(uint));
        return _section.IsBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);
    }

    public ulong Xword()
    {
        ReadOnlySpan<byte> field = Take(sizeof(ulong));
        return _section.IsBig ? BinaryPrimitives.ReadUInt64BigEndian(field) : BinaryPrimitives.ReadUInt64LittleEndian(field);
    }

    /// <summary>An offset or a length: 4 bytes in the 32-bit format, 8 in the 64-bit one (7.4).</summary>
    public ulong Offset(bool is64) => is64 ? Xword() : Word();

    /// <summary>A target address of 4 or 8 bytes.</summary>
    public ulong Address(int size) => size == 8 ? Xword() : Word();

    /// <summary>The length that starts a unit (7.2.2), and whether the unit is of the 64-bit format.</summary>
    /// <exception cref="ObjectFormatException">MINIOS2201: the unit is longer than what is left.</exception>
    public (int End, bool Is64) UnitLength()
    {
        int start = _position;
        ulong length = Word();
        bool is64 = length == 0xffffffff;
        if (is64)
        {
            length = Xword();
        }

        return length <= (ulong)(_bytes.Length - _position)
            ? (_position + (int)length, is64)
            : throw DwarfDamage.At(DebugCodes.EndsEarly, _section, start,
                $"the unit that starts here has a length of 0x{length:x}, but 0x{_bytes.Length - _position:x} bytes are left");
    }

    /// <summary>An unsigned LEB128 number (7.6); bits beyond 64 are dropped.</summary>
    public ulong Uleb()
    {
        ulong value = 0;
        int shift = 0;
        while (true)
        {
            byte next = Byte();
            if (shift < 64)
            {
                value |= (ulong)(next & 0x7f) << shift;
            }

            shift += 7;
            if (next < 0x80)
            {
                return value;
            }

            shift = Math.Min(shift, 64);
        }
    }

    /// <summary>A signed LEB128 number.</summary>
    public long Sleb()
    {
        long value = 0;
        int shift = 0;
        while (true)
        {
            byte next = Byte();
            if (shift < 64)
            {
                value |= (long)(next & 0x7f) << shift;
            }

            shift = Math.Min(shift + 7, 64);
            if (next < 0x80)
            {
                return shift < 64 && (next & 0x40) != 0 ? value | (-1L << shift) : value;
            }
        }
    }

    /// <summary>The bytes up to a NUL, which is skipped.</summary>
    public ReadOnlySpan<byte> Text()
    {
        ReadOnlySpan<byte> rest = _bytes[_position..];
        int length = rest.IndexOf((byte)0);
        if (length < 0)
        {
            throw DwarfDamage.At(DebugCodes.EndsEarly, _section, _position, "the string that starts here does not end with a NUL byte");
        }

        _position += length + 1;
        return rest[..length];
    }

    /// <summary>The bytes up to a NUL, or that many when there is none among them; nothing is skipped.</summary>
    public readonly ReadOnlySpan<byte> TextUpTo(int longest)
    {
        ReadOnlySpan<byte> rest = _bytes.Slice(_position, Math.Min(longest, _bytes.Length - _position));
        int length = rest.IndexOf((byte)0);
        return length < 0 ? rest : rest[..length];
    }

    /// <summary>Whether exactly those bytes and a NUL are here.</summary>
    public readonly bool IsText(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> rest = _bytes[_position..];
        return rest.Length > text.Length && rest[text.Length] == 0 && rest.StartsWith(text);
    }

    public void Skip(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _position))
        {
            throw Ends(count);
        }

        _position += (int)count;
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (_bytes.Length - _position < size)
        {
            throw Ends((ulong)size);
        }

        ReadOnlySpan<byte> field = _bytes.Slice(_position, size);
        _position += size;
        return field;
    }

    private readonly ObjectFormatException Ends(ulong size) => DwarfDamage.At(DebugCodes.EndsEarly, _section, _position,
        $"0x{size:x} bytes are needed here, but what they belong to ends at 0x{_bytes.Length:x}");
}
