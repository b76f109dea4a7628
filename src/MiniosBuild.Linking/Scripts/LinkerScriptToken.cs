namespace MiniosBuild.Linking.Scripts;

/// <summary>What a part of a linker script is.</summary>
internal enum LinkerScriptTokenKind
{
    /// <summary>A symbol, section, file or number; a quoted name without its quotes.</summary>
    Word,

    /// <summary>Punctuation, or an operator of up to three characters.</summary>
    Mark,

    End,
}

/// <summary>One part of a linker script.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; a quoted name without its quotes.</param>
/// <param name="Path">The script that it stands in, which may be an included one.</param>
/// <param name="Line">1-based line in there.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
internal readonly record struct LinkerScriptToken(LinkerScriptTokenKind Kind, string Text, string Path, int Line, bool IsQuoted)
{
    public bool Is(string mark) => Kind == LinkerScriptTokenKind.Mark && Text == mark;

    public bool IsWord(string word) => Kind == LinkerScriptTokenKind.Word && !IsQuoted && Text == word;

    /// <summary>Whether it gives a symbol a value: =, and the operators that end with it.</summary>
    public bool IsAssignment => Kind == LinkerScriptTokenKind.Mark && Text is "=" or "+=" or "-=" or "*=" or "/=" or "<<=" or ">>=" or "&=" or "|=" or "^=";

    /// <summary>Whether it can be the name of a symbol: no number, and not the location counter or a section that begins with a dot.</summary>
    public bool IsSymbol => Kind == LinkerScriptTokenKind.Word && Text.Length > 0 && (IsQuoted || !(char.IsAsciiDigit(Text[0]) || Text[0] is '.' or '/' or '$' or '*' or '?' or '['));
}
