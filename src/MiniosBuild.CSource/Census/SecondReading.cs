using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>Adds to scans what a compiler saw in the headers and the parser did not, so that no name stays unjudged which one of the two missed.</summary>
public static class SecondReading
{
    /// <summary>The scans, with such names in every header in whose text they are.</summary>
    /// <param name="scans">What the parser found.</param>
    /// <param name="textOf">What the preprocessor made of a scan's header, with line markers; null for nothing.</param>
    /// <param name="compiled">What the compiler found in all of them.</param>
    public static IReadOnlyList<ScannedHeader> Of(IReadOnlyList<ScannedHeader> scans, Func<ScannedHeader, string?> textOf, IReadOnlyList<CompiledName> compiled)
    {
        HashSet<string> known = [.. scans.SelectMany(scan => scan.Names).Select(name => name.Name)];
        Dictionary<string, CompiledName> missed = compiled.Where(name => !known.Contains(name.Name)).DistinctBy(name => name.Name).ToDictionary(name => name.Name, StringComparer.Ordinal);
        return missed.Count == 0 ? scans : [.. scans.Select(scan => textOf(scan) is { } text && Find(text, missed) is { Count: > 0 } found ? scan with { Names = [.. scan.Names, .. found] } : scan)];
    }

    // A compiler tells no places that all of them tell alike: a name is declared where the text has it first.
    private static List<HeaderName> Find(string text, Dictionary<string, CompiledName> missed)
    {
        var found = new List<HeaderName>();
        if (!missed.Keys.Any(name => text.Contains(name, StringComparison.Ordinal)))
        {
            return found;
        }

        CTokens tokens = CLexer.Split(text);
        var sites = new LineMarkers(tokens);
        var met = new HashSet<string>(StringComparer.Ordinal);
        int before = -1;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == CTokenKind.Hash)
            {
                i = tokens.LineEnd(i);
                continue;
            }

            if (tokens[i].Kind == CTokenKind.Word && missed.TryGetValue(tokens.Word(i), out CompiledName name) && met.Add(name.Name))
            {
                string? tag = before >= 0 && tokens.Span(before) is "struct" or "union" or "enum" ? tokens.Word(before) : null;
                HeaderNameKind kind = name.Kind == HeaderNameKind.Typedef && tag is not null ? HeaderNameKind.Tag : name.Kind;
                found.Add(new HeaderName(kind, name.Name, sites.At(i))
                {
                    Symbol = kind is HeaderNameKind.Function or HeaderNameKind.Variable ? name.Symbol ?? name.Name : null,
                    IsDefinition = kind is not (HeaderNameKind.Function or HeaderNameKind.Variable),
                    TagWord = kind == HeaderNameKind.Tag ? tag : null,
                });
            }

            before = i < tokens.Count && tokens[i].IsTrivia ? before : i;
        }

        return found;
    }
}
