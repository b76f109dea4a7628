namespace MiniosBuild.CSource.Rewriting;

/// <summary>Names that ## in the body of a macro makes, or may make with the right argument.</summary>
public static class PastedNames
{
    /// <summary>Reports each ## of which a renamed name may come.</summary>
    public static void Report(CStructure structure, NameMap names, RewriteOptions options, RewriteFindings findings)
    {
        CTokens tokens = structure.Tokens;
        foreach (CMacro macro in structure.Macros)
        {
            for (int i = Next(macro.BodyStart - 1, macro); i < macro.BodyEnd; i = Next(i, macro))
            {
                int paste = Next(i, macro);
                if (tokens[i].Kind != CTokenKind.Word || paste >= macro.BodyEnd || !tokens[paste].Is(CMark.Paste))
                {
                    continue;
                }

                int first = i;
                var parts = new List<string?> { Part(i) };
                while (paste < macro.BodyEnd && tokens[paste].Is(CMark.Paste))
                {
                    i = Next(paste, macro);
                    parts.Add(i < macro.BodyEnd && tokens[i].Kind is CTokenKind.Word or CTokenKind.Number ? Part(i) : "\0");
                    paste = Next(i, macro);
                }

                if (Made(parts, names, options.Joined) is { } entry)
                {
                    findings.Add(first, SourceCodes.Pasted, $"## may make \"{entry.Old}\", which is \"{entry.New}\" now");
                }
            }
        }

        int Next(int token, CMacro macro) => tokens.Next(token, macro.BodyEnd);

        string? Part(int token) => structure.Roles[token] == CRole.MacroParameter ? null : tokens.Span(token).ToString();
    }

    /// <summary>The first name that the parts make; a part that is null is any argument.</summary>
    private static NameMapEntry? Made(List<string?> parts, NameMap names, IReadOnlySet<string> joined)
    {
        if (parts.TrueForAll(part => part is null))
        {
            return null; // It may make anything; what is handed to it is reported where it is.
        }

        if (parts.TrueForAll(part => part is not null))
        {
            string name = string.Concat(parts);
            return joined.Contains(name) ? null : names.Ordinary(name) ?? names.Macro(name) ?? names.Tag(name);
        }

        string prefix = string.Concat(parts.TakeWhile(part => part is not null));
        string suffix = string.Concat(Enumerable.Reverse(parts).TakeWhile(part => part is not null).Reverse());
        foreach (NameMapEntry entry in names.Entries)
        {
            if (entry.Old.Length > prefix.Length + suffix.Length && entry.Old.StartsWith(prefix, StringComparison.Ordinal)
                && entry.Old.EndsWith(suffix, StringComparison.Ordinal) && prefix.Length + suffix.Length > 0
                && !joined.Contains(entry.Old))
            {
                return entry;
            }
        }

        return null;
    }
}
