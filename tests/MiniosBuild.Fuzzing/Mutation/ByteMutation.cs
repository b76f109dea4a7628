namespace MiniosBuild.Fuzzing.Mutation;

/// <summary>Damage that knows nothing of the format.</summary>
internal static class ByteMutation
{
    private const int LongestBlock = 512;
    private static readonly byte[] s_bytes = [0, 1, 0x7f, 0x80, 0xff, (byte)'\n', (byte)' ', (byte)'/', (byte)'"', (byte)'\\', (byte)'0'];

    public static byte[] FlipBit(byte[] input, IReadOnlyList<(int Start, int Length)> hot, FuzzRandom random)
    {
        if (input.Length > 0)
        {
            input[Place(input, hot, random)] ^= (byte)(1 << random.Below(8));
        }

        return input;
    }

    public static byte[] SetByte(byte[] input, IReadOnlyList<(int Start, int Length)> hot, FuzzRandom random)
    {
        if (input.Length > 0)
        {
            input[Place(input, hot, random)] = random.OneIn(2) ? random.Pick(s_bytes) : (byte)random.Next();
        }

        return input;
    }

    /// <summary>All of 2, 4 or 8 bytes: too large, too small or small, in either byte order.</summary>
    public static byte[] SetNumber(byte[] input, IReadOnlyList<(int Start, int Length)> hot, FuzzRandom random)
    {
        int width = 2 << random.Below(3);
        if (input.Length < width)
        {
            return input;
        }

        Span<byte> field = input.AsSpan(Math.Min(Place(input, hot, random), input.Length - width), width);
        int kind = random.Below(4);
        field.Fill(kind < 2 ? (byte)0 : (byte)0xff);
        field[random.OneIn(2) ? 0 : width - 1] = kind % 2 == 0 ? (byte)random.Next() : (byte)0x7f;
        return input;
    }

    public static byte[] Truncate(byte[] input, FuzzRandom random) => input[..random.Below(input.Length + 1)];

    public static byte[] Delete(byte[] input, FuzzRandom random)
    {
        (int start, int length) = Block(input, random);
        return [.. input.AsSpan(0, start), .. input.AsSpan(start + length)];
    }

    public static byte[] Insert(byte[] input, FuzzRandom random)
    {
        int at = random.Below(input.Length + 1);
        byte[] block = new byte[1 + random.Below(64)];
        byte fill = random.Pick(s_bytes);
        bool isNoise = random.OneIn(2);
        for (int index = 0; index < block.Length; index++)
        {
            block[index] = isNoise ? (byte)random.Next() : fill;
        }

        return [.. input.AsSpan(0, at), .. block, .. input.AsSpan(at)];
    }

    /// <summary>One block over another place, or put in again there.</summary>
    public static byte[] CopyWithin(byte[] input, FuzzRandom random)
    {
        (int start, int length) = Block(input, random);
        int at = random.Below(input.Length + 1);
        if (random.OneIn(2))
        {
            return [.. input.AsSpan(0, at), .. input.AsSpan(start, length), .. input.AsSpan(at)];
        }

        length = Math.Min(length, input.Length - at);
        input.AsSpan(start, length).CopyTo(input.AsSpan(at));
        return input;
    }

    /// <summary>The start of one and the end of another.</summary>
    public static byte[] Splice(byte[] input, byte[] other, FuzzRandom random) =>
        [.. input.AsSpan(0, random.Below(input.Length + 1)), .. other.AsSpan(random.Below(other.Length + 1))];

    private static (int Start, int Length) Block(byte[] input, FuzzRandom random)
    {
        int start = random.Below(input.Length + 1);
        return (start, Math.Min(input.Length - start, random.Below(LongestBlock)));
    }

    private static int Place(byte[] input, IReadOnlyList<(int Start, int Length)> hot, FuzzRandom random)
    {
        if (hot.Count == 0 || random.OneIn(4))
        {
            return random.Below(input.Length);
        }

        (int start, int length) = random.Pick(hot);
        return Math.Min(start + random.Below(length), input.Length - 1);
    }
}
