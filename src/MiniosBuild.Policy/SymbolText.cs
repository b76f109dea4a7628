namespace MiniosBuild.Policy;

/// <summary>The spelling of symbol names.</summary>
public static class SymbolText
{
    /// <summary>An identifier of C, in ASCII.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>A character that compilers and assemblers put in symbol names.</summary>
    public static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '$';
}
