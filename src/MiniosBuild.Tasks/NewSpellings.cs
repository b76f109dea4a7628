using System.Text.RegularExpressions;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Tasks;

/// <summary>Tells the new name in what compilers and linkers say of an old one that they do not know.</summary>
/// <param name="table">The table of names; read only when a message asks for it. Null, or a file that is not there, for none.</param>
internal sealed class NewSpellings(string? table)
{
    // What gcc 12, clang 14 and newer ones say, in C and in C++.
    private const string Unknown = """
          (?: implicit\ declaration\ of\ function | call\ to\ undeclared\ function | undeclared\ identifier | unknown\ type\ name | (?:undefined|incomplete)\ type
            | incomplete\ definition\ of\ type | type\ defaults\ to\ ['‘]int['’]\ in\ declaration\ of )\ ['‘] (?:(?<word>struct|union|enum)\ )? (?:\S*::)? (?<name>\w+) ['’]
        | aggregate\ ['‘] (?:\S*::)? (?<name>\w+)\ \w+ ['’]\ has\ incomplete\ type
        | has\ type\ ['‘] (?<word>struct|union|enum)\ (?<name>\w+) ['’]\ that\ is\ never\ completed
        | declaration\ of\ ['‘] (?<word>struct|union|enum)\ (?<name>\w+) ['’]\ will\ not\ be\ visible
        | ['‘] (?:(?<word>struct|union|enum)\ )? (?<name>\w+) ['’]\ (?: undeclared | was\ not\ declared | does\ not\ name\ a\ type | declared\ inside\ parameter\ list )
        """;

    private readonly Lazy<NameMap> _names = new(() =>
        table is not null && File.Exists(table) ? NameMap.Parse(File.ReadAllText(table), table) : NameMap.Empty);

    /// <summary>The diagnostic with the new spelling of the name that it is about; itself when that has none.</summary>
    public Diagnostic Hint(Diagnostic diagnostic)
    {
        var match = diagnostic.Code switch
        {
            ToolchainCodes.CompileError or ToolchainCodes.CompileWarning => Regex.Match(diagnostic.Message, Unknown, RegexOptions.IgnorePatternWhitespace),
            _ => Match.Empty,
        };
        string name = match.Groups["name"].Value, word = match.Groups["word"].Value;
        return match.Success && NewName(name, word) is { } spelling
            ? diagnostic with { Message = $"{diagnostic.Message}; it is \"{spelling}\" here (MiniosCompatibility or minios migrate)" }
            : diagnostic;
    }

    /// <summary>What helps with a name that nothing in a link defines.</summary>
    /// <param name="name">The name.</param>
    /// <param name="elsewhere">The file that says it, if that was not compiled by this build.</param>
    public string? ForLink(string name, string? elsewhere) =>
        elsewhere is not null ? $"{elsewhere} was not compiled here: if it says an old name{(NewName(name, "") is { } adopted ? $" (it is \"{adopted}\" here)" : "")}, name it under MiniosAdopt"
        : NewName(name, "") is { } spelling ? $"it is \"{spelling}\" here (MiniosCompatibility or minios migrate)"
        : null;

    private string? NewName(string name, string word)
    {
        if (word.Length > 0)
        {
            return _names.Value.Tag(name) is { } tag ? $"{word} {tag.New}" : null;
        }

        return (_names.Value.Macro(name) ?? _names.Value.Ordinary(name) ?? _names.Value.Tag(name))?.New; // C++ leaves the struct out.
    }
}
