using System.Text;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>What a text of C tells.</summary>
/// <param name="Names">The names that it gives.</param>
/// <param name="Texts">What it hands to the assembler.</param>
/// <param name="Includes">What its files include.</param>
public sealed record HeaderContents(IReadOnlyList<HeaderName> Names, IReadOnlyList<HeaderText> Texts, IReadOnlyList<HeaderInclude> Includes);

/// <summary>Finds every name that preprocessed C gives to whoever includes it.</summary>
public static class HeaderScanner
{
    /// <summary>The names in order, a name as often as it is declared.</summary>
    /// <param name="preprocessed">Output of the preprocessor with line markers; with <c>-dD</c> it has the macros too.</param>
    /// <returns>
    /// Also those of foreign headers, by <see cref="HeaderName.Site"/>; what the compiler and the command line define is left out. Macros
    /// that are undefined again are among them. No macro is marked as a guard: see <see cref="HeaderGuard"/>.
    /// </returns>
    public static IReadOnlyList<HeaderName> Scan(string preprocessed) => Read(preprocessed).Names;

    /// <summary>Everything that preprocessed C tells.</summary>
    public static HeaderContents Read(string preprocessed) => Read(CParser.ParsePreprocessed(CLexer.Split(preprocessed)), "");

    /// <summary>What a text tells that no preprocessor has read: all branches of its conditions, and nothing that it includes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">What sites call it.</param>
    /// <param name="outside">Macros that it uses and does not define.</param>
    public static HeaderContents ReadPlain(string text, string path, MacroUses? outside = null) => Read(CParser.Parse(CLexer.Split(text), [], [], outside: outside), path);

    private static HeaderContents Read(CStructure structure, string file)
    {
        CTokens tokens = structure.Tokens;
        var sites = new LineMarkers(tokens, file);
        var names = new List<HeaderName>(structure.Declarations.Count + structure.Macros.Count);
        var linkage = new Linkage(structure);
        Dictionary<int, int> undone = Undone(tokens);
        int macro = 0;
        foreach (CDeclaration declaration in structure.Declarations.OrderBy(d => d.Token))
        {
            for (; macro < structure.Macros.Count && structure.Macros[macro].Token < declaration.Token; macro++)
            {
                AddMacro(names, structure, structure.Macros[macro], sites, undone);
            }

            names.Add(NameOf(structure, declaration, linkage, sites.At(declaration.Token)));
        }

        for (; macro < structure.Macros.Count; macro++)
        {
            AddMacro(names, structure, structure.Macros[macro], sites, undone);
        }

        sites.At(tokens.Count);
        return new HeaderContents(names, AssemblyStrings.Of(structure, file), sites.Includes);
    }

    private static HeaderName NameOf(CStructure structure, in CDeclaration declaration, Linkage linkage, DeclarationSite site)
    {
        CTokens tokens = structure.Tokens;
        string name = tokens.Word(declaration.Token);
        return new HeaderName(declaration.Kind, name, site)
        {
            Symbol = linkage.SymbolOf(declaration),
            IsDefinition = declaration.IsDefinition,
            TagWord = declaration.TagWord >= 0 ? tokens.Words[declaration.TagWord] : null,
            Uses = declaration.BodyEnd > 0 ? Uses(structure, declaration.BodyStart, declaration.BodyEnd) : [],
        };
    }

    private static void AddMacro(List<HeaderName> names, CStructure structure, CMacro macro, LineMarkers sites, Dictionary<int, int> undone)
    {
        CTokens tokens = structure.Tokens;
        DeclarationSite site = sites.At(macro.Token);
        if (site.File is "<built-in>" or "<command-line>" or "<command line>")
        {
            return;
        }

        names.Add(new HeaderName(macro.IsFunction ? HeaderNameKind.FunctionMacro : HeaderNameKind.Macro, tokens.Word(macro.Token), site)
        {
            IsDefinition = true,
            IsUndone = undone.GetValueOrDefault(tokens[macro.Token].Value, -1) > macro.Token,
            Body = Body(tokens, macro.BodyStart, macro.BodyEnd),
            Parameters = [.. macro.Parameters.Select((word, i) => word < 0 || tokens.Words[word] == "__VA_ARGS__" ? "..." : tokens.Words[word] + (macro.HasNamedRest && i == macro.Parameters.Count - 1 ? "..." : ""))],
            Uses = Uses(structure, macro.BodyStart, macro.BodyEnd),
        });
    }

    /// <summary>By word: the last #undef.</summary>
    private static Dictionary<int, int> Undone(CTokens tokens)
    {
        var undone = new Dictionary<int, int>();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind != CTokenKind.Hash)
            {
                continue;
            }

            int end = tokens.LineEnd(i), directive = tokens.Next(i, end);
            if (directive < end && tokens.Span(directive) is "undef" && tokens.Next(directive, end) is int name && name < end && tokens[name].Kind == CTokenKind.Word)
            {
                undone[tokens[name].Value] = name;
            }

            i = end - 1;
        }

        return undone;
    }

    private static string Body(CTokens tokens, int start, int end)
    {
        var body = new StringBuilder();
        bool isApart = false;
        for (int i = start; i < end; i++)
        {
            if (tokens[i].IsTrivia)
            {
                isApart = body.Length > 0;
                continue;
            }

            body.Append(isApart ? " " : "").Append(tokens[i].Kind == CTokenKind.Word ? tokens.Word(i) : tokens.Span(i));
            isApart = false;
        }

        return body.ToString();
    }

    private static string[] Uses(CStructure structure, int start, int end)
    {
        var uses = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = start; i < end; i++)
        {
            if (structure.Roles[i] is CRole.Ordinary or CRole.Declared or CRole.Enumerator or CRole.Tag or CRole.AlsoPasted or CRole.LaterPasted or CRole.Stringized or CRole.AlsoStringized or CRole.LaterStringized)
            {
                uses.Add(structure.Tokens.Word(i));
            }
        }

        return [.. uses];
    }
}
