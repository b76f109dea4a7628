using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource;

/// <summary>Declarations.</summary>
public sealed partial class CParser
{
    private const int OldStyleReach = 256; // Tokens from a parameter list to the body, at most.

    private void BeginDeclaration()
    {
        _s.Phase = CPhase.Start;
        _s.Flags &= CFlags.Lasting;
        _s.Count = 0;
        BeginDeclarator();
        if (_s.Place != CPlace.Parameters || _s.Flags.HasFlag(CFlags.OldStyle))
        {
            return;
        }

        _s.Owner = CPlace.Parameters;
    }

    private void BeginDeclarator()
    {
        if (_s.Phase != CPhase.Start)
        {
            _s.Phase = CPhase.Declarator;
        }

        _s.Derivation = CDerivation.None;
        _s.Declaration = -1;
        _s.Parameters = 0;
        _s.Flags &= ~(CFlags.Pointer | CFlags.Suffix);
    }

    private void DeclarationWord(int token, int word, CWordClass group)
    {
        if (_s.Phase is CPhase.Start or CPhase.Statement && IsStatementPlace)
        {
            if (StatementWord(token, word, group))
            {
                return;
            }
        }

        if (_s.Phase == CPhase.Start)
        {
            BeginDeclaration();
            _s.Phase = CPhase.Specifiers;
        }

        switch (_s.Phase)
        {
            case CPhase.Specifiers:
                SpecifierWord(token, word, group);
                break;
            case CPhase.Declarator or CPhase.Declared:
                DeclaratorWord(token, word, group);
                break;
            default:
                ExpressionWord(token, word, group);
                break;
        }
    }

    private void SpecifierWord(int token, int word, CWordClass group)
    {
        switch (group)
        {
            case CWordClass.Type:
                _s.Flags |= CFlags.TypeSeen;
                break;
            case CWordClass.Typeof:
                _s.Flags |= _words[word] is "_Alignas" or "alignas" || (_words[word] is "_Atomic" && !IsAhead(1, '(')) ? CFlags.None : CFlags.TypeSeen;
                break;
            case CWordClass.Typedef:
                _s.Flags |= CFlags.Typedef;
                break;
            case CWordClass.Static:
                _s.Flags |= CFlags.Static | CFlags.Storage;
                break;
            case CWordClass.Extern:
                _s.Flags |= CFlags.Extern | CFlags.Storage;
                break;
            case CWordClass.Qualifier:
                _s.Flags |= _words[word] is "register" or "auto" ? CFlags.Storage : CFlags.None;
                break;
            case CWordClass.Aggregate or CWordClass.Enum:
                OpenTag(group);
                _s.Flags |= CFlags.TypeSeen;
                break;
            case CWordClass.Assert:
                _s.Phase = CPhase.Value;
                break;
            case CWordClass.Asm when !_s.Flags.HasFlag(CFlags.TypeSeen):
                _s.Phase = CPhase.Value;
                break;
            case CWordClass.Identifier when IsUsing(word):
                _s.Phase = CPhase.Value;
                break;
            case CWordClass.Identifier when _s.Flags.HasFlag(CFlags.TypeSeen) ? IsName() : IsNameWithoutType():
                Name(token, word);
                break;
            case CWordClass.Identifier:
                Use(token, word);
                bool isCall = IsAhead(1, '(') && !IsBeforeParenthesizedName(word);
                _s.Flags |= isCall ? CFlags.Call : CFlags.TypeSeen;
                _s.Flags |= _functionTypes.Contains(word) ? CFlags.FunctionType : CFlags.None;
                break;
        }
    }

    /// <summary>Whether the word at hand begins what only C++ reads: <c>using std::FILE;</c> declares nothing that was not there.</summary>
    private bool IsUsing(int word) =>
        !_s.Flags.HasFlag(CFlags.TypeSeen) && _words[word] == "using"
        && (IsAhead(1, CMark.Scope) || (WordAhead(1) is >= 0 and int next && (_words[next] == "namespace" || IsAhead(2, CMark.Scope) || IsAhead(2, '='))));

