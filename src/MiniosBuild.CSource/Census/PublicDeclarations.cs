using System.Text;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>The functions and variables with external linkage that public headers declare.</summary>
public sealed class PublicDeclarations
{
    private const string Heading = "# minios public declarations 1";

    private readonly SortedDictionary<string, DeclarationSite> _functions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, DeclarationSite> _variables = new(StringComparer.Ordinal);

    /// <summary>Nothing declared.</summary>
    public static PublicDeclarations Empty { get; } = new();

    /// <summary>No headers to go by: every definition of the set is public. Functions then get the public prefix, and nothing becomes local.</summary>
    public static PublicDeclarations Everything { get; } = new() { IsEverything = true };

    /// <summary>Whether every definition counts as public, declared or not.</summary>
    public bool IsEverything { get; private set; }

    /// <summary>Functions by symbol name, with the first place that declares each.</summary>
    public IReadOnlyDictionary<string, DeclarationSite> Functions => _functions;

    /// <summary>Variables by symbol name, with the first place that declares each.</summary>
    public IReadOnlyDictionary<string, DeclarationSite> Variables => _variables;

    /// <summary>Finds the file-scope declarations in preprocessed C.</summary>
    /// <param name="preprocessed">Output of <c>gcc -E</c>, with line markers.</param>
    /// <param name="isPublicHeader">Whether a file, as a line marker names it, is a public header.</param>
    public static PublicDeclarations Scan(string preprocessed, Func<string, bool> isPublicHeader) =>
        Scan(preprocessed, file => isPublicHeader(file) ? file : null);

    /// <summary>The same, giving public headers another name, one without the folder of the build for example.</summary>
    /// <param name="preprocessed">Output of <c>gcc -E</c>, with line markers.</param>
    /// <param name="publicName">What to call a file that a line marker names; null when it is no public header.</param>
    public static PublicDeclarations Scan(string preprocessed, Func<string, string?> publicName) => Of(HeaderScanner.Scan(preprocessed), publicName);

    /// <summary>Those among the names of headers that have a symbol; of several places the first stays.</summary>
    /// <param name="names">Names of headers.</param>
    /// <param name="publicName">What to call a file that a site names; null when it is no public header.</param>
    public static PublicDeclarations Of(IEnumerable<HeaderName> names, Func<string, string?> publicName)
    {
        var declarations = new PublicDeclarations();
        var files = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (HeaderName found in names)
        {
            if (found.Symbol is null)
            {
                continue;
            }

            string file = found.Site.File;
            if (!files.TryGetValue(file, out string? name))
            {
                files.Add(file, name = publicName(file));
            }

            if (name is not null)
            {
                declarations.Add(found.Symbol, found.Kind == HeaderNameKind.Function, found.Site with { File = name });
            }
        }

        return declarations;
    }

    /// <summary>What any of them declares; of several places the first stays.</summary>
    public static PublicDeclarations Merge(IEnumerable<PublicDeclarations> parts)
    {
        var merged = new PublicDeclarations();
        foreach (PublicDeclarations part in parts)
        {
            merged.IsEverything |= part.IsEverything;
            foreach ((string name, DeclarationSite site) in part._functions)
            {
                merged.Add(name, isFunction: true, site);
            }

            foreach ((string name, DeclarationSite site) in part._variables)
            {
                merged.Add(name, isFunction: false, site);
            }
        }

        return merged;
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="DiagnosticException">MINIOS1503: not such a file, with the line.</exception>
    public static PublicDeclarations Load(string text, string path)
    {
        var declarations = new PublicDeclarations();
        string[] lines = text.Split('\n');
        if (lines[0] != Heading)
        {
            throw Malformed(path, 1, $"expected the heading \"{Heading}\"");
        }

        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            // The file comes last: its name may hold blanks.
            string[] fields = lines[i].Split(' ', 4);
            if (fields.Length != 4 || fields[0] is not ("function" or "variable") || !int.TryParse(fields[2], out int line))
            {
                throw Malformed(path, i + 1, "expected \"function|variable NAME LINE FILE\"");
            }

            declarations.Add(fields[1], fields[0] == "function", new DeclarationSite(fields[3], line));
        }

        return declarations;
    }

    /// <summary>A small text file: one declaration a line, sorted.</summary>
    public string Save()
    {
        var text = new StringBuilder(Heading).Append('\n');
        foreach ((string name, DeclarationSite site) in _functions)
        {
            text.Append($"function {name} {site.Line} {site.File}\n");
        }

        foreach ((string name, DeclarationSite site) in _variables)
        {
            text.Append($"variable {name} {site.Line} {site.File}\n");
        }

        return text.ToString();
    }

    private void Add(string name, bool isFunction, DeclarationSite site) => (isFunction ? _functions : _variables).TryAdd(name, site);

    private static DiagnosticException Malformed(string path, int line, string message) =>
        new(Diagnostic.Error(HeaderCodes.NotACensus, $"not a list of public declarations: {message}; delete the file, and it is made anew.", path, line));
}
