namespace MiniosBuild.Namespaces;

/// <summary>What a <see cref="CToken"/> is.</summary>
internal enum CTokenKind
{
    /// <summary>An identifier or keyword.</summary>
    Word,

    /// <summary>A string literal; the text is without prefix and quotes.</summary>
    Text,

    /// <summary>A number, a character constant or anything else without meaning here.</summary>
    Other,

    /// <summary>One punctuation character.</summary>
    Mark,
}