    private void DeclaratorWord(int token, int word, CWordClass group)
    {
        if (group is CWordClass.Aggregate or CWordClass.Enum)
        {
            OpenTag(group);
        }
        else if (group == CWordClass.Operator && _s.Phase == CPhase.Declared)
        {
            _s.Flags |= CFlags.Suffix; // noexcept of C++.
        }
        else if (group == CWordClass.Identifier)
        {
            if (_s.Phase == CPhase.Declared)
            {
                Use(token, word); // What a macro stands for, an attribute for example.
                _s.Flags |= CFlags.Suffix;
            }
            else if (IsName())
            {
                Name(token, word);
            }
            else
            {
                Use(token, word);
            }
        }
    }

    /// <summary>
    /// Whether the word at hand is the declared name, given that there is a type before it. Of two names in a row one is a macro: the
    /// second if it looks like one and the first does not, else the first.
    /// </summary>
    private bool IsName()
    {
        int word = _tokens[_code[_at]].Value;
        // No parameter begins with a star: what it stands behind is a type, and what came before that a macro.
        if (IsAhead(1, '*') || (IsAhead(1, '(') && IsAhead(2, '*')) || IsAhead(1, CMark.Scope) || IsMacroCall(word) || IsBeforeParenthesizedName(word) || IsAttributeCall(word))
        {
            return false;
        }

        int next = WordAhead(1);
        return next < 0 || _words.ClassOf(next) switch
        {
            CWordClass.Identifier => LooksLikeMacro(next) && !LooksLikeMacro(word),
            CWordClass.Type or CWordClass.Qualifier or CWordClass.Static or CWordClass.Typedef or CWordClass.Extern => _s.Flags.HasFlag(CFlags.OldStyle),
            CWordClass.Aggregate or CWordClass.Enum => false,
            _ => true,
        };
    }

    /// <summary>The same without a type: after a macro with arguments that is one, or where int goes without saying.</summary>
    private bool IsNameWithoutType()
    {
        if (IsMacroCall(_tokens[_code[_at]].Value))
        {
            return false;
        }

        if (_s.Flags.HasFlag(CFlags.Call))
        {
            return Ahead(1) is { Kind: CTokenKind.Mark, Value: ';' or ',' or '=' or '[' or '(' or ':' };
        }

        return _s.Flags.HasFlag(CFlags.Storage) && Ahead(1) is { Kind: CTokenKind.Mark, Value: ';' or ',' or '=' or '[' };
    }

    /// <summary>
    /// Whether the word at hand is a type with the declared name in parentheses behind it: <c>number (f)(int)</c>. No function returns a function, so
    /// that two pairs of parentheses are enough to tell it; one pair may as well be the arguments of a macro, unless the type is known.
    /// </summary>
    private bool IsBeforeParenthesizedName(int word) =>
        IsParenthesizedName(1) && !_isCallMacro[word]
        && (IsAhead(4, '(') || IsInitialized || (_types[word] && Ahead(4) is { Kind: CTokenKind.Mark, Value: ';' or ',' or '=' or '[' }));

    private bool IsParenthesizedName(int distance) =>
        IsAhead(distance, '(') && WordAhead(distance + 1) is >= 0 and int name && _words.ClassOf(name) == CWordClass.Identifier && IsAhead(distance + 2, ')');

    /// <summary>Whether one name in parentheses is given a value: <c>int UNUSED(v) = 1</c>. No function is.</summary>
    private bool IsInitialized => IsAhead(4, '=') && !IsType(WordAhead(2));

    /// <summary>
    /// Whether the word at hand is a macro for attributes with its arguments, before the declared name: <c>int SECTION(".d") v</c>. Of a name before and one
    /// behind the parentheses it is the one that looks like a macro: <c>int f(size_t) NOTHROW</c> declares f, and so does <c>int f(5)</c> in C++.
    /// </summary>
    private bool IsAttributeCall(int word)
    {
        bool isLiteral = Ahead(2) is { Kind: CTokenKind.Text or CTokenKind.Number };
        if (!IsAhead(1, '(') || !(isLiteral || (IsParenthesizedName(1) && LooksLikeMacro(word))) || BehindParentheses() is not (> 0 and int behind))
        {
            return false;
        }

        return IsAhead(behind, '*') || (WordAhead(behind) is >= 0 and int name && _words.ClassOf(name) == CWordClass.Identifier
            && (!LooksLikeMacro(name) || (isLiteral && LooksLikeMacro(word))));
    }

