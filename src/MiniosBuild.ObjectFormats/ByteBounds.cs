namespace MiniosBuild.ObjectFormats;

/// <summary>The one place where a range named by a file is checked against the bytes that are there.</summary>
internal static class ByteBounds
{
    /// <summary>Whether <paramref name="size"/> bytes at <paramref name="offset"/> lie within <paramref name="length"/>; the sum cannot wrap.</summary>
    public static bool Contains(int length, ulong offset, ulong size) =>
        offset <= (ulong)length && size <= (ulong)length - offset;

    /// <summary>
    /// The bytes at [offset, offset + size). The message names what they are (<paramref name="what"/>) and points at the field that
    /// leads to them (<paramref name="where"/>).
    /// </summary>
    /// <exception cref="ObjectFormatException">The range is not within the data.</exception>
    public static ReadOnlyMemory<byte> Slice(
        ReadOnlyMemory<byte> data, ulong offset, ulong size, string code, long where, string what) =>
        Contains(data.Length, offset, size)
            ? data.Slice((int)offset, (int)size)
            : throw new ObjectFormatException(code, where,
                $"{what} needs 0x{size:x} bytes at 0x{offset:x}, but the data ends at 0x{data.Length:x}; the file is truncated or damaged: make it again");
}
