namespace MiniosBuild.CSource;

/// <summary>Statements and expressions, and the brackets of all kinds.</summary>
public sealed partial class CParser
{
    private const int LongestPointer = 16; // Stars and qualifiers to look past for a declared name.
    private const int StatementReach = 256; // Tokens to look through for a semicolon.

    private static readonly HashSet<string> WordAttributes = new(StringComparer.Ordinal)
    {
        "format", "__format__", "mode", "__mode__", "access", "__access__", "optimize", "__optimize__", "target", "__target__", "visibility", "__visibility__",
    };

    private static readonly HashSet<string> NameAttributes = new(StringComparer.Ordinal)
    {
        "alias", "__alias__", "weakref", "__weakref__", "ifunc", "__ifunc__",
    };

    /// <summary>A word where a statement begins or goes on; false when a declaration begins with it.</summary>
    private bool StatementWord(int token, int word, CWordClass group)
    {
        if (_s.Phase == CPhase.Statement)
        {
            bool afterCall = _s.Flags.HasFlag(CFlags.Call) && IsBefore(1, ')') && !_inMacro;
            bool restarts = group switch
            {
                CWordClass.Head or CWordClass.For or CWordClass.Do or CWordClass.Else or CWordClass.Case or CWordClass.Jump or CWordClass.Static
                    or CWordClass.Typedef or CWordClass.Extern => true,
                CWordClass.Goto => !IsAsmHead(),
                CWordClass.Operator or CWordClass.Attribute or CWordClass.Asm => false,
                _ => afterCall,
            };
            if (!restarts)
            {
                ExpressionWord(token, word, group);
                return true;
            }

            BeginDeclaration(); // A macro that needs no semicolon came before.
        }

        switch (group)
        {
            case CWordClass.Head or CWordClass.For:
                return true;
            case CWordClass.Do or CWordClass.Else:
                _s.Flags |= group == CWordClass.Do ? CFlags.Do : CFlags.None;
                return true;
            case CWordClass.Case:
                _s.Phase = CPhase.Statement;
                _s.Flags |= CFlags.Case;
                _s.Count = 0;
                return true;
            case CWordClass.Jump or CWordClass.Goto or CWordClass.Asm or CWordClass.Assert or CWordClass.Operator:
                _s.Phase = CPhase.Statement;
                return true;
            case CWordClass.Identifier when _s.Place == CPlace.Block && IsAhead(1, ':'):
                Assign(token, CRole.Label);
                return true;
            case CWordClass.Identifier when !IsDeclaration(word):
                _s.Phase = CPhase.Statement;
                _s.Flags = (_s.Flags & CFlags.Lasting) | (IsAhead(1, '(') ? CFlags.Call : CFlags.None);
                Use(token, word);
                return true;
            case CWordClass.Qualifier when _words[word] == "__extension__":
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether a statement that begins with this name declares something.</summary>
    private bool IsDeclaration(int word)
    {
        if (_scopes.Find(_s.Scope, word, isTag: false) != CRole.None && !_types[word])
        {
            return false;
        }

        if (WordAhead(1) is >= 0 and int next)
        {
            return _words.ClassOf(next) is CWordClass.Identifier or CWordClass.Qualifier or CWordClass.Type or CWordClass.Attribute
                or CWordClass.Static or CWordClass.Extern or CWordClass.Typedef or CWordClass.Aggregate or CWordClass.Enum;
        }

        if (!IsAhead(1, '*'))
        {
            return IsAhead(1, '(') && IsAhead(2, '*') && IsType(word);
        }

        int i = 2;
        while (i < LongestPointer && (IsAhead(i, '*') || (WordAhead(i) is >= 0 and int w && _words.ClassOf(w) == CWordClass.Qualifier)))
        {
            i++;
        }

        return WordAhead(i) >= 0
            ? IsType(word) || Ahead(i + 1) is { Kind: CTokenKind.Mark, Value: ';' or '=' or ',' or '[' } || WordAhead(i + 1) >= 0
            : IsAhead(i, '(') && IsType(word);
    }

    /// <summary>Whether a name is known for a type, or for one by its ending.</summary>
    private bool IsType(int word) => _types[word] || _words[word].EndsWith("_t", StringComparison.Ordinal);

    private void EndStatement()
    {
        bool isDo = _s.Flags.HasFlag(CFlags.Do);
        CWordClass next = WordAhead(1) is >= 0 and int word ? _words.ClassOf(word) : CWordClass.Identifier;
        _s.Flags &= ~CFlags.Do;
        BeginDeclaration();
        if (_s.Outer != 0 && next != CWordClass.Else && !(isDo && next == CWordClass.Head))
        {
            _s.Scope = _s.Outer - 1;
            _s.Outer = 0;
        }
    }

    private void ExpressionWord(int token, int word, CWordClass group)
    {
        if (group is CWordClass.Aggregate or CWordClass.Enum)
        {
            OpenTag(group);
        }
        else if (group == CWordClass.Identifier)
        {
            Use(token, word);
        }
    }

    private void Use(int token, int word)
    {
        if (_s.Place == CPlace.Initializer && IsAhead(1, ':') && (IsBefore(1, '{') || IsBefore(1, ',')))
        {
            Assign(token, CRole.Member);
        }
        else if (IsLabelUse())
        {
            Assign(token, CRole.Label);
        }
        else
        {
            CRole argument = ArgumentRole();
            CRole role = argument is CRole.None or CRole.AlsoPasted or CRole.AlsoStringized ? _scopes.Find(_s.Scope, word, isTag: false) : argument;
            Assign(token, role != CRole.None ? role : argument != CRole.None ? argument : IsCaptured(word) ? CRole.Captured : CRole.Ordinary);
        }
    }

    private bool IsCaptured(int word) =>
        _newWords is not null && _newWords[word] >= 0 && _scopes.Find(_s.Scope, _newWords[word], isTag: false) != CRole.None;

    /// <summary>After goto, and after the operator that takes a label's address.</summary>
    private bool IsLabelUse()
    {
        if (Before(1) is >= 0 and int before)
        {
            return _words.ClassOf(before) == CWordClass.Goto && !IsAsmHead();
        }

        if (IsBefore(1, ',') && _s.Place == CPlace.Block && Before(2) >= 0 && _roles[_code[_at - 2]] == CRole.Label)
        {
            return true; // __label__ a, b;
        }

        return IsBefore(1, CMark.Both) && _at - 2 >= _start
            && (_tokens[_code[_at - 2]] is { Kind: CTokenKind.Mark, Value: not (')' or ']' or '}') }
                || (Before(2) is >= 0 and int word && _words.ClassOf(word) == CWordClass.Jump));
    }

    private void OpenParenthesis()
    {
        int before = Before(1);
        CWordClass group = before < 0 ? CWordClass.Identifier : _words.ClassOf(before);
        switch (group)
        {
            case CWordClass.Attribute:
                Push(CPlace.Attribute, ')');
                return;
            case CWordClass.Typeof or CWordClass.Operator or CWordClass.Assert:
                if (group == CWordClass.Typeof && IsDeclaring && IsAhead(2, ')') && WordAhead(1) is >= 0 and int operand && _functions.Contains(operand))
                {
                    _s.Flags |= CFlags.FunctionType;
                }

                Push(CPlace.Expression, ')');
                return;
            case CWordClass.Head when IsStatementPlace:
                Push(CPlace.Expression, ')');
                _s.Flags |= CFlags.Head;
                return;
            case CWordClass.For when IsStatementPlace:
                Push(CPlace.ForHead, ')');
                _s.Scope = _scopes.Open(_s.Scope);
                return;
        }

        if (IsAsmHead())
        {
            bool isLabel = _s.Place is <= CPlace.Nested && _s.Phase == CPhase.Declared;
            Push(CPlace.Asm, ')');
            _s.Flags |= isLabel ? CFlags.Label : CFlags.None;
            return;
        }

        switch (_s.Place)
        {
            case CPlace.Attribute:
                // format(printf, 1, 2) has words, cleanup(function) a name.
                bool isWords = IsBefore(1, '(') || IsBefore(1, '[') || (before >= 0 && WordAttributes.Contains(_words[before]));
                Push(isWords ? CPlace.Attribute : CPlace.Expression, ')');
                break;
            case CPlace.Nested or CPlace.File or CPlace.Fragment or CPlace.Members or CPlace.Block or CPlace.Parameters or CPlace.ForHead:
                OpenInDeclaration(before);
                break;
            default:
                if (IsBefore(1, ')') && IsBefore(2, '*') && IsAbstractPointer())
                {
                    OpenParameters(); // (int (*)(struct thread *thread))
                    break;
                }

                OpenExpression(before);
                break;
        }
    }

    private void OpenInDeclaration(int before)
    {
        if (before >= 0 && _isCallMacro[before] && !_isPreprocessed && _s.Phase != CPhase.Start)
        {
            OpenExpression(before);
            return;
        }

        switch (_s.Phase)
        {
            case CPhase.Specifiers when before >= 0 && _words.ClassOf(before) == CWordClass.Identifier && _roles[_code[_at - 1]] is not (CRole.Tag or CRole.Local)
                && _s.Flags.HasFlag(CFlags.Call) && !IsTypeBefore(before):
                OpenExpression(before);
                break;
            case CPhase.Specifiers or CPhase.Declarator:
                OpenDeclarator();
                break;
            case CPhase.Declared when !_s.Flags.HasFlag(CFlags.Suffix):
                OpenParameters();
                break;
            default:
                if (_s.Phase == CPhase.Start && IsStatementPlace)
                {
                    _s.Phase = CPhase.Statement;
                }

                OpenExpression(before);
                break;
        }
    }

    private bool IsTypeBefore(int word) => IsAhead(1, '*') && (!IsStatementPlace || IsType(word));

    private void OpenExpression(int before)
    {
        int macro = before >= 0 ? MacroBefore(before) : -1;
        Push(CPlace.Expression, ')');
        _s.Macro = macro;
    }

    private bool IsAbstractPointer()
    {
        int i = 2;
        while (i < LongestPointer && IsBefore(i, '*'))
        {
            i++;
        }

        return IsBefore(i, '(') && Before(i + 1) is >= 0 and int word && (_words.ClassOf(word) is CWordClass.Type || IsType(word));
    }

    /// <summary>Whether the word before is asm, or one that may stand between it and its parenthesis.</summary>
    private bool IsAsmHead()
    {
        for (int i = 1; i <= 4; i++)
        {
            int word = Before(i);
            CWordClass group = word < 0 ? CWordClass.Identifier : _words.ClassOf(word);
            if (group == CWordClass.Asm)
            {
                return true;
            }

            if (group is not (CWordClass.Qualifier or CWordClass.Goto))
            {
                return false;
            }
        }

        return false;
    }

    private void OpenBracket()
    {
        if (IsAhead(1, '[') || (_s.Place == CPlace.Attribute && _s.Close == ']'))
        {
            Push(CPlace.Attribute, ']');
            return;
        }

        if (_s.Place == CPlace.Asm)
        {
            Push(CPlace.AsmName, ']');
            return;
        }

        if (IsDeclaring && _s.Derivation == CDerivation.None)
        {
            _s.Derivation = CDerivation.Object;
        }

        if (_s.Phase == CPhase.Start && IsStatementPlace)
        {
            _s.Phase = CPhase.Statement;
        }

        Push(CPlace.Expression, ']');
    }

    private void OpenBrace()
    {
        bool isBody = _s.Phase == CPhase.Declared && _s.Derivation == CDerivation.Function;
        switch (_s.Place)
        {
            case CPlace.Parameters when _s.Flags.HasFlag(CFlags.OldStyle):
                _s = _s.Parent!.State;
                OpenBody();
                break;
            case CPlace.File or CPlace.Fragment or CPlace.Block when isBody:
                OpenBody();
                break;
            case CPlace.File when _s.Phase == CPhase.Specifiers && _s.Flags.HasFlag(CFlags.Call):
                OpenBody();
                break;
            case CPlace.File when _s.Phase != CPhase.Value:
                Push(CPlace.File, '}'); // extern "C", a namespace of C++ or a macro.
                break;
            case CPlace.Block or CPlace.ForHead:
                OpenStatementBrace(_s.Phase == CPhase.Start);
                break;
            case CPlace.Fragment:
                OpenStatementBrace(_s.Phase == CPhase.Start && HasSemicolon());
                break;
            case CPlace.Members when isBody || (IsBefore(1, ')') && _s.Phase is CPhase.Specifiers or CPhase.Value):
                OpenBody(); // Only C++ has that.
                break;
            case CPlace.Members:
                Push(CPlace.Members, '}');
                break;
            case CPlace.Expression when IsBefore(1, '(') || (IsBefore(1, ',') && HasSemicolon()):
                OpenBlock();
                break;
            default:
                Push(CPlace.Initializer, '}');
                break;
        }
    }

    private void OpenStatementBrace(bool isBlock)
    {
        if (isBlock || (_s.Phase == CPhase.Statement && _s.Flags.HasFlag(CFlags.Call) && IsBefore(1, ')')))
        {
            OpenBlock(); // After a call: a macro that makes a loop.
        }
        else
        {
            Push(CPlace.Initializer, '}');
        }
    }

    private void OpenBlock()
    {
        Push(CPlace.Block, '}');
        _s.Scope = _scopes.Open(_s.Scope);
        _s.Flags |= CFlags.InBlock;
    }

    /// <summary>Whether the braces that open here hold statements.</summary>
    private bool HasSemicolon()
    {
        int depth = 0;
        for (int i = 0; i < StatementReach && _at + i < _limit; i++)
        {
            if (IsAhead(i, '{'))
            {
                depth++;
            }
            else if (IsAhead(i, '}'))
            {
                if (--depth == 0)
                {
                    return false;
                }
            }
            else if (IsAhead(i, ';'))
            {
                return true;
            }
        }

        return false;
    }

    private void AsmLabel()
    {
        if (_s.Declaration < 0)
        {
            return;
        }

        var label = new System.Text.StringBuilder();
        int first = _at - 1;
        while (first >= _start && _tokens[_code[first]].Kind == CTokenKind.Text)
        {
            first--;
        }

        for (int i = first + 1; i < _at; i++)
        {
            ReadOnlySpan<char> text = _tokens.Span(_code[i]);
            label.Append(text.Length < 2 ? "" : text[1..^1]);
        }

        if (label.Length > 0)
        {
            At(_s.Declaration).Label ??= label.ToString();
        }
    }
}