    /// <summary>How far ahead the token behind the parentheses is that open next; 0 when they close nowhere near.</summary>
    private int BehindParentheses()
    {
        int depth = 0;
        for (int next = 1; next < StatementReach && _at + next < _limit; next++)
        {
            depth += IsAhead(next, '(') ? 1 : IsAhead(next, ')') ? -1 : 0;
            if (depth == 0)
            {
                return next + 1;
            }
        }

        return 0;
    }

    private bool LooksLikeMacro(int word)
    {
        string name = _words[word];
        return name.StartsWith("__", StringComparison.Ordinal) || !name.AsSpan().ContainsAnyInRange('a', 'z');
    }

    private void Name(int token, int word)
    {
        _s.Phase = CPhase.Declared;
        _s.Declaration = -1;
        bool isTypedef = _s.Flags.HasFlag(CFlags.Typedef);
        switch (_s.Owner)
        {
            case CPlace.Members:
                Assign(token, CRole.Member);
                break;
            case CPlace.Parameters:
                DeclareLocal(token, word, CRole.Parameter);
                break;
            case CPlace.Block or CPlace.ForHead when !_s.Flags.HasFlag(CFlags.Extern) && (isTypedef || _s.Place == CPlace.Nested || !IsAhead(1, '(')):
                DeclareLocal(token, word, CRole.Local);
                break;
            default:
                Assign(token, CRole.Declared);
                if (_s.Owner == CPlace.File)
                {
                    _types[word] |= isTypedef;
                    _s.Declaration = Declare(token, isTypedef ? HeaderNameKind.Typedef : HeaderNameKind.Variable);
                }

                break;
        }
    }

    private int Declare(int token, HeaderNameKind kind, int tagWord = -1)
    {
        _declarations.Add(new CDeclaration { Token = token, Kind = kind, IsStatic = _s.Flags.HasFlag(CFlags.Static), TagWord = tagWord });
        return _declarations.Count - 1;
    }

    private void DeclareLocal(int token, int word, CRole role)
    {
        Assign(token, role);
        _scopes.Declare(_s.Scope, word, isTag: false, role);
    }

    private void EndDeclarator(bool isDefinition)
    {
        if (_s.Declaration < 0)
        {
            return;
        }

        ref CDeclaration declaration = ref At(_s.Declaration);
        int word = _tokens[declaration.Token].Value;
        bool isFunction = _s.Derivation == CDerivation.Function
            || (_s.Derivation == CDerivation.None && _s.Flags.HasFlag(CFlags.FunctionType) && !_s.Flags.HasFlag(CFlags.Pointer));
        declaration.IsDefinition |= isDefinition || declaration.Kind == HeaderNameKind.Typedef;
        if (isFunction && declaration.Kind == HeaderNameKind.Typedef)
        {
            _functionTypes.Add(word);
        }
        else if (isFunction)
        {
            declaration.Kind = HeaderNameKind.Function;
            _functions.Add(word);
        }
    }

    /// <summary>A parenthesis within a declarator: around a part of it, or around the parameters of a function without a name.</summary>
    private void OpenDeclarator()
    {
        _s.Phase = CPhase.Declarator;
        if (LooksLikeParameters())
        {
            OpenParameters();
            return;
        }

        (CPlace owner, CFlags flags) = (_s.Owner, _s.Flags);
        Push(CPlace.Nested, ')');
        _s.Phase = CPhase.Declarator;
        _s.Owner = owner;
        _s.Flags = flags & ~CFlags.Pointer;
    }

