namespace MiniosBuild.CSource.Rewriting;

/// <summary>Collects what a rewrite leaves to a person.</summary>
/// <param name="tokens">The text.</param>
/// <param name="path">What to call it.</param>
public sealed class RewriteFindings(CTokens tokens, string path)
{
    private readonly List<(int Token, string Code, string Message)> _found = [];

    /// <summary>Adds one at a token.</summary>
    public void Add(int token, string code, string message) => _found.Add((token, code, message));

    /// <summary>Adds what there is to say about a name that is used in one of the ways that a rewrite cannot follow.</summary>
    public void Use(int token, CRole role, NameChoice choice, NameMapEntry? entry)
    {
        string old = choice.Old, renamed = entry?.New ?? choice.New;
        switch (role)
        {
            case CRole.Pasted:
            case CRole.LaterPasted when entry is null:
                Add(token, SourceCodes.Pasted, $"\"{old}\" is an operand of ## and stays, while the name is \"{renamed}\" now; see what the macro makes of it");
                break;
            case CRole.AlsoPasted when entry is not null:
                Add(token, SourceCodes.Pasted, $"\"{old}\" becomes \"{renamed}\", and the macro pastes it to other text too; see whether that name is still what it should be");
                break;
            case CRole.Stringized:
            case CRole.LaterStringized when entry is null:
                Add(token, SourceCodes.MadeText, $"\"{old}\" becomes text by # and stays, while the name is \"{renamed}\" now");
                break;
            case CRole.AlsoStringized when entry is not null:
                Add(token, SourceCodes.MadeText, $"\"{old}\" becomes \"{renamed}\", and so does the text that the macro makes of it by #");
                break;
            case CRole.Captured:
                Add(token, SourceCodes.NameTaken, $"\"{old}\" would become \"{renamed}\", which a declaration around it has taken; rename that one");
                break;
        }
    }

    /// <summary>Adds a macro with parameters that is handed to another macro or function by its name alone.</summary>
    public void Argument(int token, NameChoice choice) =>
        Add(token, SourceCodes.WithoutArguments, $"the macro \"{choice.Old}\", now \"{choice.New}\", stands here without arguments and stays; rename it if the macro around it calls it");

    /// <summary>All of them in the order of the text.</summary>
    public IReadOnlyList<Diagnostic> InOrder()
    {
        var position = new TextPosition(tokens.Text);
        return [.. _found.OrderBy(found => found.Token).Select(found =>
        {
            (int line, int column) = position.Of(tokens[found.Token].Start);
            return Diagnostic.Warning(found.Code, found.Message, path, line, column);
        })];
    }
}
