namespace MiniosBuild.CSource;

/// <summary>Directives, and the bodies of macros.</summary>
public sealed partial class CParser
{
    private readonly List<CMacro> _macros = [];
    private readonly int[] _macroOf; // By word: 1 + the uses of the last macro of that name, if any of them is special.
    private readonly List<IReadOnlyList<CParameterUse>> _uses = [];
    private readonly List<Branches> _branches = [];
    private readonly Dictionary<string, string> _externalNames = new(StringComparer.Ordinal);
    private readonly HashSet<int> _parameters = []; // Of the macro at hand.
    private readonly Dictionary<int, CParameterUse> _passedOn = []; // Parameters of the macro at hand that are arguments of another.
    private readonly List<int> _bodyCode = [];
    private bool _inMacro;
    private int _start; // Of _code: where looking back ends.

    /// <summary>A conditional: what each branch begins with, and what follows it all.</summary>
    private sealed class Branches(in CState before)
    {
        public CState Before = before;
        public CState After;
        public bool HasAfter;
        public bool IsDead; // The branch at hand: its text is not for a compiler.
    }

    private void Directive(int hash, int end)
    {
        int name = _tokens.Next(hash, end);
        if (name == end || _tokens[name].Kind != CTokenKind.Word)
        {
            return; // Nothing, or a line marker.
        }

        _roles[name] = CRole.Directive;
        switch (_tokens.Word(name))
        {
            case "if":
                MacroNames(name, end);
                _branches.Add(new Branches(_s) { IsDead = IsZero(name, end) });
                break;
            case "ifdef" or "ifndef":
                MacroNames(name, end);
                _branches.Add(new Branches(_s));
                break;
            case "elif":
                MacroNames(name, end);
                NextBranch(isDead: IsZero(name, end));
                break;
            case "elifdef" or "elifndef":
                MacroNames(name, end);
                NextBranch(isDead: false);
                break;
            case "else":
                NextBranch(isDead: false);
                break;
            case "endif":
                EndBranches();
                break;
            case "define":
                Define(_tokens.Next(name, end), end);
                break;
            case "undef" or "include" or "include_next" or "import" or "embed":
                MacroNames(name, end);
                break;
            case "pragma":
                Pragma(name, end);
                break;
            case "error":
                Ignored(name, end);
                if (_branches.Count > 0)
                {
                    _branches[^1].IsDead = true;
                }

                break;
            default:
                Ignored(name, end);
                break;
        }
    }

    private void NextBranch(bool isDead)
    {
        if (_branches.Count > 0)
        {
            Branches branches = _branches[^1];
            KeepAfter(branches);
            branches.IsDead = isDead;
            _s = branches.Before;
        }
    }

    private void EndBranches()
    {
        if (_branches.Count > 0)
        {
            Branches branches = _branches[^1];
            KeepAfter(branches);
            _branches.RemoveAt(_branches.Count - 1);
            _s = branches.HasAfter ? branches.After : branches.Before;
        }
    }

    private void KeepAfter(Branches branches)
    {
        if (!branches.IsDead && !branches.HasAfter)
        {
            branches.After = _s;
            branches.HasAfter = true;
        }
    }

    private bool IsZero(int name, int end)
    {
        int value = _tokens.Next(name, end);
        return value < end && _tokens.Span(value) is "0" && _tokens.Next(value, end) == end;
    }

    private void MacroNames(int name, int end)
    {
        for (int i = _tokens.Next(name, end); i < end; i = _tokens.Next(i, end))
        {
            if (_tokens[i].Kind == CTokenKind.Word && _tokens.Word(i) is not ("defined" or "__has_include" or "__has_include_next" or "__has_embed"))
            {
                _roles[i] = CRole.MacroName;
            }
        }
    }

    private void Ignored(int name, int end)
    {
        for (int i = name + 1; i < end; i++)
        {
            if (_tokens[i].Kind == CTokenKind.Word)
            {
                _roles[i] = CRole.Directive;
            }
        }
    }

