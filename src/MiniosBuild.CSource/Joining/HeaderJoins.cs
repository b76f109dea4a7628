using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Joining;

/// <summary>
/// The names that ## makes in headers: what the text of each calls is expanded with the macros that are defined there, and what its macros make with those
/// that are defined at its end. Text that a condition takes away is read too: what comes of it is a name that nobody declares.
/// </summary>
public sealed class HeaderJoins
{
    private readonly Func<string, string> _fileOf;
    private readonly Dictionary<(string Place, int Offset), JoinOperand> _operands = [];
    private readonly Dictionary<(string File, int Line, string Name), MacroText> _texts = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly HashSet<string> _joining = new(StringComparer.Ordinal);
    private readonly HashSet<(string File, int Line, string Name)> _written = []; // In the public headers themselves.
    private readonly HashSet<(string File, int Line, string Name)> _expanded = [];
    private readonly Dictionary<(string Name, string Pieces), JoinedName> _joined = [];

    private HeaderJoins(Func<string, string> fileOf) => _fileOf = fileOf;

    /// <summary>The names, sorted, each as often as it is made of other words.</summary>
    /// <param name="scans">The public headers, as users read them.</param>
    /// <param name="fileOf">The file that a site's name stands for.</param>
    public static IReadOnlyList<JoinedName> Of(IReadOnlyList<ScannedHeader> scans, Func<string, string> fileOf)
    {
        var joins = new HeaderJoins(fileOf);
        joins.FindJoining(scans);
        if (joins._joining.Count == 0)
        {
            return [];
        }

        // A byte order mark is no part of the text.
        (ScannedHeader Scan, CTokens Tokens)[] texts =
            [.. scans.Where(scan => scan.Text is not null).Select(scan => (scan, CLexer.Split(scan.Text!.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal) ? scan.Text[3..] : scan.Text)))];
        foreach ((ScannedHeader scan, CTokens tokens) in texts)
        {
            joins.AddWritten(scan, tokens);
        }

        foreach ((ScannedHeader scan, CTokens tokens) in texts)
        {
            joins.Read(scan, tokens);
        }

        foreach ((ScannedHeader scan, _) in texts)
        {
            joins.ReadIncluded(scan);
        }

