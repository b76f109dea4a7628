using System.Text;

namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>The functions of make on texts and file names that need nothing but their arguments.</summary>
internal static class MakefileFunctions
{
    public static string Join(IEnumerable<string> words) => string.Join(' ', words);

    public static string Each(string text, Func<string, string> function) => Join(MakefileText.Words(text).Select(function));

    public static string Substitute(string from, string to, string text) => from.Length == 0 ? text + to : text.Replace(from, to, StringComparison.Ordinal);

    public static string PatternSubstitute(string pattern, string replacement, string text)
    {
        MakefilePattern from = MakefilePattern.Parse(pattern), to = MakefilePattern.Parse(replacement);
        if (from.HasStem)
        {
            return Each(text, word => from.Stem(word) is { } stem ? to.With(stem) : word);
        }

        // Without a stem whole words are replaced, and the blanks between them stay.
        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length;)
        {
            int end = i;
            bool isSpace = MakefileText.IsSpace(text[i]);
            while (end < text.Length && MakefileText.IsSpace(text[end]) == isSpace)
            {
                end++;
            }

            string part = text[i..end];
            result.Append(part == from.Prefix ? to.Text : part);
            i = end;
        }

        return result.ToString();
    }

    public static string Filter(string patterns, string text, bool isIn)
    {
        var parsed = MakefileText.Words(patterns).Select(MakefilePattern.Parse).ToList();
        var whole = parsed.Where(p => !p.HasStem).Select(p => p.Prefix).ToHashSet(StringComparer.Ordinal);
        parsed.RemoveAll(p => !p.HasStem);
        return Join(MakefileText.Words(text).Where(word => (whole.Contains(word) || parsed.Exists(p => p.Stem(word) is not null)) == isIn));
    }

    public static string Sort(string text) => Join(MakefileText.Words(text).Distinct().Order(StringComparer.Ordinal));

    /// <summary>The words from one number to another, with the blanks between them as they are.</summary>
    public static string WordRange(string text, int first, int last)
    {
        int start = -1, end = -1;
        for (int i = 0, word = 0; i < text.Length && word <= last; i++)
        {
            if (!MakefileText.IsSpace(text[i]))
            {
                word += i == 0 || MakefileText.IsSpace(text[i - 1]) ? 1 : 0;
                start = word == first && start < 0 ? i : start;
                end = word <= last ? i + 1 : end;
            }
        }

        return start < 0 || end <= start ? "" : text[start..end];
    }

    public static string Folder(string word) => word.LastIndexOf('/') is var slash and >= 0 ? word[..(slash + 1)] : "./";

    public static string Name(string word) => word[(word.LastIndexOf('/') + 1)..];

    public static string Suffix(string word) => Dot(word) is var dot and >= 0 ? word[dot..] : "";

    public static string Base(string word) => Dot(word) is var dot and >= 0 ? word[..dot] : word;

    public static string JoinPairs(string first, string second)
    {
        string[] a = MakefileText.Words(first), b = MakefileText.Words(second);
        return Join(Enumerable.Range(0, Math.Max(a.Length, b.Length)).Select(i => (i < a.Length ? a[i] : "") + (i < b.Length ? b[i] : "")));
    }

    private static int Dot(string word) => word.LastIndexOf('.') is var dot && dot > word.LastIndexOf('/') ? dot : -1;
}

/// <summary>A pattern with one <c>%</c>; a backslash before it makes it an ordinary character.</summary>
internal sealed record MakefilePattern(string Prefix, string Suffix, bool HasStem)
{
    /// <summary>The pattern without the quoting.</summary>
    public string Text => HasStem ? $"{Prefix}%{Suffix}" : Prefix;

    public static MakefilePattern Parse(string pattern)
    {
        var prefix = new StringBuilder();
        int copied = 0;
        for (int i = pattern.IndexOf('%'); i >= 0; i = pattern.IndexOf('%', i + 1))
        {
            int backslashes = 0;
            while (i - backslashes > copied && pattern[i - backslashes - 1] == '\\')
            {
                backslashes++;
            }

            prefix.Append(pattern, copied, i - copied - backslashes).Append('\\', backslashes / 2);
            if (backslashes % 2 == 0)
            {
                return new(prefix.ToString(), pattern[(i + 1)..], true);
            }

            copied = i;
        }

        return new(prefix.Append(pattern, copied, pattern.Length - copied).ToString(), "", false);
    }

    /// <summary>What the <c>%</c> stands for in a word; null when the word does not match.</summary>
    public string? Stem(string word) =>
        word.Length >= Prefix.Length + Suffix.Length && word.StartsWith(Prefix, StringComparison.Ordinal) && word.EndsWith(Suffix, StringComparison.Ordinal)
            ? word[Prefix.Length..^Suffix.Length]
            : null;

    public string With(string stem) => HasStem ? Prefix + stem + Suffix : Prefix;
}
