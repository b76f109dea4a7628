using System.Numerics;

namespace MiniosBuild.ObjectFormats;

/// <summary>What one element of a text may be, in a pattern: all but the star.</summary>
/// <typeparam name="T">A byte or a character.</typeparam>
public interface IPatternPart<T>
{
    /// <summary>How many elements at the beginning of a pattern, which is not empty, stand for one of a text; 0 if they do not stand for that one.</summary>
    static abstract int Fits(ReadOnlySpan<T> pattern, T element);
}

/// <summary>Matches whole texts with patterns in which a star stands for any text.</summary>
public static class Wildcards
{
    /// <summary>
    /// Goes back only to the last star, which is enough: an earlier one could take no text that the last cannot. So no match takes longer than
    /// the pattern's length times the text's.
    /// </summary>
    public static bool Match<T, TPart>(ReadOnlySpan<T> pattern, ReadOnlySpan<T> text, T star)
        where T : unmanaged, IEqualityOperators<T, T, bool>, IEquatable<T>
        where TPart : IPatternPart<T>
    {
        int p = 0, n = 0, afterStar = -1, taken = 0;
        while (n < text.Length)
        {
            if (p < pattern.Length && pattern[p] == star)
            {
                afterStar = ++p;
                taken = n;
            }
            else if (p < pattern.Length && TPart.Fits(pattern[p..], text[n]) is > 0 and int length)
            {
                p += length;
                n++;
            }
            else if (afterStar >= 0)
            {
                p = afterStar;
                n = ++taken;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart(star).IsEmpty;
    }
}
