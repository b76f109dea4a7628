namespace MiniosBuild.Namespaces;

/// <summary>One token of preprocessed C and the place that line markers give it.</summary>
internal readonly record struct CToken(CTokenKind Kind, string Text, DeclarationSite Site)
{
    /// <summary>Whether it is this punctuation character.</summary>
    public bool Is(char mark) => Kind == CTokenKind.Mark && Text[0] == mark;

    /// <summary>Whether it is this word.</summary>
    public bool Is(string word) => Kind == CTokenKind.Word && Text == word;
}
