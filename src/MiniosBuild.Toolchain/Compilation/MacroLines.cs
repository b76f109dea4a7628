namespace MiniosBuild.Toolchain.Compilation;

/// <summary>The directives that preprocessed text keeps (GCC manual, -dD): each at the start of a line, with one blank.</summary>
internal static class MacroLines
{
    /// <summary>What follows a directive, for each line that is one.</summary>
    public static IEnumerable<string> Of(string text, string directive)
    {
        for (int at = text.StartsWith(directive, StringComparison.Ordinal) ? 0 : Next(0); at >= 0; at = Next(at))
        {
            int start = at + directive.Length, end = text.IndexOf('\n', start);
            yield return text[start..(end < 0 ? text.Length : end)];
        }

        int Next(int from) => text.IndexOf("\n" + directive, from, StringComparison.Ordinal) is >= 0 and int found ? found + 1 : -1;
    }

    /// <summary>The names of macros after <c>#define</c> or <c>#undef</c>.</summary>
    public static IReadOnlyList<string> Names(string text, string directive) =>
        [.. Of(text, directive).Select(line => line.AsSpan().IndexOfAny(' ', '(') is >= 0 and int end ? line[..end] : line.TrimEnd('\r'))];
}
