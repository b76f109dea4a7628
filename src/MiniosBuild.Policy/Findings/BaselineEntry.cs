using System.Globalization;
using System.Text;

namespace MiniosBuild.Policy.Findings;

/// <summary>What identifies a finding from one build to the next, on any machine: no path of a folder, no line, no wording.</summary>
/// <param name="Code">The finding's code.</param>
/// <param name="Library">Its library.</param>
/// <param name="Member">Its member; the object's file name when it lies in no archive; empty for an archive as a whole.</param>
/// <param name="Symbol">Its symbol; empty when it is about none.</param>
public readonly record struct BaselineEntry(string Code, string Library, string Member, string Symbol)
{
    /// <summary>The entry that accepts a finding.</summary>
    public static BaselineEntry Of(Finding finding) =>
        new(finding.Code, finding.Library, finding.Member ?? ObjectName(finding.File), finding.Symbol ?? "");

    /// <summary>The line of a baseline file.</summary>
    public override string ToString() => $"{Escaped(Code)} {Escaped(Library)} {Escaped(Member)} {Escaped(Symbol)}";

    /// <summary>Reads a line; null when it is none.</summary>
    internal static BaselineEntry? Read(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 4)
        {
            return null;
        }

        return Plain(words[0]) is { } code && Plain(words[1]) is { } library && Plain(words[2]) is { } member && Plain(words[3]) is { } symbol
            ? new BaselineEntry(code, library, member, symbol)
            : null;
    }

    // An archive has members, and a finding about all of it names none; an object is named itself.
    private static string ObjectName(string file) => file.EndsWith(".a", StringComparison.Ordinal) ? "" : Path.GetFileName(file);

    // A lone '-' stands for nothing; %XX for a character of up to 0xFF that would end the word, or begin an escape.
    private static string Escaped(string text)
    {
        if (text.Length == 0)
        {
            return "-";
        }

        if (text == "-")
        {
            return "%2D";
        }

        StringBuilder? escaped = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is <= ' ' or '%' or '\x7f' or '\x85' or '\xa0')
            {
                escaped ??= new StringBuilder(text, 0, i, text.Length + 8);
                escaped.Append(CultureInfo.InvariantCulture, $"%{(int)text[i]:X2}");
            }
            else
            {
                escaped?.Append(text[i]);
            }
        }

        return escaped?.ToString() ?? text;
    }

    private static string? Plain(string word)
    {
        if (word == "-")
        {
            return "";
        }

        if (!word.Contains('%'))
        {
            return word;
        }

        var plain = new StringBuilder(word.Length);
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] != '%')
            {
                plain.Append(word[i]);
            }
            else if (i + 2 < word.Length && byte.TryParse(word.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte value))
            {
                plain.Append((char)value);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return plain.ToString();
    }
}
