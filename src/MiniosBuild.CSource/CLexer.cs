namespace MiniosBuild.CSource;

/// <summary>Splits any text into the tokens of C, in one pass and without losing a character.</summary>
public sealed class CLexer
{
    private const int LongestDelimiter = 16; // Of a raw string.

    private readonly string _text;
    private readonly CWords _words = new();
    private CToken[] _tokens;
    private int _count;
    private int _at;
    private Place _place = Place.LineStart;

    private CLexer(string text)
    {
        _text = text;
        _tokens = new CToken[(text.Length / 3) + 16];
    }

    /// <summary>Where in a line the lexer is, as far as directives and header names depend on it.</summary>
    private enum Place
    {
        LineStart,
        DirectiveName,
        HeaderName,
        HasIncludeOpen,
        Elsewhere,
    }

    /// <summary>The tokens of a text. A literal without its end ends with the line, a comment without its end with the text.</summary>
    public static CTokens Split(string text)
    {
        var lexer = new CLexer(text);
        while (lexer._at < text.Length)
        {
            lexer.Step(text[lexer._at]);
        }

        return new CTokens(text, lexer._tokens, lexer._count, lexer._words);
    }

    private void Step(char c)
    {
        int start = _at;
        if (c == '\n' || (c == '\r' && Peek(1) == '\n'))
        {
            _at += c == '\n' ? 1 : 2;
            Add(CTokenKind.LineEnd, start);
            _place = Place.LineStart;
        }
        else if (IsBlank(_at))
        {
            SkipBlanks();
            Add(CTokenKind.Blank, start);
        }
        else if (c == '/' && Ahead(_at + 1) is '*' or '/')
        {
            SkipComment(); // A comment counts as white space: the place in the line stays.
            Add(CTokenKind.Comment, start);
        }
        else if (IsStart(c))
        {
            Word();
        }
        else if (_place == Place.LineStart && (c == '#' || (c == '%' && Ahead(_at + 1) == ':')))
        {
            _at = c == '#' ? _at + 1 : Unspliced(_at + 1) + 1;
            Add(CTokenKind.Hash, start);
            _place = Place.DirectiveName;
        }
        else if (c is '<' or '"' && _place == Place.HeaderName)
        {
            SkipLiteral(c == '<' ? '>' : '"', escapes: false);
            Add(CTokenKind.HeaderName, start);
            _place = Place.Elsewhere;
        }
        else if (c is '"' or '\'')
        {
            SkipLiteral(c, escapes: true);
            Add(c == '"' ? CTokenKind.Text : CTokenKind.Character, start);
            _place = Place.Elsewhere;
        }
        else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Ahead(_at + 1))))
        {
            SkipNumber();
            Add(CTokenKind.Number, start);
            _place = Place.Elsewhere;
        }
        else
        {
            int mark = Mark(c);
            Add(CTokenKind.Mark, start, mark);
            _place = mark == '(' && _place == Place.HasIncludeOpen ? Place.HeaderName : Place.Elsewhere;
        }
    }

    private void Word()
    {
        int start = _at;
        while (_at < _text.Length && IsPart(_text[_at]))
        {
            _at++;
        }

        ReadOnlySpan<char> word = _text.AsSpan(start, _at - start);
        if (_at < _text.Length && _text[_at] == '\\' && SplicedPart())
        {
            word = SplicedWord(start);
        }

        if (_at < _text.Length && _text[_at] is '"' or '\'' && IsPrefix(word, _text[_at]))
        {
            char quote = _text[_at];
            if (word[^1] != 'R' || !SkipRawString())
            {
                SkipLiteral(quote, escapes: true);
            }

            Add(quote == '"' ? CTokenKind.Text : CTokenKind.Character, start);
            _place = Place.Elsewhere;
            return;
        }

        Add(CTokenKind.Word, start, _words.NumberOf(word));
        _place = _place == Place.DirectiveName && word is "include" or "include_next" or "import" or "embed" ? Place.HeaderName
            : word is "__has_include" or "__has_include_next" or "__has_embed" ? Place.HasIncludeOpen
            : Place.Elsewhere;
    }

    private static bool IsPrefix(ReadOnlySpan<char> word, char quote) =>
        word.Length <= 3 && (word is "L" or "u" or "U" or "u8" || (quote == '"' && word is "R" or "LR" or "uR" or "UR" or "u8R"));

    /// <summary>Whether the word at hand goes on in the next line.</summary>
    private bool SplicedPart()
    {
        int next = Unspliced(_at);
        return next > _at && next < _text.Length && IsPart(_text[next]);
    }

    private string SplicedWord(int start)
    {
        var word = new System.Text.StringBuilder().Append(_text, start, _at - start);
        while (_at < _text.Length && (IsPart(_text[_at]) || SplicedPart()))
        {
            _at = Unspliced(_at);
            word.Append(_text[_at++]);
        }

        return word.ToString();
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && IsBlank(_at))
        {
            _at += Math.Max(SpliceLength(_at), 1);
        }
    }

    private bool IsBlank(int offset) =>
        _text[offset] is '\\' ? SpliceLength(offset) > 0
        : _text[offset] is '\r' ? offset + 1 >= _text.Length || _text[offset + 1] != '\n'
        : _text[offset] != '\n' && (_text[offset] is ' ' or '\t' or '\f' or '\v' or '\uFEFF');

    private void SkipComment()
    {
        int second = Unspliced(_at + 1);
        if (_text[second] == '*')
        {
            int end = second + 1;
            do
            {
                end = _text.IndexOf('*', end);
                end = end < 0 ? _text.Length : end + 1;
            }
            while (end < _text.Length && Ahead(end) != '/');

            _at = end < _text.Length ? Unspliced(end) + 1 : end;
            return;
        }

        while (_at < _text.Length && _text[_at] != '\n' && !(_text[_at] == '\r' && Peek(1) == '\n'))
        {
            _at += Math.Max(SpliceLength(_at), 1);
        }
    }

    /// <summary>Ends at the quote, or unfinished at the end of the line: an apostrophe in the text of #error opens nothing.</summary>
    private void SkipLiteral(char quote, bool escapes)
    {
        _at++;
        while (_at < _text.Length && _text[_at] != '\n' && !(_text[_at] == '\r' && Peek(1) == '\n'))
        {
            int splice = SpliceLength(_at);
            if (splice > 0)
            {
                _at += splice;
            }
            else if (_text[_at] == quote)
            {
                _at++;
                return;
            }
            else
            {
                bool escape = escapes && _text[_at] == '\\';
                _at++;
                int next = escape ? Unspliced(_at) : _text.Length;
                if (next < _text.Length && _text[next] is not ('\n' or '\r'))
                {
                    _at = next + 1;
                }
            }
        }
    }

    /// <summary>From the quote on; false when it is an ordinary string after all.</summary>
    private bool SkipRawString()
    {
        int open = _text.AsSpan(_at, Math.Min(_text.Length - _at, LongestDelimiter + 2)).IndexOf('(');
        if (open < 0 || _text.AsSpan(_at + 1, open - 1).IndexOfAny(" )\\\t\n") >= 0)
        {
            return false;
        }

        string close = ")" + _text.Substring(_at + 1, open - 1) + "\"";
        int end = _text.IndexOf(close, _at + open, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : end + close.Length;
        return true;
    }

    /// <summary>A preprocessing number: letters in it are no identifiers.</summary>
    private void SkipNumber()
    {
        char before = '\0';
        while (_at < _text.Length)
        {
            int next = Unspliced(_at);
            char c = next < _text.Length ? _text[next] : '\0';
            if (c is '+' or '-' ? before is not ('e' or 'E' or 'p' or 'P') : c == '\'' ? !IsPart(Ahead(next + 1)) : c != '.' && !IsPart(c))
            {
                return;
            }

            before = c;
            _at = next + 1;
        }
    }

    /// <summary>The longest punctuation from here on.</summary>
    private int Mark(char c)
    {
        int second = Unspliced(_at + 1);
        char next = second < _text.Length ? _text[second] : '\0';
        int digraph = (c, next) switch
        {
            ('<', ':') => '[', (':', '>') => ']', ('<', '%') => '{', ('%', '>') => '}', ('%', ':') => '#', _ => 0,
        };
        if (digraph != 0)
        {
            _at = second + 1;
            if (digraph == '#' && Ahead(_at) == '%' && Ahead(Unspliced(_at) + 1) == ':')
            {
                _at = Unspliced(Unspliced(_at) + 1) + 1;
                return CMark.Paste;
            }

            return digraph;
        }

        bool two = c switch
        {
            '-' => next is '>' or '-' or '=',
            '#' or ':' => next == c,
            '+' or '&' or '|' or '<' or '>' or '=' => next == c || next == '=',
            '!' or '*' or '/' or '%' or '^' => next == '=',
            _ => false,
        };
        if (two)
        {
            _at = second + 1;
            if (c == next && c is '<' or '>' && Ahead(_at) == '=')
            {
                _at = Unspliced(_at) + 1;
                return c | (c << 8) | ('=' << 16);
            }

            return c | (next << 8);
        }

        if (c == '.' && next == '.' && Ahead(second + 1) == '.')
        {
            _at = Unspliced(second + 1) + 1;
            return CMark.Ellipsis;
        }

        _at++;
        return c;
    }

    private void Add(CTokenKind kind, int start, int value = 0)
    {
        if (_count == _tokens.Length)
        {
            Array.Resize(ref _tokens, _count * 2);
        }

        _tokens[_count++] = new CToken(start, _at - start, value, kind);
    }

    /// <summary>Length of a backslash and line end at an offset; 0 when there is none.</summary>
    private int SpliceLength(int offset) =>
        offset >= _text.Length || _text[offset] != '\\' || offset + 1 >= _text.Length ? 0
        : _text[offset + 1] == '\n' ? 2
        : _text[offset + 1] == '\r' && offset + 2 < _text.Length && _text[offset + 2] == '\n' ? 3
        : 0;

    /// <summary>The offset after the splices at one.</summary>
    private int Unspliced(int offset)
    {
        int splice;
        while ((splice = SpliceLength(offset)) > 0)
        {
            offset += splice;
        }

        return offset;
    }

    /// <summary>The character at an offset, splices passed over.</summary>
    private char Ahead(int offset)
    {
        int next = Unspliced(offset);
        return next < _text.Length ? _text[next] : '\0';
    }

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private static bool IsStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$' || (c >= 0x80 && c != '\uFEFF');

    private static bool IsPart(char c) => IsStart(c) || char.IsAsciiDigit(c);
}