    /// <summary>
    /// #pragma redefine_extname, weak and poison have names of the program, push_macro and pop_macro one in a string. Compilers expand what pack, message
    /// and OpenMP's clauses have in parentheses. All other words are a pragma's own.
    /// </summary>
    private void Pragma(int name, int end)
    {
        Ignored(name, end);
        int word = _tokens.Next(name, end);
        if (word < end && _tokens.Span(word) is "GCC" or "clang" && _tokens.Next(word, end) is int next && next < end && _tokens.Span(next) is "poison")
        {
            MacroNames(next, end);
            return;
        }

        if (word < end && _tokens.Span(word) is "push_macro" or "pop_macro")
        {
            int text = _tokens.Next(_tokens.Next(word, end), end);
            if (text < end)
            {
                _roles[text] = CRole.MacroText;
            }

            return;
        }

        if (word < end && _tokens.Span(word) is "pack" or "message" or "omp")
        {
            Expanded(word, end);
            return;
        }

        if (word == end || _tokens[word].Kind != CTokenKind.Word || _tokens.Word(word) is not ("redefine_extname" or "weak"))
        {
            return;
        }

        int first = _tokens.Next(word, end);
        for (int i = first; i < end; i = _tokens.Next(i, end))
        {
            if (_tokens[i].Kind == CTokenKind.Word)
            {
                _roles[i] = CRole.Ordinary;
            }
        }

        int second = first < end ? _tokens.Next(first, end) : end;
        if (_tokens.Word(word) == "redefine_extname" && second < end && _tokens[first].Kind == CTokenKind.Word && _tokens[second].Kind == CTokenKind.Word)
        {
            _externalNames[_tokens.Word(first)] = _tokens.Word(second);
        }
    }

    private void Expanded(int word, int end)
    {
        int depth = 0;
        for (int i = _tokens.Next(word, end); i < end; i = _tokens.Next(i, end))
        {
            depth += _tokens[i].Is('(') ? 1 : _tokens[i].Is(')') ? -1 : 0;
            if (depth > 0 && _tokens[i].Kind == CTokenKind.Word && _tokens.Span(i) is not ("push" or "pop" or "show"))
            {
                _roles[i] = CRole.Ordinary;
            }
        }
    }

    private void Define(int name, int end)
    {
        if (name >= end || _tokens[name].Kind != CTokenKind.Word)
        {
            return;
        }

        _roles[name] = CRole.MacroName;
        var macro = new CMacro { Token = name, BodyEnd = end };
        _macros.Add(macro);
        int next = _tokens.Beside(name);
        if (next < end && _tokens[next].Is('('))
        {
            macro.IsFunction = true;
            _isCallMacro[_tokens[name].Value] = true;
            next = MacroParameters(macro, next, end);
        }

        macro.BodyStart = Math.Min(next, end);
        MacroBody(macro);
    }

    private int MacroParameters(CMacro macro, int open, int end)
    {
        int i = _tokens.Next(open, end);
        for (; i < end && !_tokens[i].Is(')'); i = _tokens.Next(i, end))
        {
            if (_tokens[i].Kind == CTokenKind.Word)
            {
                _roles[i] = CRole.MacroParameter;
                macro.Parameters.Add(_tokens[i].Value);
                _parameters.Add(_tokens[i].Value);
            }
            else if (_tokens[i].Is(CMark.Ellipsis))
            {
                int before = i - 1; // args... has a name, and ... the one that C gives it.
                while (_tokens[before].IsTrivia)
                {
                    before--;
                }

                macro.HasNamedRest = _tokens[before].Kind == CTokenKind.Word;
                if (!macro.HasNamedRest)
                {
                    macro.Parameters.Add(_words.Find("__VA_ARGS__"));
                    _parameters.Add(macro.Parameters[^1]);
                }
            }
        }

        return i + 1;
    }

    private void MacroBody(CMacro macro)
    {
        (List<int> code, int at, int limit, int start, CState state) = (_code, _at, _limit, _start, _s);
        _code = _bodyCode;
        _code.Clear();
        for (int i = macro.BodyStart; i < macro.BodyEnd; i++)
        {
            if (!_tokens[i].IsTrivia)
            {
                _code.Add(i);
            }
        }

        (_limit, _start, _inMacro) = (_code.Count, 0, true);
        _s = StateOf(CPlace.Fragment);
        _s.Scope = state.Scope; // A macro within a function means what the function declares.
        for (_at = 0; _at < _limit; _at++)
        {
            Step();
        }

        Operands(macro);
        _parameters.Clear();
        (_code, _at, _limit, _start, _s, _inMacro) = (code, at, limit, start, state, false);
    }

