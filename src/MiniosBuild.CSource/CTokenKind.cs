namespace MiniosBuild.CSource;

/// <summary>What a <see cref="CToken"/> is.</summary>
public enum CTokenKind : byte
{
    /// <summary>White space within a line, and line ends that a backslash takes away.</summary>
    Blank,

    /// <summary>The end of a line, LF or CRLF.</summary>
    LineEnd,

    /// <summary>A comment of either form.</summary>
    Comment,

    /// <summary>The mark that begins a directive.</summary>
    Hash,

    /// <summary>An identifier or keyword.</summary>
    Word,

    /// <summary>A preprocessing number.</summary>
    Number,

    /// <summary>A string literal with prefix and quotes.</summary>
    Text,

    /// <summary>A character constant with prefix and quotes.</summary>
    Character,

    /// <summary>The header name of #include and the like, with its delimiters.</summary>
    HeaderName,

    /// <summary>Punctuation, or a character that C has no use for.</summary>
    Mark,
}
