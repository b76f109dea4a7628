using System.Text;

namespace MiniosBuild.Fuzzing.Mutation;

/// <summary>Damage to a text by its tokens: words, numbers and marks for one another, lines twice, in another place or missing.</summary>
/// <param name="words">Words of the format.</param>
internal sealed class TextMutation(IReadOnlyList<string> words)
{
    private static readonly string[] s_numbers =
        ["0", "-1", "1", "2147483647", "2147483648", "-2147483649", "4294967296", "9223372036854775808", "1e999", "1.5", "00", "0x1", "99999999999999999999999"];

    private static readonly string[] s_marks =
        ["{", "}", "[", "]", "(", ")", ",", ":", ";", "\"", "'", "\\", "\n", "\r\n", "\t", "#", "*", "/", "/*", "//", "\\u0000", "\\ud800", "\0", "\u00e9", "<", ">", "$", "."];

    public byte[] Apply(byte[] input, FuzzRandom random) => random.Below(9) switch
    {
        0 or 1 => ReplaceToken(input, random, random.Pick(words)),
        2 => ReplaceToken(input, random, random.Pick(s_numbers)),
        3 => ReplaceToken(input, random, random.Pick(s_marks)),
        4 => ReplaceToken(input, random, Token(input, random)),
        5 => ReplaceToken(input, random, ""),
        6 => Insert(input, random, Nested(random)),
        7 => CopyLine(input, random),
        _ => DeleteLine(input, random),
    };

    private static byte[] ReplaceToken(byte[] input, FuzzRandom random, string text)
    {
        (int start, int end) = TokenAt(input, random);
        return [.. input.AsSpan(0, start), .. Encoding.UTF8.GetBytes(text), .. input.AsSpan(end)];
    }

    private static byte[] Insert(byte[] input, FuzzRandom random, string text)
    {
        int at = random.Below(input.Length + 1);
        return [.. input.AsSpan(0, at), .. Encoding.UTF8.GetBytes(text), .. input.AsSpan(at)];
    }

    /// <summary>One mark or word many times: what is read by recursion has to end somewhere.</summary>
    private string Nested(FuzzRandom random)
    {
        string unit = random.OneIn(4) ? random.Pick(words) : random.Pick(s_marks);
        return string.Concat(Enumerable.Repeat(unit, random.OneIn(16) ? 20_000 : 1 + random.Below(40)));
    }

    private static byte[] CopyLine(byte[] input, FuzzRandom random)
    {
        (int start, int end) = LineAt(input, random);
        (int at, _) = LineAt(input, random);
        return [.. input.AsSpan(0, at), .. input.AsSpan(start, end - start), .. input.AsSpan(at)];
    }

    private static byte[] DeleteLine(byte[] input, FuzzRandom random)
    {
        (int start, int end) = LineAt(input, random);
        return [.. input.AsSpan(0, start), .. input.AsSpan(end)];
    }

    private static string Token(byte[] input, FuzzRandom random)
    {
        (int start, int end) = TokenAt(input, random);
        return Encoding.UTF8.GetString(input, start, end - start);
    }

    private static (int Start, int End) TokenAt(byte[] input, FuzzRandom random)
    {
        int start = random.Below(input.Length + 1);
        if (start == input.Length || !IsWord(input[start]))
        {
            return (start, Math.Min(start + 1, input.Length));
        }

        int end = start;
        while (start > 0 && IsWord(input[start - 1]))
        {
            start--;
        }

        while (end < input.Length && IsWord(input[end]))
        {
            end++;
        }

        return (start, end);
    }

    private static (int Start, int End) LineAt(byte[] input, FuzzRandom random)
    {
        int at = random.Below(input.Length + 1);
        int start = at == 0 ? 0 : input.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        int length = input.AsSpan(at).IndexOf((byte)'\n');
        return (start, length < 0 ? input.Length : at + length + 1);
    }

    private static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or >= 0x80;
}
