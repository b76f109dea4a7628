using System.Runtime.InteropServices;

namespace MiniosBuild.CSource;

/// <summary>
/// Gives every word of a C text its role. It takes text before and after the preprocessor, does not know all types and macros, and never
/// refuses: what it cannot make sense of is an ordinary use. It keeps no stack but its own, so that nesting may be as deep as it likes.
/// </summary>
public sealed partial class CParser
{
    private readonly CTokens _tokens;
    private readonly CWords _words;
    private readonly CRole[] _roles;
    private readonly CScopes _scopes;
    private readonly int[]? _newWords; // By word: the one that takes its place, if the text has it; else -1.
    private readonly bool _isPreprocessed;
    private readonly bool[] _isCallMacro; // By word: whether the text has a macro with parameters of that name.
    private readonly bool[] _types; // By word: typedefs met so far.
    private readonly HashSet<int> _functionTypes = []; // typedef int f(void); extern f g;
    private readonly HashSet<int> _functions = [];
    private readonly List<CDeclaration> _declarations = [];
    private List<int> _code = []; // The tokens that are neither white space nor directives, or those of a macro's body.
    private int _at; // In _code.
    private int _limit;
    private CState _s;

    private CParser(CTokens tokens, IEnumerable<string> types, bool isPreprocessed, int[]? newWords, MacroUses outside)
    {
        _isPreprocessed = isPreprocessed;
        _isCallMacro = new bool[tokens.Words.Count];
        _newWords = newWords;
        _tokens = tokens;
        _words = tokens.Words;
        _roles = new CRole[tokens.Count];
        _scopes = new CScopes(_words.Count);
        _types = new bool[_words.Count];
        _macroOf = new int[_words.Count];
        foreach (string type in types)
        {
            if (_words.Find(type) is >= 0 and int word)
            {
                _types[word] = true;
            }
        }

        foreach ((string name, IReadOnlyList<CParameterUse> uses) in outside.All)
        {
            if (_words.Find(name) is >= 0 and int word)
            {
                _isCallMacro[word] = true;
                SetUses(word, uses);
            }
        }
    }

    /// <summary>Reads a text.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="types">Names of types that it uses and does not declare.</param>
    /// <param name="skipped">Tokens that are not to be looked at: first and the one after the last, in order.</param>
    /// <param name="newWords">By word: the one that takes its place, if the text has that too; else -1.</param>
    /// <param name="outside">Macros that other texts define.</param>
    public static CStructure Parse(CTokens tokens, IEnumerable<string> types, IReadOnlyList<(int Start, int End)> skipped, int[]? newWords = null, MacroUses? outside = null)
    {
        var parser = new CParser(tokens, types, isPreprocessed: false, newWords, outside ?? MacroUses.None);
        parser.Run(skipped);
        return new CStructure(tokens, parser._roles, parser._declarations, parser._macros, parser._externalNames);
    }

    /// <summary>Reads what the preprocessor made, in which no macro is waiting for its arguments, whatever #define says.</summary>
    public static CStructure ParsePreprocessed(CTokens tokens)
    {
        var parser = new CParser(tokens, [], isPreprocessed: true, newWords: null, MacroUses.None);
        parser.Run([]);
        return new CStructure(tokens, parser._roles, parser._declarations, parser._macros, parser._externalNames);
    }

    private void Run(IReadOnlyList<(int Start, int End)> skipped)
    {
        var directives = new List<(int Hash, int End, int At)>();
        int skip = 0;
        for (int i = 0; i < _tokens.Count; i++)
        {
            if (skip < skipped.Count && i == skipped[skip].Start)
            {
                i = skipped[skip++].End - 1;
            }
            else if (_tokens[i].Kind == CTokenKind.Hash)
            {
                int end = _tokens.LineEnd(i);
                directives.Add((i, end, _code.Count));
                i = end;
            }
            else if (!_tokens[i].IsTrivia)
            {
                _code.Add(i);
            }
        }

        _limit = _code.Count;
        _s = StateOf(CPlace.File);
        int next = 0;
        for (_at = 0; ; _at++)
        {
            while (next < directives.Count && directives[next].At == _at)
            {
                Directive(directives[next].Hash, directives[next].End);
                next++;
            }

            if (_at == _limit)
            {
                return;
            }

            Step();
        }
    }

    private static CState StateOf(CPlace place) =>
        new() { Place = place, Owner = place, Declaration = -1, TagDeclaration = -1, Macro = -1 };

    private void Step()
    {
        int token = _code[_at];
        ref readonly CToken t = ref _tokens[token];
        if (_s.Tag != CTagState.None && TagStep(token, t))
        {
            return;
        }

        switch (t.Kind)
        {
            case CTokenKind.Word:
                Word(token, t.Value);
                break;
            case CTokenKind.Mark:
                Mark(t.Value);
                break;
            case CTokenKind.Text:
                TextLiteral(token);
                break;
            default:
                if (_s.Phase == CPhase.Start && IsStatementPlace)
                {
                    _s.Phase = CPhase.Statement;
                }

                break;
        }
    }

