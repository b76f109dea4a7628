namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>Numbers written in digits, as member headers have them: at most 15 digits, so that nothing overflows.</summary>
internal static class ArNumber
{
    public static bool TryParse(ReadOnlySpan<byte> digits, int radix, out long value)
    {
        value = 0;
        if (digits.IsEmpty || digits.Length > 15)
        {
            return false;
        }

        foreach (byte digit in digits)
        {
            int number = digit - '0';
            if (number < 0 || number >= radix)
            {
                return false;
            }

            value = (value * radix) + number;
        }

        return true;
    }
}
