namespace MiniosBuild.CSource.Rewriting;

/// <summary>The value of a condition that hangs on nothing but macros that are never defined.</summary>
public static class UndefinedCondition
{
    /// <summary>Whether the condition holds; null when it has other names or more than the logical operators.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="directive">The directive's name.</param>
    /// <param name="end">The end of its line.</param>
    /// <param name="undefined">The macros.</param>
    public static bool? Value(CTokens tokens, int directive, int end, IReadOnlySet<string> undefined)
    {
        int at = tokens.Next(directive, end);
        if (tokens.Span(directive) is "ifdef" or "ifndef" or "elifdef" or "elifndef")
        {
            bool isKnown = at < end && tokens[at].Kind == CTokenKind.Word && undefined.Contains(tokens.Word(at));
            return isKnown ? tokens.Span(directive).EndsWith("ndef") : null;
        }

        // defined X, X, numbers, and ! && || with parentheses: with values only, by reduction, so that any depth will do.
        var stack = new List<int>(); // 0 and 1 are values, others marks.
        bool isAbout = false;
        for (; at < end; at = tokens.Next(at, end))
        {
            if (tokens[at].Kind == CTokenKind.Word && tokens.Span(at) is "defined")
            {
                int name = tokens.Next(at, end);
                bool isOpen = name < end && tokens[name].Is('(');
                name = isOpen ? tokens.Next(name, end) : name;
                int last = isOpen && name < end ? tokens.Next(name, end) : name;
                if (last >= end || !IsUndefined(tokens, name, undefined) || (isOpen && !tokens[last].Is(')')))
                {
                    return null;
                }

                at = last;
                isAbout = true;
                Reduce(stack, 0);
            }
            else if (IsUndefined(tokens, at, undefined))
            {
                isAbout = true;
                Reduce(stack, 0);
            }
            else if (tokens[at].Kind == CTokenKind.Number && tokens.Span(at) is "0" or "1")
            {
                Reduce(stack, tokens.Span(at)[0] - '0');
            }
            else if (tokens[at].Is(')'))
            {
                if (!Group(stack))
                {
                    return null;
                }
            }
            else if (tokens[at].Is('!') || tokens[at].Is('(') || tokens[at].Is(CMark.Both) || tokens[at].Is(Either))
            {
                stack.Add(tokens[at].Value);
            }
            else
            {
                return null;
            }
        }

        return isAbout && Sum(stack, 0) is { } value ? value != 0 : null;
    }

    private const int Either = '|' | ('|' << 8);

    private static bool IsUndefined(CTokens tokens, int at, IReadOnlySet<string> undefined) =>
        tokens[at].Kind == CTokenKind.Word && undefined.Contains(tokens.Word(at));

    private static void Reduce(List<int> stack, int value)
    {
        while (stack.Count > 0 && stack[^1] == '!')
        {
            value = 1 - value;
            stack.RemoveAt(stack.Count - 1);
        }

        stack.Add(value);
    }

    private static bool Group(List<int> stack)
    {
        int open = stack.LastIndexOf('(');
        if (open < 0 || Sum(stack, open + 1) is not { } value)
        {
            return false;
        }

        stack.RemoveRange(open, stack.Count - open);
        Reduce(stack, value);
        return true;
    }

    /// <summary>The value of <c>a &amp;&amp; b || c</c> from an index on; null when it is not of that form.</summary>
    private static int? Sum(List<int> stack, int from)
    {
        int sum = 0, product = 1;
        for (int i = from; i < stack.Count; i++)
        {
            if ((i - from) % 2 == 0)
            {
                if (stack[i] is not (0 or 1))
                {
                    return null;
                }

                product &= stack[i];
            }
            else if (stack[i] == Either)
            {
                sum |= product;
                product = 1;
            }
            else if (stack[i] != CMark.Both)
            {
                return null;
            }
        }

        return (stack.Count - from) % 2 == 1 ? sum | product : null;
    }
}
