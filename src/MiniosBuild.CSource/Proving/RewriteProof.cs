using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.CSource.Proving;

/// <summary>
/// Compares what the preprocessor makes of a header before and after a rewrite: token by token, they may differ in the names of the table and in
/// nothing else. Knows the table and the lexer; neither the parser nor the rewriter, whose mistakes it is there to find.
/// </summary>
/// <param name="names">The renames.</param>
/// <param name="guards">New include guards, each with the old one.</param>
/// <param name="joined">Words that ## joins to others: in the texts of macros they are not whole names, and may have become what is said.</param>
/// <param name="removed">Macros whose definitions leave the headers.</param>
/// <param name="originalOf">By the path of a rewritten file, as a line marker or <c>__FILE__</c> spells it, that of the file that it was made of; null for any other.</param>
/// <param name="nameOf">What messages call a file of line markers.</param>
/// <param name="others">Renames in headers of others that are read besides; null for none.</param>
/// <param name="isWritten">Whether the texts are as somebody wrote them, and not what the preprocessor makes of them: then nothing is certain about the name space of a word.</param>
public sealed class RewriteProof(
    NameMap names, IEnumerable<(string Old, string New)> guards, IEnumerable<JoinedWord> joined, IReadOnlySet<string> removed, Func<string, string?> originalOf, Func<string, string> nameOf,
    NameMap? others = null, bool isWritten = false)
{
    private readonly HashSet<(string Old, string New)> _joined = [.. joined.Where(word => word.New is not null).Select(word => (word.Old, word.New!))];
    private readonly ILookup<string, string> _guards = guards.ToLookup(guard => guard.Old, guard => guard.New, StringComparer.Ordinal);

    /// <summary>
    /// The first difference, MINIOS1541, and in front of it the strings that differ in names alone, as the text of an assertion does (MINIOS1531);
    /// nothing when the texts say the same.
    /// </summary>
    /// <param name="before">Output of <c>-E -dD</c> for the header.</param>
    /// <param name="after">The same for what the rewrite made of it.</param>
    /// <param name="how">How the header was read, for the message: <c>alone</c>.</param>
    public IReadOnlyList<Diagnostic> Compare(string before, string after, string how) => new Comparison(this, CLexer.Split(before), CLexer.Split(after), how).Run();

    private sealed class Comparison(RewriteProof proof, CTokens before, CTokens after, string how)
    {
        private readonly LineMarkers _sites = new(before);
        private readonly List<Diagnostic> _found = [];
        private readonly NameChoice?[] _choices = new NameChoice?[before.Words.Count];
        private readonly bool[] _isAsked = new bool[before.Words.Count];
        private readonly List<Brace> _braces = []; // Those that are open.
        private int _parentheses;
        private int _i = -1;
        private int _j = -1;
        private bool _isPragma;

        public IReadOnlyList<Diagnostic> Run()
        {
            _i = Next(before, _i, isBefore: true);
            _j = Next(after, _j, isBefore: false);
            bool isTag = false, isExternal = false;
            bool? isEnum = null; // Of the struct, union or enum whose brace may come.
            while (_i < before.Count && _j < after.Count)
            {
                if (before[_i].Kind == CTokenKind.Hash || after[_j].Kind == CTokenKind.Hash)
                {
                    if (!Directive())
                    {
                        return _found;
                    }

                    continue;
                }

                CToken token = before[_i];
                bool isConstant = token.Kind == CTokenKind.Word && _braces is [.., Brace.Enum] && Choice(token.Value)?.Ordinary is not null && IsOutsideBodies && IsBehindComma();
                bool isOrdinary = isConstant || (!isTag && _parentheses == 0 && token.Kind == CTokenKind.Word && _braces.TrueForAll(brace => brace == Brace.File) && Choice(token.Value)?.Ordinary is not null);
                if (!Same(_i, _j, isTag && IsOutsideBodies ? NameSpace.Tag : isOrdinary ? NameSpace.Ordinary : null))
                {
                    return Differ();
                }

                ReadOnlySpan<char> text = before.Span(_i);
                if (token.Kind == CTokenKind.Word && text is "struct" or "union" or "enum")
                {
                    isEnum = text is "enum";
                    (_i, _j) = (Next(before, _i, isBefore: true), Next(after, _j, isBefore: false));
                    isTag = SkipAttributes();
                    continue;
                }

                isTag = false;
                Nest(token, isExternal ? Brace.File : isEnum switch { true => Brace.Enum, false => Brace.Members, _ => Brace.Body });
                isEnum = token.Is('{') || token.Is(';') || token.Is('(') || token.Is(')') || token.Is(',') || token.Is('=') || token.Is('*') ? null : isEnum;
                isExternal = token.Kind switch
                {
                    CTokenKind.Word => text is "extern" || (isExternal && text is not ("struct" or "union" or "enum" or "class")),
                    CTokenKind.Text => isExternal,
                    _ => false,
                };
                (_i, _j) = (Next(before, _i, isBefore: true), Next(after, _j, isBefore: false));
            }

            return _i < before.Count || _j < after.Count ? Differ() : _found;
        }

        /// <summary>What an open brace holds.</summary>
        private enum Brace
        {
            /// <summary>Names of the file still: a linkage.</summary>
            File,
            Members,
            Enum,

            /// <summary>A function's body, values, or a namespace of C++, which has names of its own.</summary>
            Body,
        }

        private bool IsOutsideBodies => !_braces.Contains(Brace.Body);

        private bool IsBehindComma()
        {
            int previous = _i - 1;
            while (previous >= 0 && (before[previous].IsTrivia || IsInDirective(previous)))
            {
                previous--;
            }

            return previous >= 0 && (before[previous].Is('{') || (before[previous].Is(',') && _parentheses == 0));
        }

        // Line markers stand between constants of which macros give some.
        private bool IsInDirective(int token) => before[LineStart(token)].Kind == CTokenKind.Hash;

        private int LineStart(int token)
        {
            int start = token;
            while (start > 0 && before[start - 1].Kind != CTokenKind.LineEnd)
            {
                start--;
            }

            return start;
        }

        /// <summary>Where something is missing in front of a token, or at the end: behind what is left, of which the last line markers lead out again.</summary>
        private int Last()
        {
            int at = before.Count - 1;
            while (at > 0 && (before[at].IsTrivia || IsMarker(LineStart(at))))
            {
                at--;
            }

            return at;
        }

        private bool IsMarker(int start) => before[start].Kind == CTokenKind.Hash && before.Next(start, before.Count) is var next && (next == before.Count || before[next].Kind == CTokenKind.Number);

        /// <summary>Keeps count of brackets.</summary>
        private void Nest(CToken token, Brace brace)
        {
            if (token.Is('('))
            {
                _parentheses++;
            }
            else if (token.Is(')'))
            {
                _parentheses = Math.Max(0, _parentheses - 1);
            }
            else if (token.Is('{'))
            {
                _braces.Add(brace);
            }
            else if (token.Is('}') && _braces.Count > 0)
            {
                _braces.RemoveAt(_braces.Count - 1);
            }
        }

        /// <summary>Behind struct, union or enum: what may stand in front of the tag. False where the texts part, or nothing is left.</summary>
        private bool SkipAttributes()
        {
            while (_i < before.Count && _j < after.Count)
            {
                ReadOnlySpan<char> word = before.Span(_i);
                bool isSquare = before[_i].Is('[');
                if (!isSquare && word is not ("__attribute__" or "__attribute" or "__declspec" or "alignas" or "_Alignas"))
                {
                    return before[_i].Kind == CTokenKind.Word;
                }

                int depth = 0;
                do
                {
                    if (!Same(_i, _j, null))
                    {
                        return false; // The loop meets it again, and tells it.
                    }

                    depth += before[_i].Is('(') || before[_i].Is('[') ? 1 : before[_i].Is(')') || before[_i].Is(']') ? -1 : 0;
                    bool isEnd = depth == 0 && (isSquare ? before[_i].Is(']') : before[_i].Is(')'));
                    (_i, _j) = (Next(before, _i, isBefore: true), Next(after, _j, isBefore: false));
                    if (isEnd)
                    {
                        break;
                    }
                }
                while (_i < before.Count && _j < after.Count);
            }

            return false;
        }

        private bool Directive()
        {
            if (before[_i].Kind != after[_j].Kind)
            {
                Differ();
                return false;
            }

            int end = before.LineEnd(_i), otherEnd = after.LineEnd(_j);
            int i = before.Next(_i, end), j = after.Next(_j, otherEnd);
            bool isDefinition = i < end && before.Span(i) is "define" or "undef";
            _isPragma = i < end && before.Span(i) is "pragma";
            for (int place = 0; i < end && j < otherEnd; place++)
            {
                (_i, _j) = (i, j);
                if (isDefinition && place > 1 && Joined(i, j, otherEnd) is > 0 and int last)
                {
                    j = last;
                }
                else if (!Same(i, j, isDefinition && place == 1 ? NameSpace.Macro : null) || (isDefinition && place == 2 && before.IsApart(i) != after.IsApart(j)))
                {
                    Differ();
                    return false;
                }

                (i, j) = (before.Next(i, end), after.Next(j, otherEnd));
            }

            _isPragma = false;
            if (i < end || j < otherEnd)
            {
                (_i, _j) = (i, j);
                Differ();
                return false;
            }

            (_i, _j) = (Next(before, end, isBefore: true), Next(after, otherEnd, isBefore: false));
            return true;
        }

        /// <summary>The last token of what a joined word became; 0 when it is none.</summary>
        private int Joined(int i, int j, int end)
        {
            if (before[i].Kind != CTokenKind.Word || after[j].Kind != CTokenKind.Word || proof._joined.Count == 0)
            {
                return 0;
            }

            string was = before.Word(i), became = after.Word(j);
            if (proof._joined.Contains((was, became)))
            {
                return j;
            }

            int paste = after.Next(j, end), word = after.Next(paste, end);
            return word < end && after[paste].Is(CMark.Paste) && after.Span(word).SequenceEqual(was) && proof._joined.Contains((was, $"{became}##{was}")) ? word : 0;
        }

        /// <summary>Whether a token became what it may become.</summary>
        /// <param name="i">Before.</param>
        /// <param name="j">After.</param>
        /// <param name="space">The name space that it is in, where that can be told for certain: then it must have become just that.</param>
        private bool Same(int i, int j, NameSpace? space)
        {
            space = proof.IsWritten ? null : space;
            if (before[i].Kind != after[j].Kind)
            {
                return false;
            }

            ReadOnlySpan<char> was = before.Span(i), became = after.Span(j);
            if (before[i].Kind == CTokenKind.Word)
            {
                return Became(i, space, was, became);
            }

            return was.SequenceEqual(became) || (before[i].Kind == CTokenKind.Text && SameText(i, was.ToString(), became.ToString()));
        }

        private bool Became(int token, NameSpace? space, ReadOnlySpan<char> was, ReadOnlySpan<char> became)
        {
            NameChoice? choice = Choice(before[token].Value);
            string? certain = space switch
            {
                NameSpace.Macro => choice is null ? null : (choice.Macro ?? choice.Ordinary)?.New,
                NameSpace.Tag => choice?.Tag?.New,
                NameSpace.Ordinary => choice?.Ordinary?.New,
                _ => null,
            };
            return (space is not null || choice is null ? became.SequenceEqual(certain ?? was) : became.SequenceEqual(was) || IsOneOf(choice, became))
                || (space is null or NameSpace.Macro && (IsGuard(was, became) || proof.IsOfOthers(was, became)));
        }

        private static bool IsOneOf(NameChoice choice, ReadOnlySpan<char> name) =>
            name.SequenceEqual(choice.Macro?.New) || name.SequenceEqual(choice.Ordinary?.New) || name.SequenceEqual(choice.Tag?.New);

        private bool IsGuard(ReadOnlySpan<char> was, ReadOnlySpan<char> became) => proof._guards.Contains(was.ToString()) && proof._guards[was.ToString()].Contains(became.ToString());

        private NameChoice? Choice(int word)
        {
            if (!_isAsked[word])
            {
                _isAsked[word] = true;
                _choices[word] = NameChoice.Of(proof.Names, before.Words[word]);
            }

            return _choices[word];
        }

        /// <summary>A string that # made of renamed names, the text of a pragma, or the file's own path.</summary>
        private bool SameText(int token, string was, string became)
        {
            if (proof.OriginalOf(became.Trim('"')) is { } original && original == was.Trim('"'))
            {
                return true;
            }

            CTokens old = CLexer.Split(Content(was)), renamed = CLexer.Split(Content(became));
            int i = -1, j = -1;
            string? first = null;
            while ((i = old.Next(i, old.Count)) < old.Count & (j = renamed.Next(j, renamed.Count)) < renamed.Count)
            {
                ReadOnlySpan<char> a = old.Span(i), b = renamed.Span(j);
                if (a.SequenceEqual(b))
                {
                    continue;
                }

                if (old[i].Kind != CTokenKind.Word || !(NameChoice.Of(proof.Names, a.ToString()) is { } choice && IsOneOf(choice, b)))
                {
                    return false;
                }

                first ??= a.ToString();
            }

            if (i < old.Count || j < renamed.Count || first is null)
            {
                return false;
            }

            if (!_isPragma)
            {
                Found(token, DiagnosticSeverity.Warning, SourceCodes.MadeText, $"\"{first}\" has another name now, and so has the text that a macro makes of it: {became} in place of {was}");
            }

            return true;

            static string Content(string literal) => literal.IndexOf('"') is >= 0 and int open && literal.LastIndexOf('"') is int close && close > open
                ? literal[(open + 1)..close].Replace("\\\"", " \" ", StringComparison.Ordinal) : literal;
        }

        /// <summary>The next token that counts: no line marker, nothing of a definition that leaves the headers.</summary>
        private int Next(CTokens tokens, int at, bool isBefore)
        {
            at = tokens.Next(at, tokens.Count);
            while (at < tokens.Count && tokens[at].Kind == CTokenKind.Hash && IsPassedOver(tokens, at, isBefore))
            {
                at = tokens.Next(tokens.LineEnd(at), tokens.Count);
            }

            return at;
        }

        private bool IsPassedOver(CTokens tokens, int hash, bool isBefore)
        {
            int end = tokens.LineEnd(hash), word = tokens.Next(hash, end);
            if (word >= end || tokens[word].Kind == CTokenKind.Number)
            {
                return true;
            }

            int name = tokens.Next(word, end);
            return isBefore && proof.Removed.Count > 0 && tokens.Span(word) is "define" or "undef" && name < end && tokens[name].Kind == CTokenKind.Word
                && proof.Removed.Contains(tokens.Word(name));
        }

        private List<Diagnostic> Differ()
        {
            string was = _i < before.Count && before[_i].Kind != CTokenKind.LineEnd ? before.Span(_i).ToString() : "";
            string became = _j < after.Count && after[_j].Kind != CTokenKind.LineEnd ? after.Span(_j).ToString() : "";
            string difference = was.Length == 0 ? $"\"{became}\" is there that was not" : became.Length == 0 ? $"\"{was}\" is no longer there" : $"\"{was}\" would become \"{became}\"";
            string table = NameChoice.Of(proof.Names, was) is { } choice && became.Length > 0 ? $", which is \"{choice.New}\" in the table" : "";
            Found(_i < before.Count ? _i : Last(), DiagnosticSeverity.Error, HeaderCodes.HeaderDiffers, $"{difference}{table}, when it is read {how}: a rewrite may change names and nothing else, so nothing is written");
            return _found;
        }

        private void Found(int token, DiagnosticSeverity severity, string code, string message)
        {
            DeclarationSite site = _sites.At(Math.Min(token, before.Count));
            _found.Add(new Diagnostic(code, severity, message, proof.NameOf(site.File), site.Line));
        }
    }

    private NameMap Names => names;

    private bool IsWritten => isWritten;

    private bool IsOfOthers(ReadOnlySpan<char> was, ReadOnlySpan<char> became) =>
        others is not null && NameChoice.Of(others, was.ToString()) is { } choice && (became.SequenceEqual(choice.Macro?.New) || became.SequenceEqual(choice.Ordinary?.New));

    private IReadOnlySet<string> Removed => removed;

    private string? OriginalOf(string file) => originalOf(file);

    private string NameOf(string file) => nameOf(file);
}
