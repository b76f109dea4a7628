using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>
/// Finds the file-scope declarators with external linkage in preprocessed C. It needs no types: in a declaration the first word
/// that is neither keyword nor tag, while no type has been named, is a typedef's name; the next one is declared.
/// </summary>
internal sealed class DeclarationScanner(string preprocessed)
{
    private const int DeepestDeclarator = 256; // C asks for 63 (C11 5.2.4.1); the stack ends somewhere.

    private static readonly HashSet<string> TypeWords = new(StringComparer.Ordinal)
    {
        "void", "char", "short", "int", "long", "float", "double", "signed", "unsigned", "bool", "_Bool", "_Complex",
        "__signed", "__signed__", "__complex__", "__int128", "__int128_t", "__uint128_t", "__auto_type",
    };

    private static readonly HashSet<string> PlainWords = new(StringComparer.Ordinal)
    {
        "const", "volatile", "restrict", "inline", "register", "auto", "extern", "_Noreturn", "_Thread_local", "thread_local", "_Atomic",
        "__const", "__const__", "__volatile", "__volatile__", "__restrict", "__restrict__", "__inline", "__inline__", "__thread",
        "__extension__", "_Nonnull", "_Nullable",
    };

    private static readonly HashSet<string> AttributeWords = new(StringComparer.Ordinal) { "__attribute__", "__attribute", "_Alignas", "alignas" };

    private static readonly HashSet<string> TypeOperators = new(StringComparer.Ordinal)
    {
        "typeof", "__typeof__", "__typeof", "typeof_unqual", "_BitInt", "_Atomic",
    };

    private static readonly HashSet<string> AsmWords = new(StringComparer.Ordinal) { "asm", "__asm__", "__asm" };

