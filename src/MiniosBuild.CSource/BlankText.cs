using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.CSource;

/// <summary>The parts of a text that a rewrite takes out.</summary>
public static class BlankText
{
    /// <summary>Ranges of tokens, the first and the one after the last, in order.</summary>
    public static IReadOnlyList<(int Start, int End)> Of(CTokens tokens, RewriteOptions options)
    {
        if (options.Removed.Count == 0 && options.Undefined.Count == 0)
        {
            return [];
        }

        var ranges = new List<(int Start, int End)>();
        int covered = 0;
        foreach ((int start, int end) in Branches(tokens, options.Undefined).Concat(Removed(tokens, options.Removed)).Order())
        {
            if (start >= covered)
            {
                ranges.Add((start, end));
                covered = end;
            }
        }

        return ranges;
    }

    private static IEnumerable<(int Start, int End)> Removed(CTokens tokens, IReadOnlySet<string> removed)
    {
        for (int i = 0; i < tokens.Count && removed.Count > 0; i++)
        {
            if (tokens[i].Kind != CTokenKind.Hash)
            {
                continue;
            }

            int end = tokens.LineEnd(i);
            int name = tokens.Next(i, end);
            int macro = tokens.Next(name, end);
            if (macro < end && tokens.Span(name) is "define" or "undef" && tokens[macro].Kind == CTokenKind.Word && removed.Contains(tokens.Word(macro)))
            {
                yield return (i, end);
            }

            i = end;
        }
    }

    /// <summary>Branches that are never taken, and the directives around those that always are.</summary>
    private static List<(int Start, int End)> Branches(CTokens tokens, IReadOnlySet<string> undefined)
    {
        var ranges = new List<(int Start, int End)>();
        var open = new Stack<List<(int Hash, int End, bool? Taken)>>();
        for (int i = 0; i < tokens.Count && undefined.Count > 0; i++)
        {
            if (tokens[i].Kind != CTokenKind.Hash)
            {
                continue;
            }

            int end = tokens.LineEnd(i);
            int name = tokens.Next(i, end);
            switch (name < end ? tokens.Span(name) : "")
            {
                case "if" or "ifdef" or "ifndef":
                    open.Push([(i, end, UndefinedCondition.Value(tokens, name, end, undefined))]);
                    break;
                case "elif" or "elifdef" or "elifndef" when open.Count > 0:
                    open.Peek().Add((i, end, UndefinedCondition.Value(tokens, name, end, undefined)));
                    break;
                case "else" when open.Count > 0:
                    open.Peek().Add((i, end, true));
                    break;
                case "endif" when open.Count > 0:
                    Decide(open.Pop(), i, end, ranges);
                    break;
            }

            i = end;
        }

        return ranges;
    }

    private static void Decide(List<(int Hash, int End, bool? Taken)> branches, int hash, int end, List<(int Start, int End)> ranges)
    {
        int taken = branches.FindIndex(branch => branch.Taken != false);
        if (taken >= 0 && branches[taken].Taken is null)
        {
            return; // It hangs on other macros too.
        }

        if (taken > 0 || (taken == 0 && branches[0].Taken == true))
        {
            ranges.Add((branches[0].Hash, branches[taken].End));
            ranges.Add((taken + 1 < branches.Count ? branches[taken + 1].Hash : hash, end));
        }
        else
        {
            ranges.Add((branches[0].Hash, end));
        }
    }
}
