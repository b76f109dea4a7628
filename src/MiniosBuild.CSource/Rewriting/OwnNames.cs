using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Rewriting;

/// <summary>What a user's text defines itself: not the map's names, whatever they are called.</summary>
public static class OwnNames
{
    /// <summary>Takes such names out of the choices, so that they stay wherever they stand in the text.</summary>
    /// <param name="structure">The text.</param>
    /// <param name="choices">By word, what the map has of it.</param>
    /// <param name="names">The map.</param>
    /// <param name="joined">Names that macros of the set make, and that are called as those say.</param>
    /// <param name="findings">Takes what is left.</param>
    public static void Leave(CStructure structure, NameChoice?[] choices, NameMap names, IReadOnlySet<string> joined, RewriteFindings findings)
    {
        CTokens tokens = structure.Tokens;
        HashSet<string> taken = [.. names.Entries.Where(entry => tokens.Words.Find(entry.Old) >= 0).Select(entry => entry.New)];
        foreach (CMacro macro in structure.Macros)
        {
            Leave(macro.Token, "#define", choice => null);
        }

        foreach (CDeclaration declaration in structure.Declarations)
        {
            switch (declaration.Kind)
            {
                case HeaderNameKind.Tag when declaration.IsDefinition:
                    Leave(declaration.Token, tokens.Words[declaration.TagWord], choice => choice.Tag is null ? choice : Kept(choice with { Tag = null }));
                    break;
                case HeaderNameKind.Function or HeaderNameKind.Variable when declaration.IsStatic || declaration.IsDefinition:
                    Leave(declaration.Token, (declaration.IsStatic ? "static " : "") + declaration.Kind.Word(), WithoutOrdinary);
                    break;
                case HeaderNameKind.Typedef or HeaderNameKind.Enumerator:
                    Leave(declaration.Token, declaration.Kind.Word(), WithoutOrdinary);
                    break;
            }
        }

        void Leave(int token, string how, Func<NameChoice, NameChoice?> without)
        {
            int word = tokens[token].Value;
            if (joined.Contains(tokens.Words[word]))
            {
                return;
            }

            if (choices[word] is { } choice && without(choice) is var left && left != choice)
            {
                choices[word] = left;
                findings.Add(
                    token, SourceCodes.OwnName, $"the text has a \"{choice.Old}\" of its own ({how}), so that name stays; the one of the headers is \"{choice.New}\" now");
            }
            else if (taken.Contains(tokens.Words[word]))
            {
                findings.Add(token, SourceCodes.NameTaken, $"the text has a \"{tokens.Words[word]}\" of its own ({how}), which is a new name of the headers; rename it");
            }
        }
    }

    private static NameChoice? WithoutOrdinary(NameChoice choice) => choice.Ordinary is null ? choice : Kept(choice with { Ordinary = null });

    private static NameChoice? Kept(NameChoice choice) => choice is { Macro: null, Ordinary: null, Tag: null } ? null : choice;
}
