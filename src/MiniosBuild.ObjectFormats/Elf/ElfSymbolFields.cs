namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>The fields of raw symbol entries that a rewrite looks at, without decoding the others.</summary>
internal readonly ref struct ElfSymbolFields(ReadOnlySpan<byte> entries, ElfFormat format)
{
    private readonly ReadOnlySpan<byte> _entries = entries;
    private readonly bool _isBig = format.IsBig;
    private readonly int _size = format.SymbolSize;
    private readonly int _info = InfoOffset(format);

    public int Count => _entries.Length / _size;

    /// <summary>st_name; the field is the first of an entry in both classes.</summary>
    public uint Name(int index) => ElfWords.Word(_entries[(index * _size)..], _isBig);

    /// <summary>Whether the upper half of st_info is STB_LOCAL; the null symbol counts as local, whatever is in it.</summary>
    public bool IsLocal(int index) => index == 0 || _entries[(index * _size) + _info] >> 4 == 0;

    /// <summary>Where st_info is in an entry.</summary>
    public static int InfoOffset(ElfFormat format) => format.Is64 ? 4 : 12;
}
