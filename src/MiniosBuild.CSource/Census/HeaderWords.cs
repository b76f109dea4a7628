using System.Text;

namespace MiniosBuild.CSource.Census;

/// <summary>
/// The words of a header's raw text that a macro would change: outside directives, in conditions, and behind #undef. Replacements of macros are not among
/// them, since they are read where they are used; nor is text for C++ or for the kernel alone.
/// </summary>
public sealed class HeaderWords
{
    private readonly CTokens _tokens;
    private readonly Dictionary<string, Found> _found = new(StringComparer.Ordinal);
    private readonly Stack<Branch> _branches = new();
    private readonly List<int> _skipped = []; // Words that only C++ or the kernel reads.
    private bool _isCplusplus;

    private sealed record Found(int Token, HeaderWordUses Uses);

    private HeaderWords(CTokens tokens) => _tokens = tokens;

    /// <summary>What the branch of a conditional at hand is to those whose text this is.</summary>
    private enum Branch
    {
        Read,

        /// <summary>Only C++ or the kernel reads it.</summary>
        Skipped,

        /// <summary>All but C++ or the kernel read it; a branch that follows is not for them.</summary>
        Other,
    }

    /// <summary>The words, sorted.</summary>
    public static IReadOnlyList<HeaderWord> Of(string text)
    {
        var words = new HeaderWords(CLexer.Split(text));
        words.Read();
        return words.Located(text);
    }

    /// <summary>Whether a header is C++ and no C: what only C++ has stands where C would read it too.</summary>
    public static bool IsCplusplus(CTokens text)
    {
        var words = new HeaderWords(text);
        words.Read();
        return words._isCplusplus;
    }

    /// <summary>The lines whose words C does not read; null for a header that is C++ and no C.</summary>
    public static IReadOnlySet<int>? NotOfC(CTokens text)
    {
        var words = new HeaderWords(text);
        words.Read();
        var position = new TextPosition(text.Text);
        return words._isCplusplus ? null : words._skipped.Select(token => position.Of(text[token].Start).Line).ToHashSet();
    }

    private void Read()
    {
        bool isBehindParenthesis = false; // IF_CPLUSPLUS(extern "C" {) is nothing to C.
        for (int i = 0; i < _tokens.Count; i++)
        {
            if (_tokens[i].Kind == CTokenKind.Hash)
            {
                int end = _tokens.LineEnd(i);
                Directive(i, end);
                i = end;
            }
            else if (_tokens[i].Kind == CTokenKind.Word && _branches.Contains(Branch.Skipped))
            {
                _skipped.Add(i);
            }
            else if (_tokens[i].Kind == CTokenKind.Word)
            {
                int next = _tokens.Next(i, _tokens.Count);
                _isCplusplus = _isCplusplus || (!isBehindParenthesis && IsOfCplusplus(i, next));
                if (_tokens.Words.ClassOf(_tokens[i].Value) == CWordClass.Identifier)
                {
                    Add(i, HeaderWordUses.Plain | (next < _tokens.Count && _tokens[next].Is('(') ? HeaderWordUses.Called : 0));
                }
            }

            isBehindParenthesis = i < _tokens.Count && (_tokens[i].IsTrivia ? isBehindParenthesis : _tokens[i].Is('('));
        }
    }

    private bool IsOfCplusplus(int token, int next)
    {
        int second = _tokens.Next(next, _tokens.Count);
        return second < _tokens.Count && _tokens.Span(token) switch
        {
            "template" => _tokens[next].Is('<'),
            "namespace" => _tokens[next].Is('{') || (_tokens[next].Kind == CTokenKind.Word && (_tokens[second].Is('{') || _tokens[second].Is(CMark.Scope))),
            "class" => _tokens[next].Kind == CTokenKind.Word && (_tokens[second].Kind == CTokenKind.Word || _tokens[second].Is('{') || _tokens[second].Is(':') || _tokens[second].Is(';')),
            "using" => _tokens[next].Kind == CTokenKind.Word && (_tokens[second].Is(CMark.Scope) || _tokens[second].Is('=') || _tokens.Span(next) is "namespace"),
            "extern" => _tokens[next].Kind == CTokenKind.Text && _tokens.Span(next) is "\"C\"",
            _ => false,
        };
    }

    private void Directive(int hash, int end)
    {
        int name = _tokens.Next(hash, end);
        string directive = name < end && _tokens[name].Kind == CTokenKind.Word ? _tokens.Word(name) : "";
        switch (directive)
        {
            case "if" or "ifdef" or "ifndef":
                Condition(name, end, isPlain: directive == "if");
                _branches.Push(BranchOf(directive, name, end));
                break;
            case "elif" or "elifdef" or "elifndef" when _branches.Count > 0:
                Condition(name, end, isPlain: directive == "elif");
                _branches.Push(_branches.Pop() == Branch.Other ? Branch.Skipped : Branch.Read);
                break;
            case "else" when _branches.Count > 0:
                _branches.Push(_branches.Pop() == Branch.Other ? Branch.Skipped : Branch.Read);
                break;
            case "endif" when _branches.Count > 0:
                _branches.Pop();
                break;
            case "undef" when _tokens.Next(name, end) is var undone && undone < end && _tokens[undone].Kind == CTokenKind.Word:
                Add(undone, HeaderWordUses.Undefined);
                break;
        }
    }

