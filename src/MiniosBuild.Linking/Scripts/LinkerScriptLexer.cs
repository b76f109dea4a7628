using System.Text;

namespace MiniosBuild.Linking.Scripts;

/// <summary>
/// Parts a linker script, and puts in what it includes. A word is read as expressions have them (letters, digits, and <c>_ . $</c>);
/// wildcards of file names fall apart into several words and marks, which says nothing wrong about symbols. Between the parentheses of
/// INPUT, GROUP and STARTUP a word is a file, as GNU ld reads them.
/// </summary>
internal sealed class LinkerScriptLexer(string text, string path, LinkerScriptIncludes? includes = null, int depth = 1)
{
    private const string FileMarks = "_/.-+=$:[]\\,~";

    private static readonly string[] s_operators = ["<<=", ">>=", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "&=", "|=", "^=", "&&", "||", "<<", ">>"];

    private int _at;
    private int _line = 1;
    private bool _atLineStart = true;
    private int _braces;

    public List<LinkerScriptToken> Read()
    {
        var tokens = new List<LinkerScriptToken>();
        while (SkipBlanks())
        {
            int line = _line;
            char c = text[_at];
            if (c == '"')
            {
                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Word, Quoted(), path, line, IsQuoted: true));
            }
            else if (IsWordCharacter(c))
            {
                int start = _at;
                while (_at < text.Length && IsWordCharacter(text[_at]))
                {
                    _at++;
                }

                string word = text[start.._at];
                _atLineStart = false;
                if (word == "INCLUDE" && IsStatement(tokens))
                {
                    ReadInclude(tokens, line);
                    continue;
                }

                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Word, word, path, line, IsQuoted: false));
                if (_braces == 0 && word is "INPUT" or "GROUP" or "STARTUP")
                {
                    ReadFiles(tokens);
                }
            }
            else
            {
                string mark = Array.Find(s_operators, op => string.CompareOrdinal(text, _at, op, 0, op.Length) == 0) ?? c.ToString();
                _at += mark.Length;
                _braces += mark == "{" ? 1 : mark == "}" ? -1 : 0;
                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Mark, mark, path, line, IsQuoted: false));
            }

            _atLineStart = false;
        }

        tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.End, "", path, _line, IsQuoted: false));
        return tokens;
    }

    // In an expression or a list of sections it would be a name.
    private static bool IsStatement(List<LinkerScriptToken> before) =>
        before.Count == 0 || before[^1].Kind == LinkerScriptTokenKind.Word || before[^1].Text is ";" or "{" or "}" or ")";

    private static bool BeginsFile(char c) => char.IsAsciiLetter(c) || c is '_' or '/' or '.' or '\\' or '$' or '~' || c > '\x7f';

    private static bool IsFileCharacter(char c) => char.IsAsciiLetterOrDigit(c) || FileMarks.Contains(c) || c > '\x7f';

    private void ReadInclude(List<LinkerScriptToken> tokens, int line)
    {
        if (!SkipBlanks() || (text[_at] != '"' && !BeginsFile(text[_at])))
        {
            return;
        }

        string name = text[_at] == '"' ? Quoted() : FileName();
        if (includes is not null && name.Length > 0)
        {
            tokens.AddRange(includes.Read(name, path, line, depth));
        }
    }

    /// <summary>The list of files after its command, up to the parenthesis that closes it; GNU ld passes over what can be no part of a name.</summary>
    private void ReadFiles(List<LinkerScriptToken> tokens)
    {
        if (!SkipBlanks() || text[_at] != '(')
        {
            return;
        }

        int open = 0;
        while (SkipBlanks())
        {
            int line = _line;
            char c = text[_at];
            if (c is '(' or ')' or ',')
            {
                _at++;
                open += c == '(' ? 1 : c == ')' ? -1 : 0;
                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Mark, c.ToString(), path, line, IsQuoted: false));
                if (open == 0)
                {
                    return;
                }
            }
            else if (c == '"')
            {
                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Word, Quoted(), path, line, IsQuoted: true));
            }
            else if (BeginsFile(c) || (c == '=' && _at + 1 < text.Length && BeginsFile(text[_at + 1]))
                || (_at + 2 < text.Length && c == '-' && text[_at + 1] == 'l' && IsFileCharacter(text[_at + 2])))
            {
                tokens.Add(new LinkerScriptToken(LinkerScriptTokenKind.Word, FileName(), path, line, IsQuoted: false));
            }
            else
            {
                _at++;
            }

            _atLineStart = false;
        }
    }

    private string FileName()
    {
        int start = _at;
        while (_at < text.Length && IsFileCharacter(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
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
