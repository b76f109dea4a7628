using System.Globalization;
using System.Text;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>Puts together what C hands to the assembler: the strings of asm statements and of macros that make them, and labels of declarations.</summary>
public static class AssemblyStrings
{
    /// <summary>All of them; those of statements and macros in the order of the text, then labels in that of the declarations.</summary>
    /// <param name="structure">The text.</param>
    /// <param name="file">The file that it begins in.</param>
    public static IReadOnlyList<HeaderText> Of(CStructure structure, string file)
    {
        CTokens tokens = structure.Tokens;
        HashSet<int> joined = JoinedMacros(structure);
        var texts = new List<HeaderText>();
        var sites = new LineMarkers(tokens, file);
        int directiveEnd = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == CTokenKind.Hash)
            {
                directiveEnd = tokens.LineEnd(i);
            }
            else if (structure.Roles[i] == CRole.AsmText)
            {
                DeclarationSite site = sites.At(i);
                texts.Add(new HeaderText(IsLabel: false, Statement(tokens, ref i, i < directiveEnd ? directiveEnd : tokens.Count), site));
            }
            else if (joined.Contains(i))
            {
                // Where it will stand is not known; it is no instruction of its own, more likely than not.
                texts.Add(new HeaderText(IsLabel: false, $"{HeaderText.Unknown} {Content(tokens.Span(i))}", sites.At(i)));
            }
        }

        var places = new LineMarkers(tokens, file);
        foreach (CDeclaration declaration in structure.Declarations.Where(declaration => declaration.Label is not null).OrderBy(declaration => declaration.Token))
        {
            texts.Add(new HeaderText(IsLabel: true, declaration.Label!, places.At(declaration.Token)));
        }

        return texts;
    }

    /// <summary>From the first literal to the colon, comma or parenthesis that ends the template; <paramref name="i"/> is its last token afterwards.</summary>
    private static string Statement(CTokens tokens, ref int i, int end)
    {
        var text = new StringBuilder();
        int depth = 0, last = i;
        for (int at = i; at < end; at++)
        {
            CToken token = tokens[at];
            if (token.Kind == CTokenKind.Hash)
            {
                at = tokens.LineEnd(at); // A line marker.
            }
            else if (token.Kind == CTokenKind.Text)
            {
                text.Append(Content(tokens.Span(at)));
                last = at;
            }
            else if (token.Kind == CTokenKind.Mark)
            {
                depth += token.Is('(') ? 1 : token.Is(')') ? -1 : 0;
                if (depth < 0 || token.Is(';') || (depth == 0 && (token.Is(':') || token.Is(CMark.Scope) || token.Is(','))))
                {
                    break;
                }
            }
            else if (!token.IsTrivia && (text.Length == 0 || text[^1] != HeaderText.Unknown))
            {
                text.Append(HeaderText.Unknown);
            }
        }

        i = last;
        return text.ToString();
    }

    /// <summary>The literals in macros that the assembly of other macros joins to its own: <c>"call " PAGE</c>.</summary>
    private static HashSet<int> JoinedMacros(CStructure structure)
    {
        CTokens tokens = structure.Tokens;
        ILookup<int, CMacro> byWord = structure.Macros.ToLookup(macro => tokens[macro.Token].Value);
        var met = new HashSet<CMacro>(ReferenceEqualityComparer.Instance);
        var open = new Stack<CMacro>(structure.Macros.Where(macro => Body(macro).Any(token => structure.Roles[token] == CRole.AsmText)));
        var literals = new HashSet<int>();
        while (open.TryPop(out CMacro? macro))
        {
            if (!met.Add(macro))
            {
                continue;
            }

            foreach (int token in Body(macro))
            {
                if (tokens[token].Kind == CTokenKind.Text && structure.Roles[token] != CRole.AsmText)
                {
                    literals.Add(token);
                }
                else if (tokens[token].Kind == CTokenKind.Word)
                {
                    foreach (CMacro other in byWord[tokens[token].Value])
                    {
                        open.Push(other);
                    }
                }
            }
        }

        return literals;

        static IEnumerable<int> Body(CMacro macro) => Enumerable.Range(macro.BodyStart, Math.Max(macro.BodyEnd - macro.BodyStart, 0));
    }

    /// <summary>What a literal stands for.</summary>
    private static string Content(ReadOnlySpan<char> literal)
    {
        int open = literal.IndexOf('"'), close = literal.LastIndexOf('"');
        if (open < 0 || close <= open)
        {
            return "";
        }

        ReadOnlySpan<char> inner = literal[(open + 1)..close];
        if (open > 0 && literal[open - 1] == 'R')
        {
            int start = inner.IndexOf('('), end = inner.LastIndexOf(')');
            return start >= 0 && end > start ? inner[(start + 1)..end].ToString() : "";
        }

        var text = new StringBuilder(inner.Length);
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\' || i + 1 == inner.Length)
            {
                text.Append(inner[i]);
                continue;
            }

            char escaped = inner[++i];
            switch (escaped)
            {
                case '\n':
                    break; // The line goes on.
                case '\r' when i + 1 < inner.Length && inner[i + 1] == '\n':
                    i++;
                    break;
                case >= '0' and <= '7':
                    text.Append((char)Number(inner, ref i, i, 3, 8));
                    break;
                case 'x':
                    text.Append((char)Number(inner, ref i, i + 1, 2, 16));
                    break;
                default:
                    text.Append(escaped switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'f' => '\f', 'v' => '\v', 'a' => '\a', 'b' => '\b', _ => escaped });
                    break;
            }
        }

        return text.ToString();
    }

    /// <summary>The digits from <paramref name="start"/> on; <paramref name="i"/> is the last of them afterwards.</summary>
    private static int Number(ReadOnlySpan<char> text, ref int i, int start, int most, int radix)
    {
        int value = 0, at = start;
        for (; at < text.Length && at < start + most && (radix == 8 ? text[at] is >= '0' and <= '7' : char.IsAsciiHexDigit(text[at])); at++)
        {
            value = (value * radix) + int.Parse(text.Slice(at, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        i = at - 1;
        return value;
    }
}
