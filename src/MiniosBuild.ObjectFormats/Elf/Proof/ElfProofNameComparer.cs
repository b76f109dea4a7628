namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Names are equal when their bytes are.</summary>
internal sealed class ElfProofNameComparer : IEqualityComparer<ReadOnlyMemory<byte>>
{
    public static readonly ElfProofNameComparer Instance = new();

    public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

    public int GetHashCode(ReadOnlyMemory<byte> name)
    {
        // FNV-1a over words
        uint hash = 2166136261;
        ReadOnlySpan<byte> bytes = name.Span;
        for (; bytes.Length >= sizeof(uint); bytes = bytes[sizeof(uint)..])
        {
            hash = (hash ^ BitConverter.ToUInt32(bytes)) * 16777619;
            hash ^= hash >> 15;
        }

        foreach (byte letter in bytes)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return (int)hash;
    }
}
