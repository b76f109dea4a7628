namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>
/// Paths as makefiles are given them. No make takes a folder whose name has a blank, and others of the characters that it or a shell splits texts at; so
/// that such a tree can be read all the same, characters of the private use area, which no makefile has, stand for them.
/// </summary>
internal static class MakefilePath
{
    private const string Special = " \t#$%:;=,~&|<>()[]{}*?!\\'\"`";
    private const char First = '\uf700';

    /// <summary>A path in which make sees no more than letters.</summary>
    public static string Hide(string path) => path.AsSpan().IndexOfAny(Special) < 0 ? path : string.Concat(path.Select(c => Special.Contains(c) ? (char)(First + c) : c));

    /// <summary>A text with such paths as it would be without.</summary>
    public static string Show(string text) => text.AsSpan().IndexOfAnyInRange(First, (char)(First + 127)) < 0 ? text : string.Concat(text.Select(c => c >= First && c < First + 128 ? (char)(c - First) : c));
}
