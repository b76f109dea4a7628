namespace MiniosBuild.CSource.Names;

/// <summary>The words for kinds of names in files and messages.</summary>
public static class HeaderNameKinds
{
    private static readonly string[] Words = ["macro", "function-macro", "function", "variable", "typedef", "tag", "enumerator"];

    /// <summary>The kind's word in files: <c>function-macro</c>.</summary>
    public static string Word(this HeaderNameKind kind) => Words[(int)kind];

    /// <summary>The kind in a sentence; both forms of macros are macros.</summary>
    public static string Text(this HeaderNameKind kind) => kind == HeaderNameKind.FunctionMacro ? "macro" : kind.Word();

    /// <summary>Whether the preprocessor replaces the name.</summary>
    public static bool IsMacro(this HeaderNameKind kind) => kind is HeaderNameKind.Macro or HeaderNameKind.FunctionMacro;

    /// <summary>The name space that it lives in.</summary>
    public static NameSpace Space(this HeaderNameKind kind) =>
        kind.IsMacro() ? NameSpace.Macro : kind == HeaderNameKind.Tag ? NameSpace.Tag : NameSpace.Ordinary;

    /// <summary>The kind that a word of a file stands for; null when it stands for none.</summary>
    public static HeaderNameKind? Parse(string word) => Array.IndexOf(Words, word) is >= 0 and int kind ? (HeaderNameKind)kind : null;
}
