using System.Text;

namespace MiniosBuild.CSource.Census;

/// <summary>The macro that keeps a header from being read twice.</summary>
public static class HeaderGuard
{
    /// <summary>The macro of <c>#ifndef X</c> and <c>#define X</c> around everything that a header has; null when it has none.</summary>
    public static string? Of(ReadOnlySpan<byte> raw)
    {
        CTokens tokens = CLexer.Split(Encoding.Latin1.GetString(raw.StartsWith("\uFEFF"u8) ? raw[3..] : raw));
        return Find(tokens) is >= 0 and int name ? tokens.Word(name) : null;
    }

    /// <summary>The token of the macro's name in #ifndef; -1 when there is none.</summary>
    public static int Find(CTokens tokens)
    {
        int hash = Significant(tokens, 0);
        int name = MacroOf(tokens, hash);
        if (name < 0)
        {
            return -1;
        }

        int define = Significant(tokens, tokens.LineEnd(hash));
        int word = Word(tokens, define, "define");
        if (word < 0 || tokens[word].Value != tokens[name].Value || (word + 1 < tokens.Count && tokens[word + 1].Is('(')))
        {
            return -1;
        }

        return IsClosedAtEnd(tokens, define) ? name : -1;
    }

    /// <summary>The name in <c>#ifndef X</c> or <c>#if !defined X</c>, with or without parentheses.</summary>
    private static int MacroOf(CTokens tokens, int hash)
    {
        int name = Word(tokens, hash, "ifndef");
        if (name >= 0 || hash >= tokens.Count || tokens[hash].Kind != CTokenKind.Hash)
        {
            return name;
        }

        int end = tokens.LineEnd(hash);
        int at = tokens.Next(hash, end);
        if (at == end || tokens.Span(at) is not "if" || (at = tokens.Next(at, end)) == end || !tokens[at].Is('!')
            || (at = tokens.Next(at, end)) == end || tokens.Span(at) is not "defined" || (at = tokens.Next(at, end)) == end)
        {
            return -1;
        }

        bool isOpen = tokens[at].Is('(');
        at = isOpen ? tokens.Next(at, end) : at;
        int last = at == end ? end : isOpen ? tokens.Next(at, end) : at;
        return last < end && tokens[at].Kind == CTokenKind.Word && (!isOpen || tokens[last].Is(')')) && tokens.Next(last, end) == end ? at : -1;
    }

    private static bool IsClosedAtEnd(CTokens tokens, int from)
    {
        int depth = 1;
        for (int i = from; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == CTokenKind.Hash)
            {
                int end = tokens.LineEnd(i);
                int name = tokens.Next(i, end);
                ReadOnlySpan<char> word = name < end ? tokens.Span(name) : "";
                depth += word is "if" or "ifdef" or "ifndef" ? 1 : word is "endif" ? -1 : 0;
                if (depth == 1 && word is "else" or "elif" or "elifdef" or "elifndef")
                {
                    return false;
                }

                i = end;
                if (depth == 0)
                {
                    return Significant(tokens, end) == tokens.Count;
                }
            }
        }

        return false;
    }

    /// <summary>The word after a directive's name; -1 when the token begins no such directive.</summary>
    private static int Word(CTokens tokens, int hash, string directive)
    {
        if (hash >= tokens.Count || tokens[hash].Kind != CTokenKind.Hash)
        {
            return -1;
        }

        int end = tokens.LineEnd(hash);
        int name = tokens.Next(hash, end);
        int word = name == end || !tokens.Span(name).SequenceEqual(directive) ? end : tokens.Next(name, end);
        return word < end && tokens[word].Kind == CTokenKind.Word ? word : -1;
    }

    private static int Significant(CTokens tokens, int from)
    {
        while (from < tokens.Count && tokens[from].IsTrivia)
        {
            from++;
        }

        return from;
    }
}
