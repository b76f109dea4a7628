namespace MiniosBuild.Policy;

/// <summary>A name with wildcards: <c>*</c> for any bytes, <c>?</c> for one.</summary>
internal sealed class NamePattern(byte[] pattern)
{
    /// <summary>What every name begins with that matches.</summary>
    public ReadOnlySpan<byte> Literal => pattern.AsSpan(0, Math.Max(0, pattern.AsSpan().IndexOfAny((byte)'*', (byte)'?')));

    public bool IsMatch(ReadOnlySpan<byte> name)
    {
        // The last '*' takes as little as possible, and a byte more each time that the rest does not fit: it never needs an earlier one.
        int at = 0, star = -1, resume = 0;
        int i = 0;
        while (i < name.Length)
        {
            if (at < pattern.Length && pattern[at] == (byte)'*')
            {
                star = at++;
                resume = i;
            }
            else if (at < pattern.Length && (pattern[at] == (byte)'?' || pattern[at] == name[i]))
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                i = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == (byte)'*')
        {
            at++;
        }

        return at == pattern.Length;
    }
}
