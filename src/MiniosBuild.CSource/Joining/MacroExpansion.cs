namespace MiniosBuild.CSource.Joining;

/// <summary>
/// Expands macros as the preprocessor does (C11, 6.10.3), and knows of each token what it was made of. For names alone: white space, and the text that
/// # makes, are not kept.
/// </summary>
/// <param name="macros">A macro by its name; null for any other word.</param>
internal sealed class MacroExpansion(Func<string, MacroText?> macros)
{
    private const int MostSteps = 200_000; // Of one expansion: what takes more is left alone.

    private readonly List<JoinedName> _joined = [];
    private readonly List<(JoinOperand Operand, JoinUses Use)> _uses = [];
    private int _steps;

    /// <summary>The names that ## made and something used.</summary>
    public IReadOnlyList<JoinedName> Joined => _joined;

    /// <summary>Words that were used otherwise.</summary>
    public IReadOnlyList<(JoinOperand Operand, JoinUses Use)> Uses => _uses;

    /// <summary>Expands a text, and takes in what comes of it. False when it takes too long.</summary>
    public bool Run(IReadOnlyList<MacroToken> text)
    {
        _steps = 0;
        foreach (MacroToken token in Expand(text, []))
        {
            Use(token);
        }

        return _steps <= MostSteps;
    }

    /// <summary>What a macro with parameters makes of arguments that nobody knows.</summary>
    public bool RunBody(MacroText macro)
    {
        var arguments = macro.Parameters!.Select((_, i) => (IReadOnlyList<MacroToken>)[new MacroToken($"{Unknown}{i}", IsWord: false)]).ToList();
        _steps = 0;
        foreach (MacroToken token in Expand(Substitute(macro, arguments, [macro.Name]), [macro.Name]))
        {
            Use(token);
        }

        return _steps <= MostSteps;
    }

    private const char Unknown = '\u0001';

    private void Use(MacroToken token)
    {
        if (!token.IsWord)
        {
            return;
        }

        if (token.Pieces is not null)
        {
            _joined.Add(new JoinedName(token.Text, token.Pieces, token.Parameter));
        }
        else if (token.Operand is not null)
        {
            _uses.Add((token.Operand, JoinUses.Plain));
        }
    }

    private List<MacroToken> Expand(IEnumerable<MacroToken> text, HashSet<string> active)
    {
        var pending = new Stack<MacroToken>(text.Reverse());
        var output = new List<MacroToken>();
        while (pending.TryPop(out MacroToken? token) && ++_steps <= MostSteps)
        {
            if (token.Ends is not null)
            {
                active.Remove(token.Ends);
            }
            else if (!token.IsWord || token.IsPainted || macros(token.Text) is not { } macro)
            {
                output.Add(token);
            }
            else if (active.Contains(token.Text))
            {
                output.Add(token with { IsPainted = true });
            }
            else if (macro.Parameters is null)
            {
                Use(token);
                Push(pending, macro, Substitute(macro, [], active), active);
            }
            else if (!IsCalled(pending, active))
            {
                output.Add(token);
            }
            else if (Arguments(pending, macro, active) is { } arguments)
            {
                Use(token);
                Push(pending, macro, Substitute(macro, arguments, active), active);
            }
            else
            {
                return output; // The call does not end in this text, or cannot be compiled.
            }
        }

        return output;
    }

    private static void Push(Stack<MacroToken> pending, MacroText macro, List<MacroToken> body, HashSet<string> active)
    {
        pending.Push(new MacroToken("", IsWord: false) { Ends = macro.Name });
        active.Add(macro.Name);
        foreach (MacroToken token in Enumerable.Reverse(body))
        {
            pending.Push(token);
        }
    }

    private static bool IsCalled(Stack<MacroToken> pending, HashSet<string> active)
    {
        var ends = new List<MacroToken>();
        while (pending.TryPeek(out MacroToken? next) && next.Ends is not null)
        {
            ends.Add(pending.Pop());
        }

        bool isCalled = pending.TryPeek(out MacroToken? open) && open.Text == "(";
        foreach (MacroToken end in Enumerable.Reverse(ends))
        {
            if (isCalled)
            {
                active.Remove(end.Ends!); // The call goes on behind it.
            }
            else
            {
                pending.Push(end);
            }
        }

        return isCalled;
    }

