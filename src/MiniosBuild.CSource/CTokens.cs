namespace MiniosBuild.CSource;

/// <summary>A C text and its tokens.</summary>
/// <param name="text">The text.</param>
/// <param name="items">Its tokens, without a gap, and room behind them.</param>
/// <param name="count">How many tokens there are.</param>
/// <param name="words">The words in it.</param>
public sealed class CTokens(string text, CToken[] items, int count, CWords words)
{
    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>The words in it.</summary>
    public CWords Words { get; } = words;

    /// <summary>How many tokens there are.</summary>
    public int Count => count;

    /// <summary>A token.</summary>
    public ref readonly CToken this[int index] => ref items[index];

    /// <summary>A token as it is written, splices included.</summary>
    public ReadOnlySpan<char> Span(int index) => Text.AsSpan(items[index].Start, items[index].Length);

    /// <summary>A word's spelling.</summary>
    public string Word(int index) => Words[items[index].Value];

    /// <summary>The next token that means something, before an end; the end when there is none.</summary>
    public int Next(int index, int end)
    {
        do
        {
            index++;
        }
        while (index < end && items[index].IsTrivia);

        return Math.Min(index, end);
    }

    /// <summary>The token behind another where splices are gone: white space and comments count, since <c>f(x)</c> and <c>f (x)</c> differ behind #define.</summary>
    public int Beside(int index)
    {
        do
        {
            index++;
        }
        while (index < count && IsSplice(index));

        return index;
    }

    /// <summary>Whether white space or a comment stands in front of a token, splices passed over.</summary>
    public bool IsApart(int index)
    {
        do
        {
            index--;
        }
        while (index >= 0 && IsSplice(index));

        return index >= 0 && items[index].IsTrivia;
    }

    private bool IsSplice(int index) => items[index].Kind == CTokenKind.Blank && Span(index).IndexOfAnyExcept('\\', '\r', '\n') < 0;

    /// <summary>The end of the line that a token is in, as the preprocessor sees lines.</summary>
    public int LineEnd(int index)
    {
        while (index < count && items[index].Kind != CTokenKind.LineEnd)
        {
            index++;
        }

        return index;
    }
}

/// <summary>One token of a C text, white space and comments among them.</summary>
/// <param name="Start">Offset in the text.</param>
/// <param name="Length">Characters; those of all tokens together are the text.</param>
/// <param name="Value">A word's number in <see cref="CWords"/>, a mark's code (<see cref="CMark"/>); else 0.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct CToken(int Start, int Length, int Value, CTokenKind Kind)
{
    /// <summary>Whether it means nothing to the compiler.</summary>
    public bool IsTrivia => Kind <= CTokenKind.Comment;

    /// <summary>Where the next token starts.</summary>
    public int End => Start + Length;

    /// <summary>Whether it is this punctuation.</summary>
    public bool Is(int mark) => Kind == CTokenKind.Mark && Value == mark;
}

/// <summary>Codes of punctuation: its characters, the first in the lowest byte. Digraphs have the code of what they stand for.</summary>
public static class CMark
{
    public const int Arrow = '-' | ('>' << 8);
    public const int Paste = '#' | ('#' << 8);
    public const int Both = '&' | ('&' << 8);
    public const int Scope = ':' | (':' << 8);
    public const int Ellipsis = '.' | ('.' << 8) | ('.' << 16);
}