    private bool LooksLikeParameters()
    {
        if (IsParenthesizedName(0) && IsAhead(3, '('))
        {
            return false;
        }

        if (IsAhead(1, ')') || IsAhead(1, CMark.Ellipsis))
        {
            return true;
        }

        int next = WordAhead(1);
        return next >= 0 && _words.ClassOf(next) switch
        {
            CWordClass.Identifier => IsType(next),
            CWordClass.Type or CWordClass.Aggregate or CWordClass.Enum or CWordClass.Typeof => true,
            CWordClass.Qualifier => !IsAhead(2, '*'),
            _ => false,
        };
    }

    private void OpenParameters()
    {
        int scope = _scopes.Open(_s.Scope);
        if (_s.Derivation == CDerivation.None)
        {
            _s.Derivation = CDerivation.Function;
            _s.Parameters = scope;
            EndDeclarator(isDefinition: false);
        }

        Push(CPlace.Parameters, ')');
        _s.Scope = scope;
    }

    /// <summary>After <c>int f(a, b)</c>: the declarations of a and b, when it is a definition of the old kind.</summary>
    private void OpenOldStyle()
    {
        if (_s.Place is not (CPlace.File or CPlace.Fragment) || _s.Derivation != CDerivation.Function || !IsOldStyle(out int open))
        {
            return;
        }

        EndDeclarator(isDefinition: false);
        for (int i = open + 1; i < _at; i++)
        {
            if (_tokens[_code[i]] is { Kind: CTokenKind.Word } t)
            {
                Assign(_code[i], CRole.Parameter);
                _scopes.Declare(_s.Parameters, t.Value, isTag: false, CRole.Parameter);
            }
        }

        int scope = _s.Parameters;
        Push(CPlace.Parameters, '\0');
        _s.Scope = scope;
        _s.Flags |= CFlags.OldStyle;
    }

    private bool IsOldStyle(out int open)
    {
        open = _at - 1;
        if (WordAhead(1) is not (>= 0 and int next)
            || _words.ClassOf(next) is not (CWordClass.Identifier or CWordClass.Type or CWordClass.Aggregate or CWordClass.Enum or CWordClass.Qualifier)
            || IsAhead(2, ';'))
        {
            return false; // No declaration has one word: f(size_t) MACRO;
        }

        while (open >= _start && !IsOpen(open))
        {
            // Names and commas in turn: f(a, b).
            CToken t = _tokens[_code[open]];
            if ((_at - open) % 2 == 1 ? t.Kind != CTokenKind.Word || _words.ClassOf(t.Value) != CWordClass.Identifier : !t.Is(','))
            {
                return false;
            }

            open--;
        }

        for (int i = 1; i < OldStyleReach && _at + i < _limit; i++)
        {
            if (IsAhead(i, '{') || IsAhead(i, '}') || IsAhead(i, '='))
            {
                return open < _at - 1 && IsAhead(i, '{') && IsAhead(i - 1, ';');
            }
        }

        return false;

        bool IsOpen(int at) => _tokens[_code[at]].Is('(');
    }

    private void OpenBody()
    {
        EndDeclarator(isDefinition: true);
        if (_s.Declaration >= 0)
        {
            At(_s.Declaration).BodyStart = _code[_at];
        }

        int scope = _s.Parameters == 0 ? _s.Scope : _s.Parameters;
        Push(CPlace.Block, '}');
        _s.Scope = _scopes.Open(scope);
        _s.Flags |= CFlags.InBlock | CFlags.Body;
    }

    private void OpenTag(CWordClass group)
    {
        _s.Tag = CTagState.Unnamed;
        _s.TagDeclaration = -1;
        _s.Flags = group == CWordClass.Enum ? _s.Flags | CFlags.Enum : _s.Flags & ~CFlags.Enum;
    }

