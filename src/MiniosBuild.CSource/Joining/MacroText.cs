namespace MiniosBuild.CSource.Joining;

/// <summary>A macro as an expansion needs it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters, __VA_ARGS__ for the variable ones; null when it takes none.</param>
/// <param name="IsVariadic">Whether the last parameter takes all arguments that are left.</param>
/// <param name="Body">Its replacement list.</param>
internal sealed record MacroText(string Name, IReadOnlyList<string>? Parameters, bool IsVariadic, IReadOnlyList<MacroToken> Body)
{
    /// <summary>Whether its own text has a ##.</summary>
    public bool Joins { get; } = Body.Any(token => token.Text == "##");

    /// <summary>Reads a #define, from the token of the name on.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="name">The name.</param>
    /// <param name="end">The end of the line.</param>
    /// <param name="operandAt">Makes the operand of a word of the body; null for text that is nobody's to change.</param>
    public static MacroText Read(CTokens tokens, int name, int end, Func<int, JoinOperand>? operandAt)
    {
        int at = tokens.Beside(name);
        List<string>? parameters = null;
        bool isVariadic = false;
        if (at < end && tokens[at].Is('('))
        {
            parameters = [];
            for (at = tokens.Next(at, end); at < end && !tokens[at].Is(')'); at = tokens.Next(at, end))
            {
                if (tokens[at].Kind == CTokenKind.Word)
                {
                    parameters.Add(tokens.Word(at));
                }
                else if (tokens[at].Is(CMark.Ellipsis))
                {
                    isVariadic = true;
                    int before = at - 1;
                    while (tokens[before].IsTrivia)
                    {
                        before--;
                    }

                    if (tokens[before].Kind != CTokenKind.Word)
                    {
                        parameters.Add("__VA_ARGS__");
                    }
                }
            }

            at++;
        }

        var body = new List<MacroToken>();
        for (at = tokens.Next(at - 1, end); at < end; at = tokens.Next(at, end))
        {
            body.Add(MacroToken.Of(tokens, at, operandAt));
        }

        return new MacroText(tokens.Word(name), parameters, isVariadic, body);
    }
}

/// <summary>A token on its way through an expansion.</summary>
/// <param name="Text">What it is spelled.</param>
/// <param name="IsWord">Whether it is an identifier.</param>
internal sealed record MacroToken(string Text, bool IsWord)
{
    /// <summary>The word of a header that it is, if it is one.</summary>
    public JoinOperand? Operand { get; init; }

    /// <summary>What ## made it of; null when it is as it was written.</summary>
    public IReadOnlyList<JoinPiece>? Pieces { get; init; }

    /// <summary>The parameter that it took the place of, as the first operand of ##.</summary>
    public JoinOperand? Parameter { get; init; }

    /// <summary>Whether it met its own macro's expansion, and is no macro any longer.</summary>
    public bool IsPainted { get; init; }

    /// <summary>Set for the end of an expansion: the macro.</summary>
    public string? Ends { get; init; }

    public static MacroToken Of(CTokens tokens, int at, Func<int, JoinOperand>? operandAt)
    {
        bool isWord = tokens[at].Kind == CTokenKind.Word;
        string text = isWord ? tokens.Word(at) : tokens[at].Is(CMark.Paste) ? "##" : tokens[at].Is('#') || tokens[at].Kind == CTokenKind.Hash ? "#" : tokens.Span(at).ToString();
        return new MacroToken(text, isWord) { Operand = isWord || tokens[at].Kind == CTokenKind.Number ? operandAt?.Invoke(at) : null };
    }
}