        return [.. joins._joined.Values.OrderBy(name => name.Name, StringComparer.Ordinal).ThenBy(name => name.Pieces[0].Operand?.Place, StringComparer.Ordinal).ThenBy(name => name.Pieces[0].Operand?.Offset)];
    }

    private JoinOperand OperandAt(ScannedHeader scan, CTokens tokens, int token)
    {
        (string Place, int Offset) key = (scan.Place, tokens[token].Start);
        if (!_operands.TryGetValue(key, out JoinOperand? operand))
        {
            _operands.Add(key, operand = new JoinOperand(scan.Place, key.Offset, tokens[token].Kind == CTokenKind.Word ? tokens.Word(token) : tokens.Span(token).ToString()));
        }

        return operand;
    }

    /// <summary>Macros of which a ## may come.</summary>
    private void FindJoining(IReadOnlyList<ScannedHeader> scans)
    {
        var users = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var pending = new Stack<string>();
        var met = new HashSet<(string File, int Line, string Name)>();
        foreach (HeaderName macro in scans.SelectMany(scan => scan.Names).Where(name => name.Kind.IsMacro()))
        {
            _names.Add(macro.Name);
            if (!met.Add((macro.Site.File, macro.Site.Line, macro.Name)))
            {
                continue;
            }

            if (macro.Body?.Contains("##", StringComparison.Ordinal) == true && _joining.Add(macro.Name))
            {
                pending.Push(macro.Name);
            }

            foreach (string use in macro.Uses)
            {
                if (!users.TryGetValue(use, out HashSet<string>? list))
                {
                    users.Add(use, list = new HashSet<string>(StringComparer.Ordinal));
                }

                list.Add(macro.Name);
            }
        }

        while (pending.TryPop(out string? name))
        {
            foreach (string user in users.GetValueOrDefault(name, []).Where(_joining.Add))
            {
                pending.Push(user);
            }
        }
    }

    /// <summary>Macros as the headers have them, by the line of the name.</summary>
    private void AddWritten(ScannedHeader scan, CTokens tokens)
    {
        string file = _fileOf(scan.Path);
        for (int i = 0, line = 1; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == CTokenKind.Hash)
            {
                int end = tokens.LineEnd(i), directive = tokens.Next(i, end), name = tokens.Next(directive, end);
                if (directive < end && name < end && tokens.Span(directive) is "define" && tokens[name].Kind == CTokenKind.Word)
                {
                    _written.Add((file, line, tokens.Word(name)));
                    _texts.TryAdd((file, line, tokens.Word(name)), MacroText.Read(tokens, name, end, token => OperandAt(scan, tokens, token)));
                }

                for (; i < end; i++)
                {
                    line += tokens.Span(i).Count('\n'); // Splices.
                }
            }

            line += i < tokens.Count ? tokens.Span(i).Count('\n') : 0;
        }
    }

    /// <summary>A header from its beginning to its end: the macros that it gives come in the order of the text, those that it includes among them.</summary>
    private void Read(ScannedHeader scan, CTokens tokens)
    {
        string file = _fileOf(scan.Path);
        var defined = new Dictionary<string, HeaderName>(StringComparer.Ordinal);
        var own = new HashSet<string>(StringComparer.Ordinal);
        var calls = new Queue<(int Line, IReadOnlyList<MacroToken> Call)>(Calls(scan, tokens));
        foreach (HeaderName macro in scan.Names.Where(name => name.Kind.IsMacro()))
        {
            bool isOwn = _fileOf(macro.Site.File) == file;
            while (isOwn && calls.TryPeek(out var next) && next.Line < macro.Site.Line)
            {
                Take(Macro, expansion => expansion.Run(calls.Dequeue().Call));
            }

            defined[macro.Name] = macro;
            if (isOwn && _joining.Contains(macro.Name))
            {
                own.Add(macro.Name);
            }
        }

        foreach ((_, IReadOnlyList<MacroToken> call) in calls)
        {
            Take(Macro, expansion => expansion.Run(call));
        }

        foreach (string name in own)
        {
            _expanded.Add(KeyOf(defined[name]));
            Take(Macro, Macro(name)!);
        }

        MacroText? Macro(string name) => defined.TryGetValue(name, out HeaderName? macro) ? TextOf(macro) : null;
    }

    /// <summary>Macros that a header has only where another one includes it, which defines what it asks for.</summary>
    private void ReadIncluded(ScannedHeader scan)
    {
        var defined = new Dictionary<string, HeaderName>(StringComparer.Ordinal);
        foreach (HeaderName macro in scan.Names.Where(name => name.Kind.IsMacro()))
        {
            defined[macro.Name] = macro;
        }

        foreach (HeaderName macro in defined.Values.Where(macro => _joining.Contains(macro.Name) && _written.Contains(KeyOf(macro)) && _expanded.Add(KeyOf(macro))))
        {
            Take(name => defined.TryGetValue(name, out HeaderName? other) ? TextOf(other) : null, TextOf(macro));
        }
    }

    private (string File, int Line, string Name) KeyOf(HeaderName macro) => (_fileOf(macro.Site.File), macro.Site.Line, macro.Name);

    private MacroText TextOf(HeaderName macro)
    {
        (string, int, string) key = KeyOf(macro);
        if (!_texts.TryGetValue(key, out MacroText? text))
        {
            CTokens body = CLexer.Split(macro.Body ?? "");
            var tokens = new List<MacroToken>();
            for (int i = body.Next(-1, body.Count); i < body.Count; i = body.Next(i, body.Count))
            {
                tokens.Add(MacroToken.Of(body, i, null));
            }

            bool isFunction = macro.Kind == HeaderNameKind.FunctionMacro;
            _texts.Add(key, text = new MacroText(
                macro.Name, isFunction ? [.. macro.Parameters.Select(name => name == "..." ? "__VA_ARGS__" : name.TrimEnd('.'))] : null, macro.Parameters is [.., var last] && last.EndsWith("...", StringComparison.Ordinal), tokens));
        }

        return text;
    }

    private void Take(Func<string, MacroText?> macros, MacroText macro) =>
        Take(macros, expansion => macro.Parameters is null ? expansion.Run([new MacroToken(macro.Name, IsWord: true)]) : expansion.RunBody(macro));

    private void Take(Func<string, MacroText?> macros, Func<MacroExpansion, bool> run)
    {
        var expansion = new MacroExpansion(macros);
        if (!run(expansion))
        {
            return;
        }

        foreach (JoinedName name in expansion.Joined.Where(name => name.Pieces.Any(piece => piece.Operand is not null)))
        {
            _joined.TryAdd((name.Name, Key(name)), name);
        }

        foreach ((JoinOperand operand, JoinUses use) in expansion.Uses)
        {
            operand.Uses |= use;
        }
    }

    /// <summary>The calls of such macros in a header's text, of directives in #if and #elif alone; and one of a macro that is handed to another counts with that.</summary>
    private IEnumerable<(int Line, IReadOnlyList<MacroToken> Call)> Calls(ScannedHeader scan, CTokens tokens)
    {
        var position = new TextPosition(tokens.Text);
        int lineEnd = 0; // Of the condition at hand, or the last one.
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == CTokenKind.Hash)
            {
                lineEnd = tokens.LineEnd(i);
                i = tokens.Next(i, lineEnd) is var word && word < lineEnd && tokens.Span(word) is "if" or "elif" ? word : lineEnd;
            }
            else if (tokens[i].Kind == CTokenKind.Word && (_joining.Contains(tokens.Word(i)) || IsHandedOn(tokens, i)))
            {
                int line = position.Of(tokens[i].Start).Line;
                var call = new List<MacroToken> { MacroToken.Of(tokens, i, token => OperandAt(scan, tokens, token)) };
                int end = i < lineEnd ? lineEnd : tokens.Count;
                for (int open = tokens.Next(i, end); open < end && tokens[open].Is('('); open = tokens.Next(i, end))
                {
                    i = AddArguments(call, scan, tokens, open, end); // What a call gives may be called again.
                }

                yield return (line, call);
            }
        }
    }

    /// <summary>From a parenthesis to the one that closes it, which is the last token.</summary>
    private int AddArguments(List<MacroToken> call, ScannedHeader scan, CTokens tokens, int open, int end)
    {
        int last = open, depth = 0;
        for (int at = open; at < end; at = tokens.Next(at, end))
        {
            if (tokens[at].Kind == CTokenKind.Hash)
            {
                at = tokens.LineEnd(at);
                continue;
            }

            last = at;
            call.Add(MacroToken.Of(tokens, at, token => OperandAt(scan, tokens, token)));
            depth += tokens[at].Is('(') ? 1 : tokens[at].Is(')') ? -1 : 0;
            if (depth == 0)
            {
                break;
            }
        }

        return last;
    }

    // LIST(ITEM): the list joins nothing itself.
    private bool IsHandedOn(CTokens tokens, int token)
    {
        if (!_names.Contains(tokens.Word(token)))
        {
            return false;
        }

        int open = tokens.Next(token, tokens.Count), first = tokens.Next(open, tokens.Count);
        return first < tokens.Count && tokens[open].Is('(') && tokens[first].Kind == CTokenKind.Word && _joining.Contains(tokens.Word(first));
    }

    private static string Key(JoinedName name)
    {
        var key = new StringBuilder();
        foreach (JoinPiece piece in name.Pieces)
        {
            key.Append(piece.Operand?.Place).Append(':').Append(piece.Operand?.Offset).Append(':').Append(piece.Text).Append(' ');
        }

        return key.Append(name.Parameter?.Place).Append(name.Parameter?.Offset).ToString();
    }
}
