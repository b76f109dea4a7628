using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>One rewrite of one text.</summary>
internal sealed class Rewriting
{
    private readonly CTokens _tokens;
    private readonly NameMap _names;
    private readonly RewriteOptions _options;
    private readonly CStructure _structure;
    private readonly IReadOnlyList<(int Start, int End)> _blank;
    private readonly NameChoice?[] _choices; // By word.
    private readonly int _guard; // The word of the file's guard; -1 when it stays.
    private readonly List<Replacement> _replacements = [];
    private readonly List<Diagnostic> _undecided = [];
    private readonly StringBuilder _output;
    private int _copied;
    private int _line = 1;
    private int _lineStart;
    private int _counted; // Up to where lines are counted.

    public Rewriting(CTokens tokens, NameMap names, RewriteOptions options)
    {
        _tokens = tokens;
        _names = names;
        _options = options;
        _guard = options.Guard is not null && HeaderGuard.Find(tokens) is >= 0 and int guard ? tokens[guard].Value : -1;
        _blank = BlankText.Of(tokens, options);
        _structure = CParser.Parse(tokens, options.Types.Concat(names.Entries.Where(e => e.Kind == HeaderNameKind.Typedef).Select(e => e.Old)), _blank);
        _choices = new NameChoice?[tokens.Words.Count];
        _output = new StringBuilder(tokens.Text.Length + (tokens.Text.Length / 8));
    }

    public IReadOnlyList<Replacement> Replacements => _replacements;

    public IReadOnlyList<Diagnostic> Undecided => _undecided;

    public string Run()
    {
        for (int word = 0; word < _choices.Length; word++)
        {
            _choices[word] = NameChoice.Of(_names, _tokens.Words[word]);
        }

        if (_guard >= 0)
        {
            _choices[_guard] = new NameChoice(new NameMapEntry(HeaderNameKind.Macro, _tokens.Words[_guard], _options.Guard!), null, null);
        }

        if (_options.IsUserCode)
        {
            LeaveOwnNames();
        }

        int blank = 0;
        for (int i = 0; i < _tokens.Count; i++)
        {
            if (blank < _blank.Count && i == _blank[blank].Start)
            {
                Blank(i, _blank[blank].End);
                i = _blank[blank++].End - 1;
            }
            else if (_tokens[i].Kind == CTokenKind.Word && _choices[_tokens[i].Value] is { } choice)
            {
                Word(i, choice);
            }
            else if (_tokens[i].Kind == CTokenKind.HeaderName && _options.HeaderName is not null)
            {
                HeaderName(i);
            }
        }

        return _output.Append(_tokens.Text, _copied, _tokens.Text.Length - _copied).ToString();
    }

    private void Word(int token, NameChoice choice)
    {
        CRole role = _structure.Roles[token];
        if (role is CRole.Pasted or CRole.Stringized)
        {
            Report(
                token,
                role == CRole.Pasted ? "MINIOS1530" : "MINIOS1531",
                role == CRole.Pasted
                    ? $"\"{choice.Old}\" is an operand of ## and keeps its name, which is \"{choice.New}\" now; see what the macro makes of it"
                    : $"\"{choice.Old}\" becomes text by # and stays; the name is \"{choice.New}\" now");
            return;
        }

        if (choice.Of(role, IsCall(token)) is not { } entry)
        {
            return;
        }

        if (role == CRole.AlsoStringized)
        {
            Report(token, "MINIOS1531", $"\"{choice.Old}\" becomes \"{entry.New}\", and so does the text that a # of the macro makes of it");
        }

        Position(token, out int line, out int column);
        _replacements.Add(new Replacement(entry, line, column));
        Replace(token, entry.New);
        ReadOnlySpan<char> written = _tokens.Span(token);
        if (written.Length != choice.Old.Length)
        {
            foreach (char c in written)
            {
                // Splices within the name go behind it: every line keeps its number.
                _output.Append(c is '\\' or '\r' or '\n' ? c.ToString() : "");
            }
        }
    }

    /// <summary>Whether a parenthesis follows, which a macro with parameters needs.</summary>
    private bool IsCall(int token)
    {
        int next = _tokens.Next(token, _tokens.Count);
        return next < _tokens.Count && _tokens[next].Is('(');
    }

    private void HeaderName(int token)
    {
        int before = token - 1;
        while (before > 0 && (_tokens[before].IsTrivia || _tokens[before].Is('(')))
        {
            before--;
        }

        ReadOnlySpan<char> written = _tokens.Span(token);
        bool isComplete = written.Length > 1 && written[^1] == (written[0] == '<' ? '>' : '"');
        if (isComplete && _tokens.Span(before) is "include" or "import" or "__has_include" && _options.HeaderName!(written.ToString()) is { } spelling)
        {
            Replace(token, spelling);
        }
    }

    private void Replace(int token, string text)
    {
        _output.Append(_tokens.Text, _copied, _tokens[token].Start - _copied).Append(text);
        _copied = _tokens[token].End;
    }

    /// <summary>Leaves nothing of some tokens but their line ends.</summary>
    private void Blank(int start, int end)
    {
        string text = _tokens.Text;
        int from = _tokens[start].Start;
        int to = end < _tokens.Count ? _tokens[end].Start : text.Length;
        _output.Append(text, _copied, from - _copied);
        for (int i = from; i < to; i++)
        {
            if (text[i] == '\n')
            {
                _output.Append(i > from && text[i - 1] == '\r' ? "\r\n" : "\n");
            }
        }

        _copied = to;
    }

    /// <summary>What the text itself defines is not the map's: the name stays wherever it stands in it.</summary>
    private void LeaveOwnNames()
    {
        foreach (CMacro macro in _structure.Macros)
        {
            Leave(macro.Token, "#define", c => null);
        }

        foreach (CDeclaration declaration in _structure.Declarations)
        {
            switch (declaration.Kind)
            {
                case HeaderNameKind.Tag when declaration.IsDefinition:
                    Leave(declaration.Token, _tokens.Words[declaration.TagWord], c => c.Tag is null ? c : c with { Tag = null });
                    break;
                case HeaderNameKind.Typedef or HeaderNameKind.Enumerator:
                case HeaderNameKind.Function or HeaderNameKind.Variable when declaration.IsStatic || declaration.IsDefinition:
                    string how = declaration.IsStatic ? "static " : "";
                    Leave(declaration.Token, how + declaration.Kind.Word(), c => c.Ordinary is null ? c : c with { Ordinary = null });
                    break;
            }
        }
    }

    private void Leave(int token, string how, Func<NameChoice, NameChoice?> without)
    {
        int word = _tokens[token].Value;
        if (_choices[word] is { } choice && without(choice) != choice)
        {
            _choices[word] = without(choice);
            Report(token, "MINIOS1534", $"the text has a \"{choice.Old}\" of its own ({how}), so the name stays; the other one is \"{choice.New}\" now");
        }
    }

    private void Report(int token, string code, string message)
    {
        Position(token, out int line, out int column);
        _undecided.Add(Diagnostic.Warning(code, message, _options.Path, line, column));
    }

    private void Position(int token, out int line, out int column)
    {
        int start = _tokens[token].Start;
        if (start < _counted)
        {
            (_counted, _line, _lineStart) = (0, 1, 0);
        }

        ReadOnlySpan<char> text = _tokens.Text;
        int next;
        while ((next = text[_counted..start].IndexOf('\n')) >= 0)
        {
            _counted += next + 1;
            _lineStart = _counted;
            _line++;
        }

        _counted = start;
        line = _line;
        column = start - _lineStart + 1;
    }
}
