using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>Header names as a test wants them, without a preprocessor.</summary>
internal static class MadeHeaders
{
    public const string Policy = """
        { "publicPrefix": "minios_", "headers": { "kinds": ["macro", "function", "variable", "typedef", "tag", "enumerator"] } }
        """;

    /// <summary>
    /// Names of one file, a word each: <c>macro:X</c>, <c>function-macro:f</c>, <c>function:f</c> (with a symbol), <c>inline:f</c>, <c>variable:v</c>, <c>constant:c</c>
    /// (without a symbol), <c>typedef:t</c>, <c>tag:s</c>, <c>forward:s</c> (only declared), <c>enumerator:E</c>, <c>guard:G</c>; <c>X=a+b</c> refers to a and b.
    /// </summary>
    public static HeaderName[] In(string file, string words) =>
        [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((word, i) => Name(word, new DeclarationSite(file, i + 1)))];

    /// <summary>A header that declares all that itself.</summary>
    public static ScannedHeader Header(string place, string words, bool inside = false) => new("/tree/" + place, place, In("/tree/" + place, words), inside);

    public static NamespacePolicy Read(string json) => NamespacePolicy.Parse(Encoding.UTF8.GetBytes(json), "mine.json");

    /// <summary>A plan of no objects for functions and variables that headers declare.</summary>
    public static NamespacePlan Symbols(NamespacePolicy policy, params IEnumerable<ScannedHeader> headers)
    {
        string text = string.Concat(headers.SelectMany(header => header.Names).Where(name => name.Symbol is not null)
            .Select(name => $"# {name.Site.Line} \"{name.Site.File}\"\n{(name.Kind == HeaderNameKind.Function ? $"void {name.Name}(void);" : $"extern int {name.Name};")}\n"));
        return NamespacePlanner.Plan(policy, SymbolCensus.Read([]), PublicDeclarations.Scan(text, _ => true), LibcMode.Stub);
    }

    public static HeaderPlan Plan(NamespacePolicy policy, params IReadOnlyList<ScannedHeader> headers) =>
        HeaderPlanner.Plan(policy, HeaderCensus.Of(headers), Symbols(policy, headers));

    private static HeaderName Name(string word, DeclarationSite site)
    {
        (string kind, string rest) = (word[..word.IndexOf(':')], word[(word.IndexOf(':') + 1)..]);
        string name = rest.Split('=')[0];
        var made = new HeaderName(
            kind switch
            {
                "guard" => HeaderNameKind.Macro,
                "inline" => HeaderNameKind.Function,
                "constant" => HeaderNameKind.Variable,
                "forward" => HeaderNameKind.Tag,
                _ => HeaderNameKinds.Parse(kind)!.Value,
            },
            name, site)
        {
            Symbol = kind is "function" or "variable" ? name : null,
            IsDefinition = kind is not ("function" or "variable" or "forward"),
            IsGuard = kind == "guard",
            TagWord = kind is "tag" or "forward" ? "struct" : null,
            Uses = rest.Contains('=') ? [.. rest.Split('=')[1].Split('+').Order(StringComparer.Ordinal)] : [],
        };
        return made.Kind.IsMacro() ? made with { Body = string.Join(" + ", made.Uses), Parameters = made.Kind == HeaderNameKind.FunctionMacro ? ["x"] : [] } : made;
    }
}