    private static List<IReadOnlyList<MacroToken>>? Arguments(Stack<MacroToken> pending, MacroText macro, HashSet<string> active)
    {
        pending.Pop();
        var arguments = new List<IReadOnlyList<MacroToken>>();
        var argument = new List<MacroToken>();
        int depth = 0, count = macro.Parameters!.Count;
        while (pending.TryPop(out MacroToken? token))
        {
            if (token.Ends is not null)
            {
                active.Remove(token.Ends);
                continue;
            }

            if (token.Text == ")" && depth-- == 0)
            {
                arguments.Add(argument);
                if (arguments.Count == count - 1 && macro.IsVariadic)
                {
                    arguments.Add([]);
                }

                return arguments.Count < count ? null : arguments; // A call with too few is an error, and nothing comes of it.
            }

            depth += token.Text == "(" ? 1 : 0;
            if (token.Text == "," && depth == 0 && !(macro.IsVariadic && arguments.Count == count - 1))
            {
                arguments.Add(argument);
                argument = [];
            }
            else
            {
                argument.Add(token);
            }
        }

        return null;
    }

    private List<MacroToken> Substitute(MacroText macro, IReadOnlyList<IReadOnlyList<MacroToken>> arguments, HashSet<string> active)
    {
        var made = new List<MacroToken>();
        var expanded = new List<MacroToken>?[arguments.Count];
        bool isJoined = false; // To what is made already.
        for (int i = 0; i < macro.Body.Count; i++)
        {
            MacroToken token = macro.Body[i];
            if (token.Text == "##" && made.Count > 0 && i + 1 < macro.Body.Count)
            {
                isJoined = true;
                continue;
            }

            if (token.Text == "#" && i + 1 < macro.Body.Count && Argument(macro.Body[i + 1]) is >= 0 and int text)
            {
                i++;
                _uses.AddRange(arguments[text].Where(word => word is { IsWord: true, Operand: not null, Pieces: null }).Select(word => (word.Operand!, JoinUses.Text)));
                token = new MacroToken("\"\"", IsWord: false);
            }

            int place = Argument(token);
            bool isOperand = isJoined || (i + 1 < macro.Body.Count && macro.Body[i + 1].Text == "##");
            IReadOnlyList<MacroToken> some = place < 0 ? [token]
                : !isOperand ? expanded[place] ??= Expand(arguments[place], [.. active])
                : arguments[place].Count == 0 ? [new MacroToken("", IsWord: false) { Parameter = token.Operand }]
                : [arguments[place][0] with { Parameter = token.Operand }, .. arguments[place].Skip(1)];
            int first = 0;
            if (isJoined && some.Count > 0)
            {
                if (made[^1].Text == ",")
                {
                    // GNU C: the comma in front of variable arguments, which leaves with them.
                    some = some[0].Text.Length == 0 ? [] : some;
                    if (some.Count == 0)
                    {
                        made.RemoveAt(made.Count - 1);
                    }
                }
                else
                {
                    made[^1] = Join(made[^1], some[0]);
                    first = 1;
                }
            }

            made.AddRange(some.Skip(first));
            isJoined = false;
        }

        made.RemoveAll(token => token.Text.Length == 0 && token.Ends is null);
        return made;

        int Argument(MacroToken token)
        {
            for (int i = 0; token.IsWord && i < Math.Min(arguments.Count, macro.Parameters?.Count ?? 0); i++)
            {
                if (macro.Parameters![i] == token.Text)
                {
                    return i;
                }
            }

            return -1;
        }
    }

    private static MacroToken Join(MacroToken left, MacroToken right)
    {
        if (left.Text.Length == 0)
        {
            return right with { Parameter = left.Parameter ?? right.Parameter };
        }

        if (right.Text.Length == 0)
        {
            return left;
        }

        string text = left.Text + right.Text;
        bool isWord = (char.IsAsciiLetter(text[0]) || text[0] is '_' or '$') && !text.Contains(Unknown);
        return new MacroToken(text, isWord) { Pieces = [.. PiecesOf(left), .. PiecesOf(right)], Parameter = left.Parameter };
    }

    private static IReadOnlyList<JoinPiece> PiecesOf(MacroToken token) => token.Pieces ?? [new JoinPiece(token.Text, token.Operand)];
}
