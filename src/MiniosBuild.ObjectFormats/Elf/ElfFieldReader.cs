using System.Buffers.Binary;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Reads the fields of one structure in their order in the file.</summary>
internal ref struct ElfFieldReader(ReadOnlySpan<byte> structure, ElfFormat format)
{
    private readonly ReadOnlySpan<byte> _structure = structure;
    private readonly bool _big = format.IsBig;
    private readonly bool _wide = format.Is64;
    private int _position;

    /// <summary>unsigned char</summary>
    public byte Byte() => _structure[_position++];

    /// <summary>Elf32_Half, Elf64_Half</summary>
    public ushort Half()
    {
        ReadOnlySpan<byte> field = Take(2);
        return _big ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field);
    }

    /// <summary>Elf32_Word, Elf64_Word</summary>
    public uint Word()
    {
        ReadOnlySpan<byte> field = Take(4);
        return _big ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);
    }

    /// <summary>Elf64_Xword</summary>
    public ulong Xword()
    {
        ReadOnlySpan<byte> field = Take(8);
        return _big ? BinaryPrimitives.ReadUInt64BigEndian(field) : BinaryPrimitives.ReadUInt64LittleEndian(field);
    }

    /// <summary>A field that is 4 bytes wide in ELF32 and 8 in ELF64: addresses, offsets, sizes.</summary>
    public ulong Native() => _wide ? Xword() : Word();

    /// <summary>The same, signed: r_addend.</summary>
    public long SignedNative() => _wide ? (long)Xword() : (int)Word();

    private ReadOnlySpan<byte> Take(int size)
    {
        ReadOnlySpan<byte> field = _structure.Slice(_position, size);
        _position += size;
        return field;
    }
}
