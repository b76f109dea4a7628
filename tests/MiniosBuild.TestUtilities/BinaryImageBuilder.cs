using System.Text;

namespace MiniosBuild.TestUtilities;

/// <summary>Appends fields and bytes, and notes where each field is.</summary>
internal sealed class BinaryImageBuilder
{
    private readonly List<byte> _bytes = [];
    private readonly List<BinaryField> _fields = [];

    public int Position => _bytes.Count;

    public void Field(string name, int width, BinaryFieldKind kind, ulong value)
    {
        _fields.Add(new BinaryField(name, Position, width, kind));
        Span<byte> bytes = stackalloc byte[width];
        BinaryImage.Write(bytes, kind, value);
        _bytes.AddRange(bytes);
    }

    public void Text(string name, int width, string value)
    {
        _fields.Add(new BinaryField(name, Position, width, BinaryFieldKind.Text));
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        _bytes.AddRange(bytes);
        _bytes.AddRange(Enumerable.Repeat((byte)' ', width - bytes.Length));
    }

    public void Bytes(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    public void Align(int alignment, byte fill = 0)
    {
        while (Position % alignment != 0)
        {
            _bytes.Add(fill);
        }
    }

    public BinaryImage Build() => new([.. _bytes], [.. _fields]);
}