    private readonly List<CToken> _tokens = PreprocessedTokens.Split(preprocessed);
    private readonly HashSet<string> _internal = new(StringComparer.Ordinal); // Linkage stays what the first declaration says.
    private readonly HashSet<string> _functionTypes = new(StringComparer.Ordinal); // typedef int f(void); extern f g;
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal); // An asm label counts from its declaration on.
    private readonly List<ScannedDeclaration> _found = [];
    private int _at;

    private enum Derivation
    {
        None,
        Function,
        Object,
    }

    /// <summary>All declarators with external linkage, in order; a name may come more than once.</summary>
    public IReadOnlyList<ScannedDeclaration> Scan()
    {
        while (_at < _tokens.Count)
        {
            ScanDeclaration();
        }

        return _found;
    }

    private void ScanDeclaration()
    {
        bool isTypedef = false;
        bool isStatic = false;
        bool typeSeen = false;
        bool functionType = false;
        while (_at < _tokens.Count)
        {
            CToken token = _tokens[_at];
            if (token.Is(';') || token.Is('}')) // No declarator, or the end of extern "C".
            {
                _at++;
                return;
            }

            if (token.Is('{')) // The body of a function with old-style parameters.
            {
                SkipGroup();
                return;
            }

            if (SkipAttribute())
            {
                continue;
            }

            if (token.Kind != CTokenKind.Word)
            {
                break;
            }

            if (AsmWords.Contains(token.Text) || token.Text is "_Static_assert" or "static_assert")
            {
                SkipTo(";");
                _at++;
                return;
            }

            if (token.Text is "struct" or "union" or "enum")
            {
                SkipTag();
                typeSeen = true;
            }
            else if (TypeOperators.Contains(token.Text) && Next(1).Is('('))
            {
                functionType = Next(3).Is(')') && _functions.Contains(Next(2).Text);
                _at++;
                SkipGroup();
                typeSeen = true;
            }
            else if (TypeWords.Contains(token.Text))
            {
                typeSeen = true;
                _at++;
            }
            else if (token.Text is "typedef" or "static" or "constexpr")
            {
                isTypedef |= token.Text == "typedef";
                isStatic |= token.Text != "typedef";
                _at++;
            }
            else if (token.Is("extern") && Next(1).Kind == CTokenKind.Text)
            {
                _at += Next(2).Is('{') ? 3 : 2;
            }
            else if (PlainWords.Contains(token.Text))
            {
                _at++;
            }
            else if (!typeSeen)
            {
                typeSeen = true;
                functionType = _functionTypes.Contains(token.Text);
                _at++;
            }
            else
            {
                break;
            }
        }

        ScanDeclarators(isTypedef, isStatic, functionType);
    }

    private void ScanDeclarators(bool isTypedef, bool isStatic, bool functionType)
    {
        while (_at < _tokens.Count)
        {
            bool named = ReadDeclarator(out CToken name, out Derivation derivation);
            string? label = ReadAsmLabel();
            if (named)
            {
                Declare(name, label, derivation == Derivation.Function || (derivation == Derivation.None && functionType), isTypedef, isStatic);
            }

            if (Next(0).Is('='))
            {
                SkipTo(",;");
            }
            else if (Next(0).Is('{'))
            {
                SkipGroup();
                return;
            }
            else if (!Next(0).Is(',') && !Next(0).Is(';'))
            {
                SkipTo(",;"); // Not C, or an old-style parameter list; the next declaration is found again.
            }

            if (_at++ < _tokens.Count && !_tokens[_at - 1].Is(','))
            {
                return;
            }
        }
    }

    private void Declare(CToken name, string? label, bool isFunction, bool isTypedef, bool isStatic)
    {
        if (isTypedef)
        {
            if (isFunction)
            {
                _functionTypes.Add(name.Text);
            }

            return;
        }

        if (isFunction)
        {
            _functions.Add(name.Text);
        }

        if (label is not null)
        {
            _labels.TryAdd(name.Text, label);
        }

        if (isStatic)
        {
            _internal.Add(name.Text);
        }
        else if (!_internal.Contains(name.Text))
        {
            _found.Add(new ScannedDeclaration(_labels.GetValueOrDefault(name.Text, name.Text), isFunction, name.Site));
        }
    }

    /// <summary>Reads one declarator; what binds closest to its name says what it is.</summary>
    private bool ReadDeclarator(out CToken name, out Derivation derivation, int depth = 0)
    {
        name = default;
        derivation = Derivation.None;
        bool pointer = false;
        while (true)
        {
            if (Next(0).Is('*') || Next(0).Is('^'))
            {
                pointer = true;
                _at++;
            }
            else if (Next(0).Kind == CTokenKind.Word && PlainWords.Contains(Next(0).Text))
            {
                _at++;
            }
            else if (!SkipAttribute())
            {
                break;
            }
        }

        if (Next(0).Kind == CTokenKind.Word)
        {
            name = _tokens[_at++];
        }
        else if (Next(0).Is('(') && depth < DeepestDeclarator)
        {
            _at++;
            if (!ReadDeclarator(out name, out derivation, depth + 1) || !Next(0).Is(')'))
            {
                return false;
            }

            _at++;
        }
        else
        {
            return false;
        }

        while (Next(0).Is('(') || Next(0).Is('[') || SkipAttribute())
        {
            if (!Next(0).Is('(') && !Next(0).Is('['))
            {
                continue;
            }

            derivation = derivation != Derivation.None ? derivation : Next(0).Is('(') ? Derivation.Function : Derivation.Object;
            SkipGroup();
        }

        if (pointer && derivation == Derivation.None)
        {
            derivation = Derivation.Object;
        }

        return true;
    }

    /// <summary>Reads what may follow a declarator: attributes, and the label that gives the symbol another name.</summary>
    private string? ReadAsmLabel()
    {
        var label = new StringBuilder();
        while (true)
        {
            if (Next(0).Kind == CTokenKind.Word && AsmWords.Contains(Next(0).Text) && Next(1).Is('('))
            {
                _at += 2;
                while (Next(0).Kind == CTokenKind.Text)
                {
                    label.Append(_tokens[_at++].Text);
                }

                _at++;
            }
            else if (!SkipAttribute())
            {
                return label.Length == 0 ? null : label.ToString();
            }
        }
    }

    private bool SkipAttribute()
    {
        if (Next(0).Kind == CTokenKind.Word && AttributeWords.Contains(Next(0).Text))
        {
            _at++;
            SkipGroup();
            return true;
        }

        if (Next(0).Is('[') && Next(1).Is('['))
        {
            SkipGroup();
            return true;
        }

        return false;
    }

    /// <summary>struct, union or enum with its tag, its underlying type and its body, whichever are there.</summary>
    private void SkipTag()
    {
        _at++;
        while (SkipAttribute())
        {
        }

        if (Next(0).Kind == CTokenKind.Word)
        {
            _at++;
        }

        if (Next(0).Is(':'))
        {
            SkipTo("{;");
        }

        if (Next(0).Is('{'))
        {
            SkipGroup();
        }
    }

    /// <summary>Passes the bracket at hand and everything up to its partner.</summary>
    private void SkipGroup()
    {
        int depth = 0;
        do
        {
            CToken token = Next(0);
            if (token.Is('(') || token.Is('[') || token.Is('{'))
            {
                depth++;
            }
            else if (token.Is(')') || token.Is(']') || token.Is('}'))
            {
                depth--;
            }

            _at++;
        }
        while (depth > 0 && _at < _tokens.Count);
    }

    /// <summary>Goes to the next of the marks that is outside brackets, or to the end.</summary>
    private void SkipTo(string marks)
    {
        while (_at < _tokens.Count && !(_tokens[_at].Kind == CTokenKind.Mark && marks.Contains(_tokens[_at].Text)))
        {
            if (_tokens[_at].Is('(') || _tokens[_at].Is('[') || _tokens[_at].Is('{'))
            {
                SkipGroup();
            }
            else
            {
                _at++;
            }
        }
    }

    private CToken Next(int ahead) => _at + ahead < _tokens.Count ? _tokens[_at + ahead] : new CToken(CTokenKind.Other, "", default);
}
