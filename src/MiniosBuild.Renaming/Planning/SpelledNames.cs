using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Renaming.Planning;

/// <summary>
/// The symbols that inline assembly and asm labels of public headers spell. Whoever includes the header refers to them by that spelling, which no
/// rewrite of identifiers changes.
/// </summary>
public sealed class SpelledNames
{
    private static readonly HashSet<string> Prefixes = new(
        ["lock", "rep", "repe", "repne", "repz", "repnz", "data16", "addr32", "bnd", "notrack", "xacquire", "xrelease"], StringComparer.Ordinal);

    private readonly Dictionary<string, HeaderText> _first = new(StringComparer.Ordinal);

    private SpelledNames()
    {
    }

    /// <summary>No headers, and nothing spelled.</summary>
    public static SpelledNames None { get; } = new();

    /// <summary>Each name, with the first text that spells it.</summary>
    public IReadOnlyDictionary<string, HeaderText> All => _first;

    /// <summary>What the public headers spell where users read them.</summary>
    public static SpelledNames Of(HeaderCensus census)
    {
        var names = new SpelledNames();
        foreach (HeaderText text in census.Headers.SelectMany(header => header.AssemblyTexts))
        {
            foreach (string name in In(text))
            {
                names._first.TryAdd(name, text);
            }
        }

        return names;
    }

    /// <summary>The words of a text that may be symbols: not instructions, directives, operands, registers with their %, or parts of a word that is not known as a whole.</summary>
    internal static IEnumerable<string> In(HeaderText text)
    {
        string assembly = text.Text;
        if (text.IsLabel)
        {
            yield return assembly;
            yield break;
        }

        bool isInstruction = true;
        for (int i = 0; i < assembly.Length;)
        {
            char c = assembly[i];
            if (c is ';' or '\n')
            {
                isInstruction = true;
                i++;
            }
            else if (c == '"')
            {
                i = EndOf(assembly, i + 1, "\"");
            }
            else if (c == '#' && isInstruction)
            {
                i = EndOf(assembly, i, "\n"); // A comment; elsewhere in a statement some machines' immediates begin so.
            }
            else if (c == '/' && i + 1 < assembly.Length && assembly[i + 1] == '*')
            {
                i = EndOf(assembly, i + 2, "*/");
            }
            else if (c is '%' or '@')
            {
                i = EndOfOperand(assembly, i + 1);
            }
            else if (c == HeaderText.Unknown)
            {
                i++;
                isInstruction = false;
            }
            else if (!IsPart(c))
            {
                i++;
            }
            else
            {
                int start = i;
                while (i < assembly.Length && IsPart(assembly[i]))
                {
                    i++;
                }

                bool isLabel = i < assembly.Length && assembly[i] == ':';
                bool isPart = (start > 0 && assembly[start - 1] == HeaderText.Unknown) || (i < assembly.Length && assembly[i] == HeaderText.Unknown);
                string word = assembly[start..i].TrimStart('$');
                if ((!isInstruction || isLabel) && !isPart && word.Length > 0 && !char.IsAsciiDigit(word[0]))
                {
                    yield return word;
                }

                isInstruction = isInstruction && (isLabel || Prefixes.Contains(word));
            }
        }
    }

    private static int EndOf(string text, int start, string end) => text.IndexOf(end, Math.Min(start, text.Length), StringComparison.Ordinal) is var at and >= 0 ? at + end.Length : text.Length;

    /// <summary>A register, an operand with its modifiers, or a relocation: <c>%%rax</c>, <c>%P[page]</c>, <c>@GOTPCREL</c>.</summary>
    private static int EndOfOperand(string text, int i)
    {
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '%' or '='))
        {
            i++;
        }

        return i < text.Length && text[i] == '[' ? EndOf(text, i, "]") : i;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '$' || c >= 0x80;
}
