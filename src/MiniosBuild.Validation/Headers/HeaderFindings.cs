using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Validation.Headers;

/// <summary>What a validation of headers found, each finding once, with the column that its name has in the text.</summary>
internal sealed class HeaderFindings(FindingLevels levels, Func<string, string?>? textOf)
{
    private readonly List<Finding> _found = [];
    private readonly HashSet<(string Code, string Place, string? Symbol)> _known = [];
    private readonly Dictionary<string, string[]> _lines = new(StringComparer.Ordinal);

    /// <summary>Adds a finding about a name at its declaration, unless its code is silenced or the header has it already.</summary>
    public void Add(string code, string place, HeaderName name, string message) =>
        Add(code, place, new SourcePosition(name.Site.File, name.Site.Line, 0), name.Name, name.Kind.Text(), message);

    /// <summary>The same about a word of a text.</summary>
    public void Add(string code, CensusHeader header, HeaderWord word, string message) =>
        Add(code, header.Place, new SourcePosition(header.Path, word.Line, word.Column), word.Text, null, message);

    /// <summary>One about a header as a whole, or about more than one name, at a place that is known.</summary>
    public void Add(string code, string place, SourcePosition position, string? symbol, string message) => Add(code, place, position, symbol, null, message);

    /// <summary>All findings, by place, line, column and code.</summary>
    public IReadOnlyList<Finding> Sorted() =>
    [
        .. _found.OrderBy(found => found.Member, StringComparer.Ordinal)
            .ThenBy(found => found.Position!.Value.Line)
            .ThenBy(found => found.Position!.Value.Column)
            .ThenBy(found => found.Code, StringComparer.Ordinal)
            .ThenBy(found => found.Symbol, StringComparer.Ordinal),
    ];

    private void Add(string code, string place, SourcePosition position, string? symbol, string? kind, string message)
    {
        if (levels.SeverityOf(code) is { } severity && _known.Add((code, place, symbol)))
        {
            SourcePosition exact = position.Column > 0 || symbol is null ? position : position with { Column = ColumnOf(position, symbol) };
            _found.Add(new Finding(code, severity, Finding.HeadersLibrary, position.File, place, symbol, message, exact) { Kind = kind == "variable" ? "data" : kind });
        }
    }

    /// <summary>The 1-based column of the identifier in its line; 0 where the line does not have it, or the text is not known.</summary>
    private int ColumnOf(SourcePosition position, string symbol)
    {
        if (textOf is null)
        {
            return 0;
        }

        if (!_lines.TryGetValue(position.File, out string[]? lines))
        {
            _lines.Add(position.File, lines = textOf(position.File)?.Split('\n') ?? []);
        }

        string line = position.Line >= 1 && position.Line <= lines.Length ? lines[position.Line - 1] : "";
        for (int at = line.IndexOf(symbol, StringComparison.Ordinal); at >= 0; at = line.IndexOf(symbol, at + 1, StringComparison.Ordinal))
        {
            int end = at + symbol.Length;
            if ((at == 0 || !IsPart(line[at - 1])) && (end == line.Length || !IsPart(line[end])))
            {
                return at + 1;
            }
        }

        return 0;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '$';
}
