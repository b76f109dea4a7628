using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Renaming.Headers;

/// <summary>Declared names that ## makes and no text spells where they are declared: a rewrite cannot change them, so that uses must stay too.</summary>
internal sealed class MadeNames
{
    private readonly Dictionary<string, Dictionary<string, int>> _firstLines; // By path of the header: where a word first stands outside directives.
    private readonly HashSet<string> _spelled = new(StringComparer.Ordinal); // In macros.
    private readonly HashSet<string> _joined; // What it is made of is known.
    private readonly HashSet<(string Prefix, string Suffix)> _shapes = [];

    public MadeNames(HeaderCensus census)
    {
        _joined = census.Joins.Select(join => join.Name).ToHashSet(StringComparer.Ordinal);
        _firstLines = census.Headers.Where(header => header.Words.Count > 0).GroupBy(header => header.Path, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => group.First().Words.Where(word => (word.Uses & HeaderWordUses.Plain) != 0).ToDictionary(word => word.Text, word => word.Line, StringComparer.Ordinal),
            StringComparer.Ordinal);
        foreach (HeaderName macro in census.Headers.SelectMany(header => header.Names).Select(entry => entry.Name).Where(name => name.Kind.IsMacro()).Distinct<HeaderName>(ReferenceEqualityComparer.Instance))
        {
            _spelled.UnionWith(macro.Uses);
            if (macro.Body?.Contains("##", StringComparison.Ordinal) == true)
            {
                AddShapes(macro);
            }
        }
    }

    /// <summary>Whether the name is made so wherever it is defined; where it is not, wherever it is declared: <c>struct x *p;</c> declares a tag too.</summary>
    public bool Has(OwnName name) =>
        !_joined.Contains(name.Text) && name.Space != NameSpace.Macro && !_spelled.Contains(name.Text)
        && name.Declarations.Select(declaration => declaration.Entry.Name).ToLookup(declared => declared.IsDefinition) is var declared
        && (declared.Contains(true) ? declared[true] : declared[false]).All(IsMade)
        && _shapes.Any(shape => name.Text.Length >= shape.Prefix.Length + shape.Suffix.Length
            && name.Text.StartsWith(shape.Prefix, StringComparison.Ordinal) && name.Text.EndsWith(shape.Suffix, StringComparison.Ordinal));

    private bool IsMade(HeaderName name) =>
        _firstLines.TryGetValue(name.Site.File, out Dictionary<string, int>? lines) && (!lines.TryGetValue(name.Name, out int line) || line > name.Site.Line);

    /// <summary>What the operands of each chain of ## begin and end with; nothing where that is a parameter.</summary>
    private void AddShapes(HeaderName macro)
    {
        CTokens tokens = CLexer.Split(macro.Body!);
        for (int i = tokens.Next(-1, tokens.Count); i < tokens.Count; i = tokens.Next(i, tokens.Count))
        {
            int first = i, last = i;
            for (int paste = tokens.Next(i, tokens.Count); paste < tokens.Count && tokens[paste].Is(CMark.Paste) && tokens.Next(paste, tokens.Count) is int operand && operand < tokens.Count;)
            {
                last = operand;
                paste = tokens.Next(operand, tokens.Count);
            }

            if (last != first)
            {
                _shapes.Add((Fixed(first), Fixed(last)));
                i = last;
            }
        }

        string Fixed(int token) => tokens.Span(token).ToString() is var text && macro.Parameters.Any(parameter => parameter.TrimEnd('.') == text) ? "" : text;
    }
}
