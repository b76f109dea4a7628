using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>
/// Parts a linker script. A word is read as expressions have them (letters, digits, and <c>_ . $</c>); wildcards of file names fall apart
/// into several words and marks, which says nothing wrong about symbols.
/// </summary>
internal sealed class LinkerScriptLexer(string text)
{
    private static readonly string[] s_operators = ["<<=", ">>=", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "&=", "|=", "^=", "&&", "||", "<<", ">>"];

    private int _at;
    private int _line = 1;
    private bool _atLineStart = true;

    public List<LinkerScriptToken> Read()
    {
        var tokens = new List<LinkerScriptToken>();
        while (SkipBlanks())
        {
            int line = _line;
            char c = text[_at];
            if (c == '"')
            {
                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Word, Quoted(), line, IsQuoted: true));
            }
            else if (IsWordCharacter(c))
            {
                int start = _at;
                while (_at < text.Length && IsWordCharacter(text[_at]))
                {
                    _at++;
                }

                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Word, text[start.._at], line, IsQuoted: false));
            }
            else
            {
                string mark = Array.Find(s_operators, op => string.CompareOrdinal(text, _at, op, 0, op.Length) == 0) ?? c.ToString();
                _at += mark.Length;
                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Mark, mark, line, IsQuoted: false));
            }

            _atLineStart = false;
        }

        tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.End, "", _line, IsQuoted: false));
        return tokens;
    }

    // "/DISCARD/" and paths are of no interest, but a '/' must not begin a word: it divides.
    private static bool IsWordCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '$' or '@' || c > '\x7f';

    private bool SkipBlanks()
    {
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c == '\n')
            {
                _line++;
                _at++;
                _atLineStart = true;
            }
            else if (char.IsWhiteSpace(c))
            {
                _at++;
            }
            else if (c == '#' && _atLineStart)
            {
                SkipTo(text.IndexOf('\n', _at));
            }
            else if (c == '/' && _at + 1 < text.Length && text[_at + 1] == '*')
            {
                int end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                SkipTo(end < 0 ? -1 : end + 2);
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipTo(int end)
    {
        int stop = end < 0 ? text.Length : end;
        _line += text.AsSpan(_at, stop - _at).Count('\n');
        _at = stop;
    }

    private string Quoted()
    {
        var name = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; _at++)
        {
            name.Append(text[_at]);
            _line += text[_at] == '\n' ? 1 : 0;
        }

        _at = Math.Min(_at + 1, text.Length);
        return name.ToString();
    }
}
