namespace MiniosBuild.Toolchain.Trees.Makefiles;

public sealed partial class MakefileReader
{
    private enum Branch
    {
        Taken,
        NotYet,
        Done,
    }

    private static bool IsConditional(string word) => word is "ifeq" or "ifneq" or "ifdef" or "ifndef" or "else" or "endif";

    private void Condition(string word, string rest, State state)
    {
        if (word is "else" or "endif")
        {
            if (!state.Conditions.TryPeek(out OpenCondition? open))
            {
                throw Syntax($"'{word}' without 'ifeq', 'ifneq', 'ifdef' or 'ifndef'");
            }

            if (word == "endif")
            {
                state.Conditions.Pop();
                return;
            }

            if (open.HasElse)
            {
                throw Syntax("a second 'else' in one conditional");
            }

            open.Branch = open.Branch == Branch.NotYet ? Branch.Taken : Branch.Done;
            if (rest.Length == 0)
            {
                open.HasElse = true;
                return;
            }

            int length = rest.AsSpan().IndexOfAny(MakefileText.Spaces);
            string next = length < 0 ? rest : rest[..length];
            if (!IsConditional(next) || next is "else" or "endif")
            {
                Note(MakefileNoteKind.Warning, $"extraneous text after 'else': {Shown(rest)}");
                open.HasElse = true;
                return;
            }

            // What would be an error in a branch that is not looked at is none.
            if (!state.IsIgnoring && !IsTrue(next, length < 0 ? "" : rest[length..].TrimStart(MakefileText.Spaces)))
            {
                open.Branch = Branch.NotYet;
            }

            return;
        }

        bool isWithinIgnored = state.IsIgnoring;
        bool isTaken = !isWithinIgnored && IsTrue(word, rest);
        state.Conditions.Push(new OpenCondition(_position, isWithinIgnored) { Branch = isTaken ? Branch.Taken : Branch.NotYet });
    }

    private bool IsTrue(string word, string text)
    {
        if (word is "ifdef" or "ifndef")
        {
            string[] names = MakefileText.Words(Expand(text));
            if (names.Length == 0)
            {
                throw Syntax($"'{word}' without the name of a variable");
            }

            Refer(names[0]);
            bool isDefined = (Lookup(names[0]) ?? "").Length > 0;
            return isDefined == (word == "ifdef");
        }

        (string first, string second) = Sides(word, text);
        return Known(Expand(first)) == Known(Expand(second)) == (word == "ifeq");
    }

    // (a,b) or two texts in quotes of either kind.
    private (string First, string Second) Sides(string word, string text)
    {
        string whole = text;
        if (text.Length == 0)
        {
            throw Wrong();
        }

        if (text[0] == '(')
        {
            int depth = 0, comma = 1;
            for (; comma < text.Length && !(text[comma] == ',' && depth <= 0); comma++)
            {
                depth += text[comma] == '(' ? 1 : text[comma] == ')' ? -1 : 0;
            }

            if (comma >= text.Length)
            {
                throw Wrong();
            }

            string right = text[(comma + 1)..].TrimStart(MakefileText.Spaces);
            int close = 0;
            depth = 0;
            for (; close < right.Length && !(right[close] == ')' && depth <= 0); close++)
            {
                depth += right[close] == '(' ? 1 : right[close] == ')' ? -1 : 0;
            }

            return close < right.Length ? (text[1..comma].TrimEnd(' ', '\t'), right[..close]) : throw Wrong();
        }

        string? first = Quoted(ref text), second = first is null ? null : Quoted(ref text);
        return first is not null && second is not null ? (first, second) : throw Wrong();

        DiagnosticException Wrong() => Syntax($"'{word}' needs two texts to compare, as in {word} ($(A),b) or {word} \"$(A)\" 'b': {Shown(whole)}");
    }

    private static string? Quoted(ref string text)
    {
        text = text.TrimStart(MakefileText.Spaces);
        int end = text.Length > 0 && text[0] is '"' or '\'' ? text.IndexOf(text[0], 1) : -1;
        if (end < 0)
        {
            return null;
        }

        string quoted = text[1..end];
        text = text[(end + 1)..];
        return quoted;
    }

    // What a command would have put out is not known; a condition takes it as nothing.
    private string Known(string text) => CommandOutput.Length == 0 ? text : text.Replace(CommandOutput, "", StringComparison.Ordinal);

    private sealed class OpenCondition(MakefilePosition position, bool isWithinIgnored)
    {
        public MakefilePosition Position => position;

        public bool IsWithinIgnored => isWithinIgnored;

        public Branch Branch { get; set; }

        public bool HasElse { get; set; }
    }
}
