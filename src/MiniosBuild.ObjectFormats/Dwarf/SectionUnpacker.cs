using System.Buffers.Binary;
using System.IO.Compression;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Decompresses sections with SHF_COMPRESSED (gABI, Compression Header) and the .zdebug_ sections that came before.</summary>
internal static class SectionUnpacker
{
    private const uint Zlib = 1; // ELFCOMPRESS_ZLIB
    private const uint Zstd = 2; // ELFCOMPRESS_ZSTD
    private const int GnuHeaderSize = 12;
    // Deflate takes a bit for 258 bytes and a bit for their distance: nothing shrinks more than 1032 times.
    private const ulong LargestRatio = 1032;

    /// <exception cref="ObjectFormatException">MINIOS2206: damaged; MINIOS2207: compressed in a way that cannot be read here.</exception>
    public static byte[] Unpack(ElfFile file, in ElfSection section)
    {
        ReadOnlySpan<byte> packed = file.Contents(section.Index).Span;
        bool isGnu = (section.Flags & ElfSectionFlags.Compressed) == 0;
        int headerSize = isGnu ? GnuHeaderSize : file.Class == ElfClass.Elf64 ? 24 : 12;
        if (packed.Length < headerSize)
        {
            throw Damage(section, $"has 0x{packed.Length:x} bytes, but the header of a compressed section has 0x{headerSize:x}");
        }

        ulong size = isGnu ? GnuSize(section, packed) : HeaderSize(file, section, packed);
        ReadOnlySpan<byte> stream = packed[headerSize..];
        if (size > (ulong)Array.MaxLength || size > (ulong)stream.Length * LargestRatio)
        {
            throw Damage(section, $"says that it has 0x{size:x} bytes when decompressed, which 0x{stream.Length:x} bytes cannot hold");
        }

        return Inflate(section, stream, (int)size);
    }

    private static ulong GnuSize(in ElfSection section, ReadOnlySpan<byte> packed) => packed.StartsWith("ZLIB"u8)
        ? BinaryPrimitives.ReadUInt64BigEndian(packed[4..])
        : throw Damage(section, "is named as a compressed section, but does not start with \"ZLIB\"");

    private static ulong HeaderSize(ElfFile file, in ElfSection section, ReadOnlySpan<byte> packed)
    {
        ElfFieldReader fields = new(packed, new ElfFormat(file.Class, file.ByteOrder));
        uint type = fields.Word(); // ch_type
        if (type != Zlib)
        {
            throw new ObjectFormatException(DebugCodes.UnknownCompression, (long)section.Offset,
                $"{section.Name} is compressed with {(type == Zstd ? "zstd" : $"the method {type}")}, expected zlib (1); compile with -gz=zlib or -gz=none");
        }

        if (file.Class == ElfClass.Elf64)
        {
            _ = fields.Word(); // ch_reserved
        }

        return fields.Native(); // ch_size
    }

    private static byte[] Inflate(in ElfSection section, ReadOnlySpan<byte> stream, int size)
    {
        byte[] bytes = new byte[size];
        try
        {
            using ZLibStream inflater = new(new MemoryStream(stream.ToArray()), CompressionMode.Decompress);
            int read = inflater.ReadAtLeast(bytes, size, throwOnEndOfStream: false);
            return read == size && inflater.ReadByte() < 0
                ? bytes
                : throw Damage(section, $"should have 0x{size:x} bytes when decompressed, but has {(read < size ? $"0x{read:x}" : "more")}");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // The latter where the stream asks for a dictionary (RFC 1950, FDICT), which ELF has no place for.
            throw Damage(section, $"cannot be decompressed ({e.Message})");
        }
    }

    private static ObjectFormatException Damage(in ElfSection section, string what) =>
        new(DebugCodes.DamagedCompression, (long)section.Offset, $"{section.Name} {what}; compile the source again, or without -g");
}
