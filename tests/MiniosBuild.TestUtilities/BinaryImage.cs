using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MiniosBuild.TestUtilities;

/// <summary>A file in memory, and where its fields are, so that a test can damage each of them.</summary>
public sealed class BinaryImage(byte[] bytes, IReadOnlyList<BinaryField> fields)
{
    public byte[] Bytes { get; } = bytes;

    public IReadOnlyList<BinaryField> Fields { get; } = fields;

    public BinaryField Field(string name) =>
        Fields.SingleOrDefault(field => field.Name == name)
        ?? throw new ArgumentException($"No field {name}; there are: {string.Join(' ', Fields.Select(field => field.Name))}");

    /// <summary>A copy in which that field holds <paramref name="value"/>, cut to the field's width.</summary>
    public byte[] With(string name, ulong value) => With(Field(name), value);

    /// <inheritdoc cref="With(string, ulong)"/>
    public byte[] With(BinaryField field, ulong value)
    {
        byte[] copy = [.. Bytes];
        Write(copy.AsSpan(field.Offset, field.Width), field.Kind, value);
        return copy;
    }

    /// <summary>A copy in which that text replaces the start of the field; the rest of it is blank.</summary>
    public byte[] With(string name, string text)
    {
        BinaryField field = Field(name);
        byte[] copy = [.. Bytes];
        Encoding.Latin1.GetBytes(text.PadRight(field.Width)[..field.Width]).CopyTo(copy.AsSpan(field.Offset));
        return copy;
    }

    /// <summary>The value that the field holds.</summary>
    public ulong Value(BinaryField field)
    {
        ReadOnlySpan<byte> bytes = Bytes.AsSpan(field.Offset, field.Width);
        if (field.Kind == BinaryFieldKind.Text)
        {
            return ulong.TryParse(Encoding.ASCII.GetString(bytes).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : 0;
        }

        ulong sum = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            sum = (sum << 8) | bytes[field.Kind == BinaryFieldKind.BigEndian ? index : bytes.Length - 1 - index];
        }

        return sum;
    }

    internal static void Write(Span<byte> bytes, BinaryFieldKind kind, ulong value)
    {
        if (kind == BinaryFieldKind.Text)
        {
            string digits = value.ToString(CultureInfo.InvariantCulture);
            Encoding.ASCII.GetBytes(digits.PadRight(bytes.Length)[..bytes.Length]).CopyTo(bytes);
            return;
        }

        Span<byte> wide = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(wide, value);
        wide[..bytes.Length].CopyTo(bytes);
        if (kind == BinaryFieldKind.BigEndian)
        {
            bytes.Reverse();
        }
    }
}
