using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Rewriting;

/// <summary>One rewrite of one text.</summary>
public sealed partial class SourceRewriting
{
    private readonly CTokens _tokens;
    private readonly NameMap _names;
    private readonly RewriteOptions _options;
    private readonly CStructure _structure;
    private readonly IReadOnlyList<(int Start, int End)> _blank;
    private readonly NameChoice?[] _choices; // By word.
    private readonly HashSet<int> _defined; // Words of the text's own macros.
    private readonly List<Replacement> _replacements = [];
    private readonly RewriteFindings _findings;
    private readonly StringBuilder _output;
    private readonly TextPosition _position;
    private int _copied;
    private int _directiveEnd; // The end of the directive at hand, or of the last one.
    private bool _inDefine;
    private bool? _isCplusplus;

    public SourceRewriting(CTokens tokens, NameMap names, RewriteOptions options)
    {
        _tokens = tokens;
        _names = names;
        _options = options;
        _choices = new NameChoice?[tokens.Words.Count];
        for (int word = 0; word < _choices.Length; word++)
        {
            _choices[word] = NameChoice.Of(names, tokens.Words[word]);
            if (_choices[word]?.Macro is null && options.OtherGuards.TryGetValue(tokens.Words[word], out string? other))
            {
                _choices[word] = new NameChoice(new NameMapEntry(HeaderNameKind.Macro, tokens.Words[word], other), _choices[word]?.Ordinary, _choices[word]?.Tag);
            }
        }

        if (options.Guard is not null && HeaderGuard.Find(tokens) is >= 0 and int guard)
        {
            var entry = new NameMapEntry(HeaderNameKind.Macro, tokens.Word(guard), options.Guard);
            _choices[tokens[guard].Value] = entry.Old == entry.New ? null : new NameChoice(entry, null, null);
        }

        _blank = BlankText.Of(tokens, options);
        IEnumerable<string> types = options.Types.Concat(names.Entries.Where(entry => entry.Kind == HeaderNameKind.Typedef).Select(entry => entry.Old));
        _structure = CParser.Parse(tokens, types, _blank, NewWords(), options.MacroUses);
        _defined = [.. _structure.Macros.Select(macro => tokens[macro.Token].Value)];
        _position = new TextPosition(tokens.Text);
        _findings = new RewriteFindings(tokens, options.Path);
        _output = new StringBuilder(tokens.Text.Length + (tokens.Text.Length / 8));
    }

    public IReadOnlyList<Replacement> Replacements => _replacements;

    public IReadOnlyList<Diagnostic> Undecided => _findings.InOrder();

    public string Run()
    {
        if (_options.IsUserCode)
        {
            OwnNames.Leave(_structure, _choices, _names, _options.Joined, _findings);
        }

        PastedNames.Report(_structure, _names, _options, _findings);
        int blank = 0;
        for (int i = 0; i < _tokens.Count; i++)
        {
            if (blank < _blank.Count && i == _blank[blank].Start)
            {
                Blank(i, _blank[blank].End);
                i = _blank[blank++].End - 1;
                continue;
            }

            switch (_tokens[i].Kind)
            {
                case CTokenKind.Word when _options.Joins.Count > 0 && _options.Joins.TryGetValue(_tokens[i].Start, out JoinedWord? joined):
                    Joined(i, joined);
                    break;
                case CTokenKind.Word when _choices[_tokens[i].Value] is { } choice:
                    Word(i, choice);
                    break;
                case CTokenKind.HeaderName when _options.HeaderName is not null:
                    HeaderName(i);
                    break;
                case CTokenKind.Text when _structure.Roles[i] is CRole.AsmText or CRole.NameText:
                    NamesInText.Report(_tokens, i, _structure.Roles[i] == CRole.AsmText, _names, _findings);
                    break;
                case CTokenKind.Text when _structure.Roles[i] == CRole.MacroText:
                    MacroText(i);
                    break;
                case CTokenKind.Hash:
                    _directiveEnd = _tokens.LineEnd(i);
                    _inDefine = _tokens.Next(i, _directiveEnd) is int name && name < _directiveEnd && _tokens.Span(name) is "define";
                    break;
            }
        }

        return _output.Append(_tokens.Text, _copied, _tokens.Text.Length - _copied).ToString();
    }

    /// <summary>For each word the one that it would become, if the text has that already.</summary>
    private int[]? NewWords()
    {
        var words = new int[_choices.Length];
        bool isAny = false;
        for (int word = 0; word < words.Length; word++)
        {
            words[word] = _choices[word]?.Ordinary is { } entry && entry.New != entry.Old ? _tokens.Words.Find(entry.New) : -1;
            isAny |= words[word] >= 0;
        }

        return isAny ? words : null;
    }

    private void Joined(int token, JoinedWord joined)
    {
        if (joined.New is not null)
        {
            if (joined.New != joined.Old)
            {
                (int line, int column) = _position.Of(_tokens[token].Start);
                _replacements.Add(new Replacement(new NameMapEntry(joined.Kind, joined.Old, joined.New), line, column));
            }

            Replace(token, joined.New);
        }
        else if (_choices[_tokens[token].Value] is { } choice)
        {
            Word(token, choice, isKnown: true);
        }
    }