    /// <summary>A token after struct, union or enum; false when it belongs to what follows.</summary>
    private bool TagStep(int token, in CToken t)
    {
        if (t.Kind == CTokenKind.Word)
        {
            CWordClass group = _words.ClassOf(t.Value);
            if (group is CWordClass.Attribute or CWordClass.Typeof && _s.Tag != CTagState.Underlying)
            {
                return true; // Its parenthesis looks back at it.
            }

            if (_s.Tag == CTagState.Unnamed && (group == CWordClass.Identifier || _words[t.Value] == "class"))
            {
                if (IsMacroBeforeTag())
                {
                    Use(token, t.Value);
                }
                else
                {
                    Tag(token, t.Value);
                }

                return true;
            }

            if (_s.Tag == CTagState.Underlying)
            {
                ExpressionWord(token, t.Value, group);
                return true;
            }
        }
        else if (t.Is('(') && Before(1) is >= 0 and int before)
        {
            if (_words.ClassOf(before) is CWordClass.Attribute or CWordClass.Typeof)
            {
                OpenParenthesis();
                return true;
            }

            if (_s.Tag == CTagState.Unnamed && _words.ClassOf(before) == CWordClass.Identifier)
            {
                OpenExpression(before);
                return true;
            }
        }
        else if (t.Is('[') && IsAhead(1, '['))
        {
            Push(CPlace.Attribute, ']');
            return true;
        }
        else if (t.Is(':') && _s.Tag != CTagState.Underlying)
        {
            _s.Tag = CTagState.Underlying;
            return true;
        }
        else if (t.Is('{'))
        {
            OpenTagBody();
            return true;
        }

        if (_s.Tag == CTagState.Underlying && _s.Place is <= CPlace.Nested)
        {
            if (t.Kind != CTokenKind.Mark || t.Value is not (';' or ','))
            {
                _s.Tag = CTagState.None;
                _s.Phase = CPhase.Value;
                return false;
            }

            _s.Phase = CPhase.Value;
        }

        _s.Tag = CTagState.None;
        return false;
    }

    /// <summary>Whether the word at hand, after struct, is a macro for attributes: <c>struct PACKED name {</c>, <c>struct ALIGNED(16) name</c>.</summary>
    private bool IsMacroBeforeTag()
    {
        int next = 1;
        if (IsAhead(1, '('))
        {
            // struct s (*f)(int) declares a function, as struct s (f)(int) does.
            next = BehindParentheses();
            return next > 0 && (WordAhead(next) >= 0 || IsAhead(next, '{'));
        }

        while (next < StatementReach && WordAhead(next) >= 0)
        {
            next++;
        }

        return next > 1 && IsAhead(next, '{');
    }

    private void Tag(int token, int word)
    {
        _s.Tag = CTagState.Named;
        bool isBody = IsAhead(1, '{');
        if (_s.Flags.HasFlag(CFlags.InBlock))
        {
            if (isBody || IsAhead(1, ';'))
            {
                _scopes.Declare(_s.Scope, word, isTag: true, CRole.Local);
            }

            Assign(token, _scopes.Find(_s.Scope, word, isTag: true) == CRole.None ? CRole.Tag : CRole.Local);
            return;
        }

        Assign(token, CRole.Tag);
        if (!_inMacro)
        {
            int before = Before(1); // struct; further back after attributes.
            for (int i = 1; before >= 0 && _words.ClassOf(before) is not (CWordClass.Aggregate or CWordClass.Enum) && i < 8; i++)
            {
                before = Before(i);
            }

            int keyword = _s.Flags.HasFlag(CFlags.Enum) ? CWords.Enum : before >= 0 && _words[before] == "union" ? CWords.Union : CWords.Struct;
            _s.TagDeclaration = Declare(token, HeaderNameKind.Tag, keyword);
        }
    }

    private void OpenTagBody()
    {
        if (_s.TagDeclaration >= 0)
        {
            At(_s.TagDeclaration).IsDefinition = true;
        }

        Push(_s.Flags.HasFlag(CFlags.Enum) ? CPlace.Enumerators : CPlace.Members, '}');
    }

    private void EnumeratorWord(int token, int word, CWordClass group)
    {
        if (_s.Phase != CPhase.Start || group != CWordClass.Identifier || IsAhead(1, '('))
        {
            ExpressionWord(token, word, group);
            return;
        }

        _s.Phase = CPhase.Value;
        if (_s.Flags.HasFlag(CFlags.InBlock))
        {
            DeclareLocal(token, word, CRole.Local);
            return;
        }

        Assign(token, CRole.Enumerator);
        if (!_inMacro)
        {
            At(Declare(token, HeaderNameKind.Enumerator)).IsDefinition = true;
        }
    }
}
