using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Rewriting;

/// <summary>Symbols in strings of assembly and in strings that are names, which no rewrite of identifiers reaches.</summary>
public static class NamesInText
{
    /// <summary>Reports each whole identifier of a string that is a renamed one.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="token">The string.</param>
    /// <param name="isAssembly">Whether it is assembly: then the first word of a statement is an instruction, and only symbols count.</param>
    /// <param name="names">Old and new names.</param>
    /// <param name="findings">Where to report.</param>
    public static void Report(CTokens tokens, int token, bool isAssembly, NameMap names, RewriteFindings findings)
    {
        ReadOnlySpan<char> text = tokens.Span(token);
        bool isInstruction = isAssembly && !FollowsText(tokens, token);
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\\')
            {
                isInstruction = isAssembly; // \n and \t
                i += 2;
                continue;
            }

            if (!IsPart(text[i]))
            {
                isInstruction |= isAssembly && text[i] is ';' or '\n';
                i++;
                continue;
            }

            int start = i;
            while (i < text.Length && IsPart(text[i]))
            {
                i++;
            }

            bool isLabel = i < text.Length && text[i] == ':';
            bool isOperand = start > 0 && (text[start - 1] == '%' || (text[start - 1] == '[' && start > 1 && text[start - 2] == '%'));
            if (!(isInstruction && !isLabel) && !isOperand && Renamed(text[start..i].ToString(), isAssembly, names) is { } entry)
            {
                findings.Add(token, SourceCodes.InString, $"a string names \"{entry.Old}\", which is \"{entry.New}\" now; strings stay as they are");
            }

            isInstruction = isInstruction && isLabel;
        }
    }

    private static bool FollowsText(CTokens tokens, int token)
    {
        do
        {
            token--;
        }
        while (token >= 0 && tokens[token].IsTrivia);

        return token >= 0 && tokens[token].Kind == CTokenKind.Text;
    }

    private static NameMapEntry? Renamed(string name, bool isAssembly, NameMap names) =>
        names.Ordinary(name) is { Kind: HeaderNameKind.Function or HeaderNameKind.Variable } entry ? entry : isAssembly ? null : names.Macro(name);

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' || c >= 0x80;
}
