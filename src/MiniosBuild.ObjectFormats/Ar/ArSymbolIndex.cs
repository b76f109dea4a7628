using System.Buffers.Binary;
using System.Collections;

namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>The table by which a linker finds the member that defines a symbol. It may be stale: nothing ties it to the members.</summary>
public sealed class ArSymbolIndex : IReadOnlyList<ArIndexEntry>
{
    private readonly ArIndexEntry[] _entries;

    private ArSymbolIndex(ArIndexEntry[] entries, bool is64Bit)
    {
        _entries = entries;
        Is64Bit = is64Bit;
    }

    /// <summary>Whether its offsets are 64 bits wide: /SYM64/ and __.SYMDEF_64.</summary>
    public bool Is64Bit { get; }

    public int Count => _entries.Length;

    public ArIndexEntry this[int index] => _entries[index];

    public IEnumerator<ArIndexEntry> GetEnumerator() => ((IEnumerable<ArIndexEntry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>
    /// System V: a count, that many member offsets, that many names, each ended by NUL. Always big endian. The data starts at
    /// <paramref name="at"/> in the archive.
    /// </summary>
    internal static ArSymbolIndex ReadGnu(ReadOnlyMemory<byte> data, bool is64Bit, long at)
    {
        int width = is64Bit ? 8 : 4;
        ReadOnlySpan<byte> bytes = data.Span;
        if (bytes.Length < width)
        {
            throw Malformed(at, $"its count needs {width} bytes, found {bytes.Length}");
        }

        ulong count = Offset(bytes, width, bigEndian: true);
        // An entry takes its offset and at least the NUL of its name.
        if (count > (ulong)(bytes.Length - width) / (ulong)(width + 1))
        {
            throw Malformed(at, $"it has 0x{bytes.Length:x} bytes, too few for 0x{count:x} symbols");
        }

        ArIndexEntry[] entries = new ArIndexEntry[(int)count];
        int name = width + (entries.Length * width);
        for (int index = 0; index < entries.Length; index++)
        {
            int length = bytes[name..].IndexOf((byte)0);
            if (length < 0)
            {
                throw Malformed(at + name, $"the name of symbol {index} does not end with a NUL byte");
            }

            entries[index] = new ArIndexEntry(
                data.Slice(name, length + 1), MemberOffset(bytes[(width + (index * width))..], width, bigEndian: true));
            name += length + 1;
        }

        return new ArSymbolIndex(entries, is64Bit);
    }

    /// <summary>
    /// BSD: the size in bytes of the array of struct ranlib (ran_strx, ran_off), the array, the size of the names, the names. The byte
    /// order is that of the machine that wrote it, and nothing says which: the one in which the sizes fit is taken, little endian first.
    /// </summary>
    internal static ArSymbolIndex ReadBsd(ReadOnlyMemory<byte> data, bool is64Bit, long at)
    {
        int width = is64Bit ? 8 : 4;
        ReadOnlySpan<byte> bytes = data.Span;
        foreach (bool bigEndian in (ReadOnlySpan<bool>)[false, true])
        {
            if (BsdLayout(bytes, width, bigEndian) is not (int arraySize, int namesSize))
            {
                continue;
            }

            int names = width + arraySize + width;
            int end = bytes.Slice(names, namesSize).LastIndexOf((byte)0);
            ArIndexEntry[] entries = new ArIndexEntry[arraySize / (2 * width)];
            for (int index = 0; index < entries.Length; index++)
            {
                int ranlib = width + (index * 2 * width);
                ulong name = Offset(bytes[ranlib..], width, bigEndian); // ran_strx
                if (end < 0 || name > (ulong)end)
                {
                    throw Malformed(at + ranlib, $"the name of symbol {index} at 0x{name:x} does not end within its 0x{namesSize:x} bytes of names");
                }

                entries[index] = new ArIndexEntry(
                    data.Slice(names + (int)name, end + 1 - (int)name), MemberOffset(bytes[(ranlib + width)..], width, bigEndian)); // ran_off
            }

            return new ArSymbolIndex(entries, is64Bit);
        }

        throw Malformed(at, $"its sizes do not fit the 0x{bytes.Length:x} bytes that it has, in either byte order");
    }

    private static (int ArraySize, int NamesSize)? BsdLayout(ReadOnlySpan<byte> bytes, int width, bool bigEndian)
    {
        if (bytes.Length < 2 * width)
        {
            return null;
        }

        ulong arraySize = Offset(bytes, width, bigEndian);
        if (arraySize > (ulong)(bytes.Length - (2 * width)) || arraySize % (ulong)(2 * width) != 0)
        {
            return null;
        }

        ulong namesSize = Offset(bytes[(width + (int)arraySize)..], width, bigEndian);
        return namesSize > (ulong)(bytes.Length - (2 * width)) - arraySize ? null : ((int)arraySize, (int)namesSize);
    }

    private static long MemberOffset(ReadOnlySpan<byte> field, int width, bool bigEndian) =>
        // An offset beyond 2^63 leads nowhere, as does any other that is no member's.
        (long)Math.Min(Offset(field, width, bigEndian), long.MaxValue);

    private static ulong Offset(ReadOnlySpan<byte> field, int width, bool bigEndian) => (width, bigEndian) switch
    {
        (8, true) => BinaryPrimitives.ReadUInt64BigEndian(field),
        (8, false) => BinaryPrimitives.ReadUInt64LittleEndian(field),
        (_, true) => BinaryPrimitives.ReadUInt32BigEndian(field),
        (_, false) => BinaryPrimitives.ReadUInt32LittleEndian(field),
    };

    private static ObjectFormatException Malformed(long at, string what) =>
        new(ArchiveCodes.SymbolIndex, at, $"the symbol index is malformed: {what}; run ranlib on the archive or make it again");
}
