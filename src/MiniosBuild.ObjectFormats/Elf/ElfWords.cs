using System.Buffers.Binary;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Single fields at the start of a span, read and written in a file's byte order.</summary>
internal static class ElfWords
{
    /// <summary>Elf32_Half, Elf64_Half</summary>
    public static ushort Half(ReadOnlySpan<byte> field, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field);

    /// <summary>Elf32_Word, Elf64_Word</summary>
    public static uint Word(ReadOnlySpan<byte> field, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);

    public static void SetHalf(Span<byte> field, bool isBig, ushort value)
    {
        if (isBig)
        {
            BinaryPrimitives.WriteUInt16BigEndian(field, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16LittleEndian(field, value);
        }
    }

    public static void SetWord(Span<byte> field, bool isBig, uint value)
    {
        if (isBig)
        {
            BinaryPrimitives.WriteUInt32BigEndian(field, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        }
    }

    /// <summary>A field that is 4 bytes wide in ELF32 and 8 in ELF64.</summary>
    public static void SetNative(Span<byte> field, ElfFormat format, ulong value)
    {
        if (!format.Is64)
        {
            SetWord(field, format.IsBig, (uint)value);
        }
        else if (format.IsBig)
        {
            BinaryPrimitives.WriteUInt64BigEndian(field, value);
        }
        else
        {
            BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        }
    }
}