    /// <summary>Finds what # and ## are applied to, and what the macro makes of its arguments.</summary>
    private void Operands(CMacro macro)
    {
        var uses = new CParameterUse[macro.Parameters.Count];
        for (int i = 0; i < _limit; i++)
        {
            int token = _code[i];
            if (_tokens[token].Kind != CTokenKind.Word)
            {
                continue;
            }

            bool isPasted = (i > 1 && _tokens[_code[i - 1]].Is(CMark.Paste) && !_tokens[_code[i - 2]].Is(','))
                || (i + 2 < _limit && _tokens[_code[i + 1]].Is(CMark.Paste));
            int parameter = _parameters.Contains(_tokens[token].Value) ? macro.Parameters.IndexOf(_tokens[token].Value) : -1;
            if (parameter >= 0)
            {
                bool isMember = i > 0 && (_tokens[_code[i - 1]].Is('.') || _tokens[_code[i - 1]].Is(CMark.Arrow));
                CParameterUse use = isPasted ? CParameterUse.Pasted
                    : macro.IsFunction && i > 0 && _tokens[_code[i - 1]].Is('#') ? CParameterUse.Stringized
                    : isMember ? CParameterUse.Member
                    : _passedOn.GetValueOrDefault(token, CParameterUse.Plain);
                uses[parameter] |= use;
            }
            else if (isPasted)
            {
                _roles[token] = CRole.Pasted;
            }
        }

        _passedOn.Clear();
        macro.Uses = uses;
        SetUses(_tokens[macro.Token].Value, uses);
    }

    private void SetUses(int word, IReadOnlyList<CParameterUse> uses)
    {
        _macroOf[word] = 0;
        if (uses.Any(use => (use & ~CParameterUse.Plain) != 0))
        {
            _uses.Add(uses);
            _macroOf[word] = _uses.Count;
        }
    }

    /// <summary>Whether the word at hand is a macro of the text with its arguments.</summary>
    private bool IsMacroCall(int word) => _isCallMacro[word] && !_isPreprocessed && IsAhead(1, '(');

    /// <summary>The macro with special arguments that a word names; -1 when there is none, -2 for offsetof, -3 for container_of.</summary>
    private int MacroBefore(int word) =>
        _macroOf[word] > 0 && !(_isPreprocessed && !_inMacro) ? _macroOf[word] - 1
        : _words[word] switch { "offsetof" or "__builtin_offsetof" or "__offsetof" => -2, "container_of" => -3, _ => -1 };

    /// <summary>What the argument at hand is, by what the macro does with it; <see cref="CRole.None"/> when it is nothing special.</summary>
    private CRole ArgumentRole()
    {
        if (_s.Macro < -1)
        {
            return _s.Count >= -_s.Macro - 1 ? CRole.Member : CRole.None;
        }

        CParameterUse use = ArgumentUse();
        bool isPlain = use.HasFlag(CParameterUse.Plain);
        return use.HasFlag(CParameterUse.Pasted) ? (isPlain ? CRole.AlsoPasted : CRole.Pasted)
            : use.HasFlag(CParameterUse.Stringized) ? (isPlain ? CRole.AlsoStringized : CRole.Stringized)
            : use.HasFlag(CParameterUse.LaterPasted) ? (isPlain ? CRole.AlsoPasted : CRole.LaterPasted)
            : use.HasFlag(CParameterUse.LaterStringized) ? (isPlain ? CRole.AlsoStringized : CRole.LaterStringized)
            : use == CParameterUse.Member ? CRole.Member
            : CRole.None;
    }

    /// <summary>What becomes of the token at hand in the macros that it is an argument of: in the inner one, unless the outer one takes its text as it is.</summary>
    private CParameterUse ArgumentUse()
    {
        CParameterUse use = _s.Macro >= 0 && _uses[_s.Macro] is { Count: > 0 } uses ? uses[Math.Min(_s.Count, uses.Count - 1)] : CParameterUse.None;
        return use is CParameterUse.None or CParameterUse.Plain || (_s.Around & (CParameterUse.Pasted | CParameterUse.Stringized)) != 0
            ? (_s.Around == CParameterUse.None ? use : _s.Around)
            : use;
    }

    /// <summary>The same as a use of a parameter of the macro at hand.</summary>
    private CParameterUse PassedOn() =>
        _s.Macro < -1 ? (ArgumentRole() == CRole.Member ? CParameterUse.Member : CParameterUse.Plain)
        : ArgumentUse() is var use and not CParameterUse.None ? Later(use)
        : CParameterUse.Plain;

    private static CParameterUse Later(CParameterUse use) =>
        (use & ~(CParameterUse.Pasted | CParameterUse.Stringized))
        | (use.HasFlag(CParameterUse.Pasted) ? CParameterUse.LaterPasted : CParameterUse.None)
        | (use.HasFlag(CParameterUse.Stringized) ? CParameterUse.LaterStringized : CParameterUse.None);

    private void Assign(int token, CRole role)
    {
        if (_inMacro && _parameters.Contains(_tokens[token].Value))
        {
            if (_s.Macro != -1 || _s.Around != CParameterUse.None)
            {
                _passedOn[token] = PassedOn();
            }

            role = CRole.MacroParameter;
        }

        _roles[token] = role;
    }
}