    private void Word(int token, NameChoice choice, bool isKnown = false)
    {
        CRole role = IsGlobal(token) ? CRole.Ordinary : _structure.Roles[token];
        int end = token < _directiveEnd ? _directiveEnd : _tokens.Count;
        int next = _tokens.Next(token, end);
        bool isCall = next < end ? _tokens[next].Is('(') : _inDefine && token < _directiveEnd && role == CRole.Ordinary;
        NameMapEntry? entry = choice.Of(role, isCall) ?? TagFor(token, next, role, choice) ?? (IsTypeOfCplusplus(next, role) || IsAlias(token, next, role, choice) ? choice.Tag : null);
        if (!isKnown)
        {
            _findings.Use(token, role, choice, entry);
        }

        if (entry is null)
        {
            if (role != CRole.Ordinary || choice is not { Macro: not null, Ordinary: null } || next >= end || !IsArgument(token, next))
            {
                return;
            }

            if (_options.IsUserCode || !_defined.Contains(_tokens[token].Value))
            {
                _findings.Argument(token, choice);
                return;
            }

            entry = choice.Macro; // A list of calls, which is handed the macro to call: LIST(ITEM).
        }

        (int line, int column) = _position.Of(_tokens[token].Start);
        _replacements.Add(new Replacement(entry.Value, line, column));
        Replace(token, entry.Value.New);
        ReadOnlySpan<char> written = _tokens.Span(token);
        if (written.Length != entry.Value.Old.Length)
        {
            foreach (char c in written)
            {
                // Splices within the name go behind it: every line keeps its number.
                _output.Append(c is '\\' or '\r' or '\n' ? c.ToString() : "");
            }
        }
    }

    /// <summary>
    /// In a header, an argument outside directives that nothing but a tag can be: that of a macro of another header which makes
    /// a type, as LIST_HEAD(thread_list, struct thread) does. In C++ it may be what a constructor begins a member with.
    /// </summary>
    private NameMapEntry? TagFor(int token, int next, CRole role, NameChoice choice) =>
        role == CRole.Ordinary && choice is { Macro: null, Ordinary: null } && !_options.IsUserCode && token >= _directiveEnd && next < _tokens.Count && IsArgument(token, next)
        && !IsCplusplus
            ? choice.Tag
            : null;

    /// <summary>Whether a macro of a header stands for a tag, and nothing else: <c>#define utmp utmpx</c>.</summary>
    private bool IsAlias(int token, int next, CRole role, NameChoice choice) =>
        role == CRole.Ordinary && choice is { Macro: null, Ordinary: null } && !_options.IsUserCode && _inDefine && token < _directiveEnd && next == _directiveEnd
        && Before(token) is var name && _tokens[name].Kind == CTokenKind.Word && _structure.Roles[name] == CRole.MacroName;

    /// <summary>Whether what follows a name shows a type: in C++ a tag is one by itself.</summary>
    private bool IsTypeOfCplusplus(int next, CRole role) => role == CRole.Ordinary && next < _tokens.Count && IsCplusplus
        && (_tokens[next].Is('*') || _tokens[next].Is('&') || _tokens[next].Is('>') || _tokens[next].Is(CMark.Scope) || IsQualifier(next));

    /// <summary>Whether C++ says that the name is none of a class, nor a local one: <c>::name</c>.</summary>
    private bool IsGlobal(int token)
    {
        int scope = Before(token);
        return scope >= 0 && _tokens[scope].Is(CMark.Scope) && !IsQualifier(Before(scope));
    }

    private bool IsCplusplus => _isCplusplus ??= HeaderWords.IsCplusplus(_tokens);

    private bool IsQualifier(int token) => token >= 0 && (_tokens[token].Is('>')
        || (_tokens[token].Kind == CTokenKind.Word && _tokens.Words.ClassOf(_tokens[token].Value) == CWordClass.Identifier));

    private int Before(int token)
    {
        do
        {
            token--;
        }
        while (token >= 0 && _tokens[token].IsTrivia);

        return token;
    }

    /// <summary>Whether the token is all of an argument, so that a macro may call it.</summary>
    private bool IsArgument(int token, int next)
    {
        int before = Before(token);
        return before >= 0 && (_tokens[before].Is('(') || _tokens[before].Is(',')) && (_tokens[next].Is(')') || _tokens[next].Is(','));
    }

    /// <summary><c>"NAME"</c> after #pragma push_macro, or <c>"push_macro(\"NAME\")"</c> of _Pragma.</summary>
    private void MacroText(int token)
    {
        string text = _tokens.Span(token).ToString();
        Group named = NamedMacro().Match(text).Groups["name"];
        NameMapEntry? entry = _tokens.Words.Find(named.Value) is >= 0 and int word ? _choices[word]?.Macro : _names.Macro(named.Value);
        if (entry is { } renamed)
        {
            (int line, int column) = _position.Of(_tokens[token].Start);
            _replacements.Add(new Replacement(renamed, line, column));
            Replace(token, text[..named.Index] + renamed.New + text[(named.Index + named.Length)..]);
        }
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
        bool isSearched = _tokens[before].Kind == CTokenKind.Word && _tokens.Word(before) is "include" or "import" or "__has_include";
        if (isComplete && isSearched && _options.HeaderName!(written.ToString()) is { } spelling)
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

    [GeneratedRegex("""^"\s*(?<name>\w+)\s*"$|_macro\s*\(\s*\\"\s*(?<name>\w+)\s*\\["]""", RegexOptions.CultureInvariant)]
    private static partial Regex NamedMacro();
}
