using System.Text;

namespace MiniosBuild.Namespaces;

/// <summary>One pass over a C text that copies everything and replaces identifiers and header names on the way.</summary>
/// <param name="text">The text.</param>
/// <param name="rename">An identifier's new name, or null; the rest is the text after the identifier.</param>
/// <param name="headerName">The new spelling of a header name of #include or __has_include, delimiters included, or null.</param>
internal sealed class IdentifierReplacement(string text, IdentifierReplacement.Renaming rename, Func<string, string?>? headerName = null)
{
    private readonly HashSet<string> _macros = new(StringComparer.Ordinal);
    private readonly StringBuilder _output = new(text.Length + (text.Length / 8));
    private int _at;
    private int _copied;
    private Place _place = Place.LineStart;
    private bool _isSearched; // The header name at hand is looked for along all include folders, not from here on.

    public delegate string? Renaming(string name, ReadOnlySpan<char> rest);

    /// <summary>Where in a line the pass is, as far as header names depend on it.</summary>
    private enum Place
    {
        LineStart,
        DirectiveName,
        MacroName,
        HeaderName,
        HasIncludeOpen,
        Elsewhere,
    }

    /// <summary>The macros that the text defines, as they were called in it; known after <see cref="Run"/>.</summary>
    public IReadOnlySet<string> Macros => _macros;

    public string Run()
    {
        if (text.StartsWith('\uFEFF'))
        {
            _at++;
        }

        while (_at < text.Length)
        {
            Step(text[_at]);
        }

        return _output.Append(text, _copied, text.Length - _copied).ToString();
    }

    private void Step(char c)
    {
        if (SpliceLength(_at) is > 0 and int splice)
        {
            _at += splice;
        }
        else if (c is '\n')
        {
            _at++;
            _place = Place.LineStart;
        }
        else if (char.IsWhiteSpace(c))
        {
            _at++;
        }
        else if (c == '/' && Peek(1) is '*' or '/')
        {
            SkipComment(); // A comment counts as white space: the place in the line stays.
        }
        else if (c == '#' && _place == Place.LineStart)
        {
            _at++;
            _place = Place.DirectiveName;
        }
        else if (c is '<' or '"' && _place == Place.HeaderName)
        {
            HeaderName(c == '<' ? '>' : '"');
        }
        else if (c == '(' && _place == Place.HasIncludeOpen)
        {
            _at++;
            _place = Place.HeaderName;
        }
        else if (IsStart(c))
        {
            Identifier();
        }
        else
        {
            _place = Place.Elsewhere;
            if (c is '"' or '\'')
            {
                SkipLiteral(c, escapes: true);
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && char.IsAsciiDigit(Peek(1))))
            {
                SkipNumber();
            }
            else
            {
                _at++;
            }
        }
    }

    private void HeaderName(char close)
    {
        int start = _at;
        SkipLiteral(close, escapes: false);
        _place = Place.Elsewhere;
        if (_isSearched && headerName is not null && text[_at - 1] == close && headerName(text[start.._at]) is { } spelling)
        {
            _output.Append(text, _copied, start - _copied).Append(spelling);
            _copied = _at;
        }
    }

    private void Identifier()
    {
        int start = _at;
        var spelling = new StringBuilder();
        int spliced = 0;
        while (_at < text.Length)
        {
            int splice = SpliceLength(_at);
            if (splice > 0 && _at + splice < text.Length && IsPart(text[_at + splice]))
            {
                spliced += splice; // The name goes on in the next line.
                _at += splice;
            }
            else if (IsPart(text[_at]))
            {
                spelling.Append(text[_at++]);
            }
            else
            {
                break;
            }
        }

        string name = spelling.ToString();
        if (Peek(0) is '"' or '\'' && name is "L" or "u" or "U" or "u8")
        {
            _place = Place.Elsewhere;
            return;
        }

        if (Peek(0) == '"' && name is "R" or "LR" or "uR" or "UR" or "u8R")
        {
            SkipRawString();
            _place = Place.Elsewhere;
            return;
        }

        if (_place == Place.MacroName)
        {
            _macros.Add(name);
        }

        bool isDirectiveName = _place == Place.DirectiveName;
        _isSearched = name is "include" or "import" or "__has_include";
        _place = isDirectiveName && name is "include" or "include_next" or "import" or "embed" ? Place.HeaderName
            : isDirectiveName && name == "define" ? Place.MacroName
            : name is "__has_include" or "__has_include_next" or "__has_embed" ? Place.HasIncludeOpen
            : Place.Elsewhere;
        if (!isDirectiveName && rename(name, text.AsSpan(_at)) is { } newName)
        {
            _output.Append(text, _copied, start - _copied).Append(newName);
            _copied = _at;
            if (spliced > 0)
            {
                AppendSplices(start); // Every line keeps its number.
            }
        }
    }

    private void AppendSplices(int start)
    {
        for (int i = start; i < _at; i++)
        {
            int splice = SpliceLength(i);
            _output.Append(text, i, splice);
            i += Math.Max(splice - 1, 0);
        }
    }

    private void SkipComment()
    {
        if (text[_at + 1] == '*')
        {
            int end = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
            _at = end < 0 ? text.Length : end + 2;
            return;
        }

        while (_at < text.Length && text[_at] != '\n')
        {
            _at += Math.Max(SpliceLength(_at), 1);
        }
    }

    /// <summary>Ends at the quote, or unfinished at the end of the line: an apostrophe in the text of #error opens nothing.</summary>
    private void SkipLiteral(char quote, bool escapes)
    {
        _at++;
        while (_at < text.Length && text[_at] != '\n')
        {
            int splice = SpliceLength(_at);
            if (splice > 0)
            {
                _at += splice;
            }
            else if (text[_at] == quote)
            {
                _at++;
                return;
            }
            else
            {
                _at += escapes && text[_at] == '\\' && Peek(1) is not ('\n' or '\r' or '\0') ? 2 : 1;
            }
        }
    }

    private void SkipRawString()
    {
        int open = text.IndexOf('(', _at);
        if (open < 0 || open - _at > 17) // The delimiter has at most 16 characters.
        {
            SkipLiteral('"', escapes: true);
            return;
        }

        string close = ")" + text[(_at + 1)..open] + "\"";
        int end = text.IndexOf(close, open, StringComparison.Ordinal);
        _at = end < 0 ? text.Length : end + close.Length;
    }

    /// <summary>A preprocessing number: letters in it are no identifiers.</summary>
    private void SkipNumber()
    {
        while (_at < text.Length)
        {
            char c = text[_at];
            if (c is '+' or '-' ? text[_at - 1] is not ('e' or 'E' or 'p' or 'P') : c == '\'' ? !IsPart(Peek(1)) : c != '.' && !IsPart(c))
            {
                return;
            }

            _at++;
        }
    }

    /// <summary>Length of a backslash and line end at an offset; 0 when there is none.</summary>
    private int SpliceLength(int offset) =>
        text[offset] != '\\' || offset + 1 >= text.Length ? 0
        : text[offset + 1] == '\n' ? 2
        : text[offset + 1] == '\r' && offset + 2 < text.Length && text[offset + 2] == '\n' ? 3
        : 0;

    private char Peek(int ahead) => _at + ahead < text.Length ? text[_at + ahead] : '\0';

    private static bool IsStart(char c) => char.IsAsciiLetter(c) || c is '_' or '$' || c >= 0x80;

    private static bool IsPart(char c) => IsStart(c) || char.IsAsciiDigit(c);
}
