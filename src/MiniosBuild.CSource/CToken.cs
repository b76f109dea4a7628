namespace MiniosBuild.CSource;

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
