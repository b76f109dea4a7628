using System.Text;

namespace MiniosBuild.Toolchain.Trees.Makefiles;

/// <summary>The form of a makefile's text: lines that go on, comments, references and assignments. Nothing is expanded here.</summary>
internal static class MakefileText
{
    /// <summary>The characters that separate words.</summary>
    public static char[] Spaces { get; } = [' ', '\t', '\n', '\v', '\f', '\r'];

    /// <summary>Whether a character separates words.</summary>
    public static bool IsSpace(char c) => c is ' ' or (>= '\t' and <= '\r');

    public static bool IsBlank(char c) => c is ' ' or '\t';

    /// <summary>The words of a text.</summary>
    public static string[] Words(string text) => text.Split(Spaces, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines, those that end in a backslash together with what goes on, and the numbers at which they begin.</summary>
    public static List<(string Text, int Line)> Lines(string text)
    {
        var lines = new List<(string, int)>();
        int start = 0, line = 1;
        while (start < text.Length)
        {
            int end = start, first = line;
            while (true)
            {
                end = text.IndexOf('\n', end);
                if (end < 0)
                {
                    end = text.Length;
                    break;
                }

                line++;
                int backslashes = 0;
                while (end - backslashes > start && text[end - backslashes - 1] == '\\')
                {
                    backslashes++;
                }

                if (backslashes % 2 == 0)
                {
                    break;
                }

                end++;
            }

            lines.Add((text[start..Math.Min(end, text.Length)], first));
            start = end + 1;
        }

        return lines;
    }

    /// <summary>Makes one line of several: a backslash, the end of its line and the blanks around them are one space.</summary>
    public static string Collapse(string line)
    {
        int newline = line.IndexOf('\n');
        if (newline < 0)
        {
            return line;
        }

        var result = new StringBuilder(line.Length);
        int at = 0;
        for (; newline >= 0; newline = line.IndexOf('\n', at))
        {
            int backslashes = 0;
            while (newline - backslashes > 0 && line[newline - backslashes - 1] == '\\')
            {
                backslashes++;
            }

            int text = newline - backslashes;
            if (text > at)
            {
                result.Append(line, at, text - at);
            }

            result.Append('\\', backslashes / 2);
            at = newline + 1;
            if (backslashes % 2 == 0)
            {
                result.Append('\n');
                continue;
            }

            while (at < line.Length && IsBlank(line[at]))
            {
                at++;
            }

            while (result.Length > 0 && IsBlank(result[^1]))
            {
                result.Length--;
            }

            result.Append(' ');
        }

        return result.Append(line, at, line.Length - at).ToString();
    }

    /// <summary>Takes away a comment; <c>\#</c> is a number sign, and one within a reference is the reference's.</summary>
    public static string RemoveComment(string line) => line.Contains('#') ? Cut(line, "#").Before : line;

    /// <summary>Splits at the first of some characters that is neither quoted by a backslash nor within a reference.</summary>
    /// <returns>What is before it, the quoting backslashes gone; the character, or NUL if there is none; and what is behind it.</returns>
    public static (string Before, char Found, string After) Cut(string text, string characters)
    {
        var before = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '$')
            {
                i = AfterReference(text, i) - 1;
            }
            else if (characters.Contains(text[i]))
            {
                int backslashes = 0;
                while (i - backslashes > copied && text[i - backslashes - 1] == '\\')
                {
                    backslashes++;
                }

                before.Append(text, copied, i - copied - backslashes).Append('\\', backslashes / 2);
                if (backslashes % 2 == 0)
                {
                    return (before.ToString(), text[i], text[(i + 1)..]);
                }

                copied = i;
            }
        }

        return (before.Append(text, copied, text.Length - copied).ToString(), '\0', "");
    }

    /// <summary>Where a reference that begins at a dollar ends.</summary>
    public static int AfterReference(string text, int dollar)
    {
        int at = dollar + 1;
        if (at >= text.Length)
        {
            return at;
        }

        char open = text[at++];
        if (open is not ('(' or '{'))
        {
            return at;
        }

        char close = open == '(' ? ')' : '}';
        for (int depth = 1; at < text.Length; at++)
        {
            depth += text[at] == open ? 1 : text[at] == close ? -1 : 0;
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return at;
    }

    /// <summary>Reads <c>NAME = VALUE</c>, without words before the name.</summary>
    public static (string Name, string Operator, string Value)? Assignment(string text)
    {
        text = text.TrimStart(' ', '\t');
        int? end = null;
        bool spaced = false;
        int p = 0;
        while (p < text.Length)
        {
            int at = p;
            char c = text[p++];
            if (c == '#')
            {
                return null;
            }

            if (c == '$')
            {
                if (p >= text.Length)
                {
                    return null;
                }

                p = AfterReference(text, at);
                continue;
            }

            if (IsBlank(c))
            {
                spaced = true;
                end = at;
                while (p < text.Length && IsBlank(text[p]))
                {
                    p++;
                }

                if (p >= text.Length)
                {
                    return null;
                }

                at = p;
                c = text[p++];
            }

            string? found = c == '=' ? "="
                : c is '+' or '?' or '!' or ':' && p < text.Length && text[p] == '=' ? $"{c}="
                : c == ':' && string.CompareOrdinal(text, p, ":=", 0, 2) == 0 ? ":="
                : null;
            if (found is not null)
            {
                int length = c == '=' ? 1 : string.CompareOrdinal(text, at, "::=", 0, 3) == 0 ? 3 : 2;
                return (text[..(end ?? at)], found, text[(at + length)..].TrimStart(' ', '\t'));
            }

            if (c == ':' || spaced)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Reads the words before an assignment, and the assignment.</summary>
    /// <param name="text">A line without its comment.</param>
    /// <param name="isForTarget">In a rule there is no define and no undefine.</param>
    public static MakefileStatement? Statement(string text, bool isForTarget)
    {
        bool exports = false, overrides = false;
        string rest = text.TrimStart(' ', '\t');
        while (rest.Length > 0)
        {
            if (Assignment(rest) is var (name, op, value))
            {
                return new(name, op, value, exports, overrides);
            }

            int length = rest.AsSpan().IndexOfAny(Spaces);
            string word = length < 0 ? rest : rest[..length];
            string next = length < 0 ? "" : rest[length..].TrimStart(' ', '\t');
            switch (word)
            {
                case "export":
                    exports = true;
                    break;
                case "override":
                    overrides = true;
                    break;
                case "private":
                    break;
                case "define" or "undefine" when !isForTarget:
                    return new(next, word, "", exports, overrides);
                default:
                    return null;
            }

            rest = next;
        }

        return null;
    }
}

/// <summary>An assignment as it is written.</summary>
/// <param name="Name">The left side, not expanded.</param>
/// <param name="Operator"><c>=</c>, <c>:=</c>, <c>?=</c>, <c>+=</c>, <c>!=</c>, define or undefine.</param>
/// <param name="Value">The right side, not expanded.</param>
/// <param name="Exports">Whether it is marked as exported.</param>
/// <param name="Overrides">Whether it wins over the command line.</param>
internal readonly record struct MakefileStatement(string Name, string Operator, string Value, bool Exports, bool Overrides);