    private void Word(int token, int word)
    {
        CWordClass group = _words.ClassOf(word);
        if (group == CWordClass.Identifier && (IsBefore(1, '.') || IsBefore(1, CMark.Arrow)))
        {
            Assign(token, CRole.Member);
            return;
        }

        switch (_s.Place)
        {
            case CPlace.File or CPlace.Fragment or CPlace.Members or CPlace.Block or CPlace.Parameters or CPlace.ForHead:
                DeclarationWord(token, word, group);
                break;
            case CPlace.Nested:
                DeclaratorWord(token, word, group);
                break;
            case CPlace.Enumerators:
                EnumeratorWord(token, word, group);
                break;
            case CPlace.Attribute:
                Assign(token, CRole.Attribute);
                break;
            case CPlace.AsmName:
                Assign(token, CRole.AsmOperand);
                break;
            case CPlace.Asm when _s.Count >= 4:
                Assign(token, CRole.Label);
                break;
            default:
                ExpressionWord(token, word, group);
                break;
        }
    }

    private void Mark(int mark)
    {
        switch (mark)
        {
            case '(':
                OpenParenthesis();
                break;
            case '[':
                OpenBracket();
                break;
            case '{':
                OpenBrace();
                break;
            case ')' or ']' or '}':
                Close((char)mark);
                break;
            case ';':
                Semicolon();
                break;
            case ',':
                Comma();
                break;
            case ':' or CMark.Scope:
                Colon(mark == ':' ? 1 : 2);
                break;
            case '?':
                _s.Count += _s.Flags.HasFlag(CFlags.Case) ? 1 : 0;
                break;
            case '*' or '^' when IsDeclaring && _s.Phase is CPhase.Specifiers or CPhase.Declarator:
                _s.Phase = CPhase.Declarator;
                _s.Flags |= CFlags.Pointer;
                break;
            case '=' when IsDeclaring:
                EndDeclarator(isDefinition: true);
                _s.Phase = CPhase.Value;
                break;
            default:
                if (_s.Phase == CPhase.Start && IsStatementPlace)
                {
                    _s.Phase = CPhase.Statement;
                }

                break;
        }
    }

    private bool IsStatementPlace => _s.Place is CPlace.Block or CPlace.Fragment or CPlace.ForHead;

    /// <summary>Whether the state is within a declaration, outside of values.</summary>
    private bool IsDeclaring =>
        _s.Place is <= CPlace.Nested && _s.Phase is CPhase.Specifiers or CPhase.Declarator or CPhase.Declared;

    private void Push(CPlace place, char close)
    {
        CState inner = StateOf(place);
        inner.Close = close;
        inner.Scope = _s.Scope;
        inner.Around = ArgumentUse() & ~CParameterUse.Member;
        inner.Flags = _s.Flags & CFlags.InBlock;
        inner.Braces = _s.Braces + (close == '}' ? 1 : 0);
        inner.Parentheses = close == '}' ? 0 : _s.Parentheses + (close == ')' ? 1 : 0);
        inner.Parent = new CFrame(_s);
        _s = inner;
    }

    private void Close(char close)
    {
        if (_s.Close != close)
        {
            // Brackets that do not match: those in between end too, but a parenthesis never ends a brace.
            if (close == ']' || (close == ')' ? _s.Parentheses : _s.Braces) == 0)
            {
                return;
            }

            while (_s.Close != close)
            {
                _s = _s.Parent!.State;
            }
        }

        CState inner = _s;
        _s = inner.Parent!.State;
        switch (inner.Place)
        {
            case CPlace.Block:
                CloseBlock(inner);
                break;
            case CPlace.Members or CPlace.Enumerators:
                _s.Tag = CTagState.None;
                break;
            case CPlace.File:
                BeginDeclaration();
                break;
            case CPlace.Parameters:
                _s.Phase = CPhase.Declared;
                OpenOldStyle();
                break;
            case CPlace.Nested:
                CloseNested(inner);
                break;
            case CPlace.ForHead:
                _s.Outer = _s.Outer == 0 ? _s.Scope + 1 : _s.Outer;
                _s.Scope = inner.Scope;
                _s.Phase = CPhase.Start;
                break;
            case CPlace.Expression when inner.Flags.HasFlag(CFlags.Head):
                _s.Phase = CPhase.Start;
                break;
            case CPlace.Asm when inner.Flags.HasFlag(CFlags.Label):
                AsmLabel();
                break;
        }
    }

    private void CloseBlock(in CState inner)
    {
        if (inner.Flags.HasFlag(CFlags.Body))
        {
            if (_s.Declaration >= 0)
            {
                At(_s.Declaration).BodyEnd = _code[_at] + 1;
            }

            BeginDeclaration();
        }

        if (IsStatementPlace)
        {
            EndStatement();
        }
    }

