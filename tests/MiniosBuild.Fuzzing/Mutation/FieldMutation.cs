using System.Globalization;
using System.Text;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.Fuzzing.Mutation;

/// <summary>Puts a number into a field that the seed knows: one at an edge, near its own, of another field, or text where digits belong.</summary>
internal static class FieldMutation
{
    private static readonly string[] s_texts = ["", " ", "-1", "0x10", "1 2", "/", "//", "/0", "#1/4", "#1/99999", "/SYM64/", "__.SYMDEF", "99999999999999999999", "\0"];

    public static void Apply(byte[] input, Seed seed, FuzzRandom random)
    {
        BinaryField field = random.Pick(seed.Fields);
        BinaryImage image = new(input, seed.Fields);
        if (field.Kind == BinaryFieldKind.Text && random.OneIn(3))
        {
            Encoding.Latin1.GetBytes(random.Pick(s_texts).PadRight(field.Width)[..field.Width]).CopyTo(input.AsSpan(field.Offset));
            return;
        }

        ulong value = image.Value(field);
        ulong size = (ulong)input.Length;
        ulong changed = random.Below(14) switch
        {
            0 => 0,
            1 => 1,
            2 => ulong.MaxValue,
            3 => ulong.MaxValue >> 1,
            4 => size + (ulong)random.Below(3) - 1,
            5 => value + 1,
            6 => value - 1,
            7 => value * 2,
            8 => value + size,
            9 => 1ul << random.Below(field.Width * 8 > 64 ? 64 : field.Width * 8),
            10 => image.Value(random.Pick(seed.Fields)),
            11 => (ulong)random.Below(64),
            12 => ulong.MaxValue - (ulong)random.Below(0x200),
            _ => value ^ (1ul << random.Below(16)),
        };
        Write(input.AsSpan(field.Offset, field.Width), field.Kind, changed);
    }

    private static void Write(Span<byte> bytes, BinaryFieldKind kind, ulong value)
    {
        if (kind == BinaryFieldKind.Text)
        {
            string digits = value.ToString(CultureInfo.InvariantCulture).PadRight(bytes.Length);
            Encoding.ASCII.GetBytes(digits.AsSpan(0, bytes.Length), bytes);
            return;
        }

        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[kind == BinaryFieldKind.BigEndian ? bytes.Length - 1 - index : index] = (byte)value;
            value >>= 8;
        }
    }
}
