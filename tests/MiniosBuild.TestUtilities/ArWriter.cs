using System.Text;
using MiniosBuild.ObjectFormats.Ar;

namespace MiniosBuild.TestUtilities;

/// <summary>Writes archives in memory, after the conventions of GNU or BSD.</summary>
public sealed class ArWriter(ArVariant variant)
{
    private const int HeaderLength = 60;
    private readonly List<Entry> _entries = [];

    public bool IsThin { get; init; }

    public ArIndexKind Index { get; init; }

    /// <summary>The byte order of a BSD index; GNU's is always big endian.</summary>
    public bool BigEndianIndex { get; init; }

    /// <summary>Whether the last member gets the newline that makes its size even.</summary>
    public bool PadLast { get; init; } = true;

    /// <summary>Bytes after the last member.</summary>
    public byte[] Trailer { get; init; } = [];

    /// <param name="name">As it shall be read back.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="symbols">The names that the index has for it.</param>
    public ArWriter Add(string name, byte[] data, params string[] symbols)
    {
        _entries.Add(new Entry(name, data, symbols));
        return this;
    }

    public BinaryImage Write()
    {
        (byte[] longNames, Dictionary<string, int> nameOffsets) = LongNames();
        int position = 8 + (Index == ArIndexKind.None ? 0 : HeaderLength + Even(IndexSize));
        position += longNames.Length == 0 ? 0 : HeaderLength + Even(longNames.Length);
        List<long> headers = [];
        foreach (Entry entry in _entries)
        {
            headers.Add(position);
            position += HeaderLength + (IsThin ? 0 : Even(NameInData(entry.Name).Length + entry.Data.Length));
        }

        BinaryImageBuilder file = new();
        file.Bytes(IsThin ? "!<thin>\n"u8 : "!<arch>\n"u8);
        if (Index != ArIndexKind.None)
        {
            Header(file, "index", IndexName, IndexSize, date: 0, mode: 0);
            WriteIndex(file, headers);
            file.Align(2, (byte)'\n');
        }

        if (longNames.Length > 0)
        {
            Header(file, "names", "//", longNames.Length, date: 0, mode: 0);
            file.Bytes(longNames);
            file.Align(2, (byte)'\n');
        }

        for (int index = 0; index < _entries.Count; index++)
        {
            Entry entry = _entries[index];
            byte[] inData = NameInData(entry.Name);
            string name = nameOffsets.TryGetValue(entry.Name, out int offset) ? $"/{offset}"
                : inData.Length > 0 ? $"#1/{inData.Length}"
                : variant == ArVariant.Gnu ? entry.Name + "/" : entry.Name;
            Header(file, $"ar_hdr[{index}]", name, inData.Length + entry.Data.Length, date: 1000 + index, mode: 644);
            if (!IsThin)
            {
                file.Bytes(inData);
                file.Bytes(entry.Data);
                if (PadLast || index < _entries.Count - 1)
                {
                    file.Align(2, (byte)'\n');
                }
            }
        }

        file.Bytes(Trailer);
        return file.Build();
    }

    private int Width => Index == ArIndexKind.Wide ? 8 : 4;

    private int SymbolCount => _entries.Sum(entry => entry.Symbols.Length);

    private int NamesSize => _entries.Sum(entry => entry.Symbols.Sum(symbol => Encoding.UTF8.GetByteCount(symbol) + 1));

    private int IndexSize => variant == ArVariant.Gnu
        ? Width + (SymbolCount * Width) + NamesSize
        : (2 * Width) + (SymbolCount * 2 * Width) + NamesSize;

    private string IndexName => (variant, Index) switch
    {
        (ArVariant.Gnu, ArIndexKind.Wide) => "/SYM64/",
        (ArVariant.Gnu, _) => "/",
        (_, ArIndexKind.Wide) => "__.SYMDEF_64",
        (_, ArIndexKind.Sorted) => "__.SYMDEF SORTED",
        _ => "__.SYMDEF",
    };

    private void WriteIndex(BinaryImageBuilder file, List<long> headers)
    {
        BinaryFieldKind kind = variant == ArVariant.Gnu || BigEndianIndex ? BinaryFieldKind.BigEndian : BinaryFieldKind.LittleEndian;
        (string Symbol, long Header)[] symbols =
            [.. _entries.SelectMany((entry, index) => entry.Symbols.Select(symbol => (symbol, headers[index])))];
        int name = 0;
        file.Field("index.count", Width, kind, (ulong)(variant == ArVariant.Gnu ? symbols.Length : symbols.Length * 2 * Width));
        for (int index = 0; index < symbols.Length; index++)
        {
            if (variant == ArVariant.Bsd)
            {
                file.Field($"index.ran_strx[{index}]", Width, kind, (ulong)name);
                name += Encoding.UTF8.GetByteCount(symbols[index].Symbol) + 1;
            }

            file.Field($"index.offset[{index}]", Width, kind, (ulong)symbols[index].Header);
        }

        if (variant == ArVariant.Bsd)
        {
            file.Field("index.names", Width, kind, (ulong)NamesSize);
        }

        foreach ((string symbol, _) in symbols)
        {
            file.Bytes(Encoding.UTF8.GetBytes(symbol + '\0'));
        }
    }

    /// <summary>The names that do not fit a header, for GNU; every name of a thin archive.</summary>
    private (byte[] Table, Dictionary<string, int> Offsets) LongNames()
    {
        List<byte> table = [];
        Dictionary<string, int> offsets = [];
        foreach (Entry entry in _entries)
        {
            bool isLong = IsThin || Encoding.UTF8.GetByteCount(entry.Name) > 15 || entry.Name.Contains('/');
            if (variant == ArVariant.Gnu && isLong && offsets.TryAdd(entry.Name, table.Count))
            {
                table.AddRange(Encoding.UTF8.GetBytes(entry.Name + "/\n"));
            }
        }

        return ([.. table], offsets);
    }

    /// <summary>A BSD name that does not fit a header, filled up as Darwin does it.</summary>
    private byte[] NameInData(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        if (variant != ArVariant.Bsd || (bytes.Length <= 16 && !name.Contains(' ')))
        {
            return [];
        }

        Array.Resize(ref bytes, (bytes.Length + 4) & ~3);
        return bytes;
    }

    private static void Header(BinaryImageBuilder file, string prefix, string name, int size, int date, int mode)
    {
        file.Text($"{prefix}.ar_name", 16, name);
        file.Field($"{prefix}.ar_date", 12, BinaryFieldKind.Text, (ulong)date);
        file.Field($"{prefix}.ar_uid", 6, BinaryFieldKind.Text, 7);
        file.Field($"{prefix}.ar_gid", 6, BinaryFieldKind.Text, 8);
        file.Field($"{prefix}.ar_mode", 8, BinaryFieldKind.Text, (ulong)mode);
        file.Field($"{prefix}.ar_size", 10, BinaryFieldKind.Text, (ulong)size);
        file.Text($"{prefix}.ar_fmag", 2, "`\n");
    }

    private static int Even(int size) => size + (size & 1);

    private sealed record Entry(string Name, byte[] Data, string[] Symbols);
}