    private void CloseNested(in CState inner)
    {
        _s.Phase = CPhase.Declared;
        _s.Declaration = inner.Declaration;
        _s.Parameters = inner.Parameters;
        _s.Derivation = inner.Derivation != CDerivation.None ? inner.Derivation
            : inner.Flags.HasFlag(CFlags.Pointer) ? CDerivation.Object
            : CDerivation.None;
    }

    private void Semicolon()
    {
        switch (_s.Place)
        {
            case CPlace.ForHead:
                EndDeclarator(isDefinition: false);
                _s.Phase = CPhase.Statement;
                break;
            case CPlace.File or CPlace.Members or CPlace.Parameters:
                EndDeclarator(isDefinition: false);
                BeginDeclaration();
                break;
            case CPlace.Block or CPlace.Fragment:
                EndDeclarator(isDefinition: false);
                EndStatement();
                break;
        }
    }

    private void Comma()
    {
        switch (_s.Place)
        {
            case CPlace.Parameters when !_s.Flags.HasFlag(CFlags.OldStyle):
                EndDeclarator(isDefinition: false);
                BeginDeclaration();
                break;
            case CPlace.File or CPlace.Members or CPlace.Parameters or CPlace.Block or CPlace.Fragment or CPlace.ForHead
                when _s.Phase is CPhase.Declarator or CPhase.Declared or CPhase.Value:
                EndDeclarator(isDefinition: false);
                BeginDeclarator();
                break;
            case CPlace.Enumerators:
                _s.Phase = CPhase.Start;
                break;
            case CPlace.Expression:
                _s.Count++;
                break;
        }
    }

    private void Colon(int colons)
    {
        if (_s.Place == CPlace.Asm)
        {
            _s.Count += colons;
        }
        else if (_s.Place == CPlace.Members && IsDeclaring)
        {
            _s.Phase = CPhase.Value;
        }
        else if (_s.Flags.HasFlag(CFlags.Case) && _s.Phase == CPhase.Statement)
        {
            if (_s.Count-- == 0)
            {
                BeginDeclaration();
            }
        }
    }

    private void TextLiteral(int token)
    {
        if (Before(1) is >= 0 and int word && _words.ClassOf(word) == CWordClass.Extern)
        {
            return; // extern "C"
        }

        if (_s.Place == CPlace.Asm)
        {
            _roles[token] = _s.Flags.HasFlag(CFlags.Label) ? CRole.NameText : CRole.AsmText;
        }
        else if (_s.Place == CPlace.Expression && Before(2) is >= 0 and int attribute && NameAttributes.Contains(_words[attribute]))
        {
            _roles[token] = CRole.NameText;
        }
        else if (IsBefore(1, '(') && Before(2) is >= 0 and int pragma && _words[pragma] == "_Pragma" && _tokens.Span(token).Contains("_macro", StringComparison.Ordinal))
        {
            _roles[token] = CRole.MacroText;
        }

        if (_s.Phase == CPhase.Start && IsStatementPlace)
        {
            _s.Phase = CPhase.Statement;
        }
    }

    private ref CDeclaration At(int declaration) => ref CollectionsMarshal.AsSpan(_declarations)[declaration];

    /// <summary>A token further on; null at the end.</summary>
    private CToken? Ahead(int distance) => _at + distance < _limit ? _tokens[_code[_at + distance]] : null;

    private bool IsAhead(int distance, int mark) => _at + distance < _limit && _tokens[_code[_at + distance]].Is(mark);

    /// <summary>The word further on; -1 when there is something else.</summary>
    private int WordAhead(int distance) => _at + distance < _limit && _tokens[_code[_at + distance]] is { Kind: CTokenKind.Word } t ? t.Value : -1;

    /// <summary>The word some tokens back; -1 when there is something else.</summary>
    private int Before(int distance) => _at - distance >= _start && _tokens[_code[_at - distance]] is { Kind: CTokenKind.Word } t ? t.Value : -1;

    private bool IsBefore(int distance, int mark) => _at - distance >= _start && _tokens[_code[_at - distance]].Is(mark);
}

/// <summary>What the parser goes back to at the end of brackets. Immutable, so that copies of a state share it.</summary>
/// <param name="state">The state outside.</param>
public sealed class CFrame(in CState state)
{
    public readonly CState State = state;
}

/// <summary>What the parser found in a text.</summary>
/// <param name="Tokens">The text.</param>
/// <param name="Roles">The role of each token.</param>
/// <param name="Declarations">Names declared at file scope, a name as often as it is declared.</param>
/// <param name="Macros">What the text defines.</param>
/// <param name="ExternalNames">New symbols that #pragma redefine_extname gives, by old ones.</param>
public sealed record CStructure(
    CTokens Tokens, CRole[] Roles, List<CDeclaration> Declarations, List<CMacro> Macros, IReadOnlyDictionary<string, string> ExternalNames);
