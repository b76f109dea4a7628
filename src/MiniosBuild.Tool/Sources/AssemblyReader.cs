namespace MiniosBuild.Tool.Sources;

/// <summary>
/// Finds the names in assembly that goes through the preprocessor: whole words outside comments and strings that are no registers (<c>%rax</c>),
/// macro arguments (<c>\name</c>), numbers or local labels.
/// </summary>
/// <param name="text">The text.</param>
internal sealed class AssemblyReader(string text)
{
    private static readonly string[] s_directives = ["define", "undef", "ifdef", "ifndef", "if", "elif", "else", "endif", "line", "pragma"];

    private readonly List<AssemblyName> _names = [];
    private int _at = text.StartsWith("\u00ef\u00bb\u00bf", StringComparison.Ordinal) ? 3 : 0; // A byte order mark in UTF-8.
    private int _line = 1;
    private int _lineStart;
    private bool _isStatementStart = true;
    private string? _directive; // Of the line at hand, when the preprocessor reads it.
    private string _before = ""; // The name in front of the one at hand, in the same statement.

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<AssemblyName> Read()
    {
        while (_at < text.Length)
        {
            Step(text[_at]);
        }

        return _names;
    }

    private void Step(char c)
    {
        if (c == '\n')
        {
            EndLine();
        }
        else if (c == '\\' && (Peek(1) == '\n' || (Peek(1) == '\r' && Peek(2) == '\n')))
        {
            _at += Peek(1) == '\n' ? 2 : 3; // The line goes on.
            _line++;
            _lineStart = _at;
        }
        else if (c is ' ' or '\t' or '\r')
        {
            _at++;
        }
        else if (c == '/' && Peek(1) == '*')
        {
            SkipComment();
        }
        else if ((c == '/' && Peek(1) == '/') || (c == '#' && _directive is null && !_isStatementStart && Peek(1) is ' ' or '\t' or '#'))
        {
            SkipLine();
        }
        else if (c == '#' && _directive is null && text.AsSpan(_lineStart, _at - _lineStart).IsWhiteSpace())
        {
            Directive();
        }
        else if (c == '"')
        {
            SkipString();
        }
        else if (c == '\'')
        {
            _at += Peek(1) == '\n' ? 1 : Peek(2) == '\'' ? 3 : 2;
        }
        else if (c is '%' or '\\' && IsStart(Peek(1)))
        {
            _at++;
            SkipWord();
            _isStatementStart = false;
        }
        else if (char.IsAsciiDigit(c))
        {
            SkipWord();
            _isStatementStart = Peek(0) == ':'; // A local label.
        }
        else if (IsStart(c))
        {
            Name();
        }
        else
        {
            _isStatementStart = c is ';' or ':' && _directive is null;
            _at++;
        }
    }

    private void EndLine()
    {
        _at++;
        _line++;
        _lineStart = _at;
        _isStatementStart = true;
        _directive = null;
        _before = "";
    }

    private void Directive()
    {
        _at++;
        while (Peek(0) is ' ' or '\t')
        {
            _at++;
        }

        int start = _at;
        SkipWord();
        string word = text[start.._at];
        if (s_directives.Contains(word))
        {
            _directive = word;
            _before = "#" + word;
        }
        else
        {
            SkipLine(); // A header name or a message, or what the assembler takes for a comment.
        }

        _isStatementStart = false;
    }

    private void Name()
    {
        int start = _at, column = _at - _lineStart + 1;
        SkipWord();
        string name = text[start.._at];
        int next = _at;
        while (next < text.Length && text[next] is ' ' or '\t')
        {
            next++;
        }

        char follows = next < text.Length ? text[next] : '\0';
        bool isDefinition = _before is "#define" or ".set" or ".equ" or ".equiv" or ".macro" or ".comm" or ".lcomm"
            || (_isStatementStart && (follows == ':' || (follows == '=' && (next + 1 >= text.Length || text[next + 1] != '='))));
        _names.Add(new AssemblyName(name, start, _line, column, _directive is not null, follows == '(', isDefinition));
        _before = name;
        _isStatementStart = false;
    }

    private void SkipComment()
    {
        int end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        end = end < 0 ? text.Length : end + 2;
        for (; _at < end; _at++)
        {
            if (text[_at] == '\n')
            {
                _line++;
                _lineStart = _at + 1;
            }
        }
    }

    private void SkipLine()
    {
        int end = text.IndexOf('\n', _at);
        _at = end < 0 ? text.Length : end;
    }

    private void SkipString()
    {
        for (_at++; _at < text.Length && text[_at] != '\n'; _at++)
        {
            if (text[_at] == '"')
            {
                _at++;
                return;
            }

            _at += text[_at] == '\\' && Peek(1) is not ('\n' or '\r' or '\0') ? 1 : 0;
        }
    }

    private void SkipWord()
    {
        while (_at < text.Length && (IsStart(text[_at]) || char.IsAsciiDigit(text[_at]) || text[_at] == '$'))
        {
            _at++;
        }
    }

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    // A dollar sign begins an immediate operand, not a name.
    private static bool IsStart(char c) => char.IsAsciiLetter(c) || c is '_' or '.' || c >= 0x80;
}
