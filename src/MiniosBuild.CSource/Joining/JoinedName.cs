namespace MiniosBuild.CSource.Joining;

/// <summary>A name that ## makes where headers are read.</summary>
/// <param name="Name">The name.</param>
/// <param name="Pieces">What it is made of, in order.</param>
/// <param name="Parameter">The parameter that stands first in the macro's text where the first piece was put in its place; null when a word stands there.</param>
public sealed record JoinedName(string Name, IReadOnlyList<JoinPiece> Pieces, JoinOperand? Parameter);

/// <summary>A part of a joined name.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Operand">The word of a header that it is; null for one of a header of others, or of no header.</param>
public readonly record struct JoinPiece(string Text, JoinOperand? Operand);

/// <summary>A word of a header's text that goes into joined names. Two are equal only if they are one object.</summary>
public sealed class JoinOperand(string place, int offset, string text)
{
    /// <summary>The place where the header is staged.</summary>
    public string Place { get; } = place;

    /// <summary>Where in the text, without a byte order mark, in bytes.</summary>
    public int Offset { get; } = offset;

    /// <summary>The word.</summary>
    public string Text { get; } = text;

    /// <summary>What else becomes of it.</summary>
    public JoinUses Uses { get; set; }
}

/// <summary>What becomes of an operand besides the names that are joined of it.</summary>
[Flags]
public enum JoinUses
{
    None = 0,

    /// <summary>A name by itself.</summary>
    Plain = 1,

    /// <summary>Text, by #.</summary>
    Text = 2,
}
