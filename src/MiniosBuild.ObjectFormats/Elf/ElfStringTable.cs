using System.Text;

namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The bytes of an SHT_STRTAB section; names are made on demand.</summary>
internal sealed class ElfStringTable
{
    public static readonly ElfStringTable Empty = new(default);

    private readonly ReadOnlyMemory<byte> _bytes;

    private ElfStringTable(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    public uint Size => (uint)_bytes.Length;

    /// <summary>Takes a table whose last byte is NUL, so that every name in it ends within it.</summary>
    public static ElfStringTable Read(ReadOnlyMemory<byte> bytes, long offset, int sectionIndex)
    {
        if (!bytes.IsEmpty && bytes.Span[^1] != 0)
        {
            throw ElfDamage.At(ObjectCodes.NameOutside, offset + bytes.Length - 1,
                $"the string table in section {sectionIndex} does not end with a NUL byte");
        }

        return new ElfStringTable(bytes);
    }

    /// <summary>Whether a name may start there: gABI allows offset 0 even in an empty table.</summary>
    public bool Holds(uint offset) => offset < Size || offset == 0;

    /// <summary>The name at an offset that <see cref="Holds"/>, without its NUL.</summary>
    public ReadOnlySpan<byte> Bytes(uint offset)
    {
        if (offset >= Size)
        {
            return [];
        }

        ReadOnlySpan<byte> rest = _bytes.Span[(int)offset..];
        return rest[..rest.IndexOf((byte)0)];
    }

    /// <summary>Whether the name at an offset has any bytes.</summary>
    public bool HasBytes(uint offset) => offset < Size && _bytes.Span[(int)offset] != 0;

    /// <summary>Whether the bytes are anywhere in the table.</summary>
    public bool Contains(ReadOnlySpan<byte> bytes) => _bytes.Span.IndexOf(bytes) >= 0;

    public string Text(uint offset) => Encoding.UTF8.GetString(Bytes(offset));
}
