using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>Splits the output of <c>gcc -E</c> into tokens, following its line markers.</summary>
internal sealed class PreprocessedTokens
{
    private readonly string _text;
    private readonly List<CToken> _tokens = [];
    private int _at;
    private string _file = "";
    private int _line = 1;

    private PreprocessedTokens(string text) => _text = text;

    /// <summary>The tokens in order; text that is no C (an unfinished literal) ends at its line's end.</summary>
    public static List<CToken> Split(string preprocessed)
    {
        var splitter = new PreprocessedTokens(preprocessed);
        splitter.Split();
        return splitter._tokens;
    }

    private void Split()
    {
        bool lineStart = true;
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c == '\n')
            {
                _at++;
                _line++;
                lineStart = true;
                continue;
            }

            if (char.IsWhiteSpace(c))
            {
                _at++;
                continue;
            }

            if (c == '#' && lineStart)
            {
                ReadDirective();
                continue;
            }

            lineStart = false;
            ReadToken(c);
        }
    }

    private void ReadToken(char c)
    {
        int start = _at;
        if (IsWordStart(c))
        {
            while (_at < _text.Length && IsWordPart(_text[_at]))
            {
                _at++;
            }

            if (_at < _text.Length && _text[_at] is '"' or '\'' && _text[start.._at] is "L" or "u" or "U" or "u8")
            {
                return; // The prefix of the literal that follows.
            }

            Add(CTokenKind.Word, _text[start.._at]);
        }
        else if (char.IsAsciiDigit(c))
        {
            while (_at < _text.Length && (IsWordPart(_text[_at]) || _text[_at] == '.' || (_text[_at] is '+' or '-' && _text[_at - 1] is 'e' or 'E' or 'p' or 'P')))
            {
                _at++;
            }

            Add(CTokenKind.Other, _text[start.._at]);
        }
        else if (c is '"' or '\'')
        {
            SkipLiteral(c);
            string inside = _text[(start + 1)..Math.Max(start + 1, _at - 1)];
            Add(c == '"' ? CTokenKind.Text : CTokenKind.Other, inside);
        }
        else if (c == '/' && _at + 1 < _text.Length && _text[_at + 1] is '*' or '/')
        {
            SkipComment(); // gcc -C keeps them.
        }
        else
        {
            _at++;
            Add(CTokenKind.Mark, c.ToString());
        }
    }

    private void SkipLiteral(char quote)
    {
        _at++;
        while (_at < _text.Length && _text[_at] != '\n')
        {
            char c = _text[_at++];
            if (c == quote)
            {
                return;
            }

            if (c == '\\' && _at < _text.Length && _text[_at] != '\n')
            {
                _at++;
            }
        }
    }

    private void SkipComment()
    {
        bool block = _text[_at + 1] == '*';
        int end = block ? _text.IndexOf("*/", _at + 2, StringComparison.Ordinal) : _text.IndexOf('\n', _at);
        int next = end < 0 ? _text.Length : block ? end + 2 : end;
        _line += _text.AsSpan(_at, next - _at).Count('\n');
        _at = next;
    }

    /// <summary>A marker, <c># LINE "FILE" FLAGS</c> or <c>#line LINE "FILE"</c>; every other directive means nothing here.</summary>
    private void ReadDirective()
    {
        int end = _text.IndexOf('\n', _at);
        end = end < 0 ? _text.Length : end;
        ReadOnlySpan<char> rest = _text.AsSpan(_at + 1, end - _at - 1).Trim();
        if (rest.StartsWith("line "))
        {
            rest = rest[5..].TrimStart();
        }

        int digits = 0;
        while (digits < rest.Length && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        if (digits > 0 && int.TryParse(rest[..digits], out int line))
        {
            int open = rest.IndexOf('"');
            int close = rest.LastIndexOf('"');
            if (open >= 0 && close > open)
            {
                _file = Unquote(rest[(open + 1)..close]);
            }

            _line = line - 1; // The marker's own line end counts one.
        }

        _at = end;
    }

    /// <summary>gcc writes quotes and backslashes with a backslash, and every byte that is not printable ASCII in octal.</summary>
    private static string Unquote(ReadOnlySpan<char> quoted)
    {
        if (!quoted.Contains('\\'))
        {
            return quoted.ToString();
        }

        var bytes = new List<byte>(quoted.Length);
        for (int i = 0; i < quoted.Length; i++)
        {
            if (quoted[i] != '\\' || i + 1 == quoted.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(quoted[i].ToString()));
            }
            else if (i + 3 < quoted.Length && quoted[i + 1] is >= '0' and <= '3')
            {
                bytes.Add((byte)(((quoted[i + 1] - '0') << 6) | ((quoted[i + 2] - '0') << 3) | (quoted[i + 3] - '0')));
                i += 3;
            }
            else
            {
                bytes.Add((byte)quoted[++i]);
            }
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private void Add(CTokenKind kind, string text) => _tokens.Add(new CToken(kind, text, new DeclarationSite(_file, _line)));

    private static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$' || c >= 0x80;

    private static bool IsWordPart(char c) => IsWordStart(c) || char.IsAsciiDigit(c);
}