    /// <summary>
    /// Whose text a conditional begins: one that asks for __cplusplus (c_plusplus before the standard) or __INSIDE_MINIOS__, and maybe for more, is for those
    /// alone; of one that asks for its absence, or for something else instead, the other branch is.
    /// </summary>
    private Branch BranchOf(string directive, int name, int end)
    {
        var condition = new StringBuilder(directive == "ifndef" ? "!defined " : directive == "ifdef" ? "defined " : "");
        for (int i = _tokens.Next(name, end); i < end; i = _tokens.Next(i, end))
        {
            condition.Append(_tokens.Span(i)).Append(_tokens[i].Kind == CTokenKind.Word ? " " : "");
        }

        string text = condition.ToString();
        return Operands(text, "&&").Exists(operand => IsAskedFor(operand, isNot: false)) ? Branch.Skipped
            : Operands(text, "||") is [_, ..] all && all.TrueForAll(operand => IsAskedFor(operand, isNot: false)) ? Branch.Skipped
            : Operands(text, "||").Exists(operand => IsAskedFor(operand, isNot: true)) ? Branch.Other
            : Branch.Read;
    }

    /// <summary>What the operator joins outside parentheses; nothing when another one joins it there too.</summary>
    private static List<string> Operands(string text, string joiner)
    {
        var operands = new List<string>();
        string other = joiner == "&&" ? "||" : "&&";
        int depth = 0, start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
            if (depth == 0 && string.CompareOrdinal(text, i, joiner, 0, 2) == 0)
            {
                operands.Add(text[start..i]);
                start = i + 2;
            }
            else if (depth == 0 && string.CompareOrdinal(text, i, other, 0, 2) == 0)
            {
                return [];
            }
        }

        operands.Add(text[start..]);
        return operands;
    }

    private static bool IsAskedFor(string operand, bool isNot) =>
        operand.Replace("defined (", "defined ").Replace(" )", " ").Trim() is var plain && (isNot
            ? plain is "!defined __cplusplus" or "!defined __INSIDE_MINIOS__" or "!__cplusplus"
            : plain is "defined __cplusplus" or "defined c_plusplus" or "defined __INSIDE_MINIOS__" or "__cplusplus" || plain.StartsWith("__cplusplus >", StringComparison.Ordinal));

    private void Condition(int name, int end, bool isPlain)
    {
        bool isDefined = !isPlain;
        for (int i = _tokens.Next(name, end); i < end; i = _tokens.Next(i, end))
        {
            if (_tokens[i].Kind == CTokenKind.Word)
            {
                string word = _tokens.Word(i);
                if (word == "defined" || word.StartsWith("__has_", StringComparison.Ordinal))
                {
                    isDefined = word == "defined";
                    continue;
                }

                Add(i, isDefined ? HeaderWordUses.Tested : HeaderWordUses.Tested | HeaderWordUses.Evaluated);
                isDefined = !isPlain;
            }
        }
    }

    private void Add(int token, HeaderWordUses uses)
    {
        string word = _tokens.Word(token);
        if (!_found.TryGetValue(word, out Found? known))
        {
            _found.Add(word, new Found(token, uses));
        }
        else if ((known.Uses | uses) != known.Uses)
        {
            bool isFirstPlain = (known.Uses & HeaderWordUses.Plain) == 0 && (uses & HeaderWordUses.Plain) != 0;
            _found[word] = new Found(isFirstPlain ? token : known.Token, known.Uses | uses);
        }
    }

    private List<HeaderWord> Located(string text)
    {
        var lines = new List<int> { 0 };
        for (int end = text.IndexOf('\n'); end >= 0; end = text.IndexOf('\n', end + 1))
        {
            lines.Add(end + 1);
        }

        var words = new List<HeaderWord>(_found.Count);
        foreach (string word in _found.Keys.Order(StringComparer.Ordinal))
        {
            (int token, HeaderWordUses uses) = _found[word];
            int start = _tokens[token].Start;
            int line = lines.BinarySearch(start);
            line = line < 0 ? ~line : line + 1;
            words.Add(new HeaderWord(word, line, start - lines[line - 1] + 1, uses));
        }

        return words;
    }
}

/// <summary>A word of a header's text: what a macro of that name would change.</summary>
/// <param name="Text">The identifier.</param>
/// <param name="Line">1-based line of its first use, one outside directives if there is any.</param>
/// <param name="Column">1-based column of that use.</param>
/// <param name="Uses">How it is used anywhere in the text.</param>
public sealed record HeaderWord(string Text, int Line, int Column, HeaderWordUses Uses);

/// <summary>How a header's text uses a word.</summary>
[Flags]
public enum HeaderWordUses
{
    None = 0,

    /// <summary>Outside directives.</summary>
    Plain = 1,

    /// <summary>Outside directives, and before a parenthesis.</summary>
    Called = 2,

    /// <summary>By #if, #ifdef or their kin.</summary>
    Tested = 4,

    /// <summary>By #if or #elif other than in defined: its value counts.</summary>
    Evaluated = 8,

    /// <summary>By #undef.</summary>
    Undefined = 16,
}
