using System.Text.Json;
using System.Text.RegularExpressions;
using MiniosBuild.CSource.Names;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Compilation;

/// <summary>
/// The names that headers in C declare at file scope, as the compiler itself sees them: clang's tree as JSON (<c>-ast-dump=json</c>), or the declarations for Go that
/// gcc writes (GCC manual, <c>-fdump-go-spec</c>), which have all but static functions and types that are never completed.
/// </summary>
public sealed partial class CompiledNames(ToolRunner runner, string compiler, string workingDirectory)
{
    private const int MostRounds = 8;

    /// <summary>Compiles all headers one after the other; those that this does not take, in a source of their own.</summary>
    /// <param name="headers">Absolute paths; none of them in C++.</param>
    /// <param name="source">Where the source that includes them is written; names of more are made from it.</param>
    /// <param name="options">Definitions and include folders.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    public CompiledHeaders Read(IReadOnlyList<string> headers, string source, IReadOnlyList<string> options, CancellationToken cancellation)
    {
        HashSet<CompiledName> names = [], predefined = [];
        if (headers.Count == 0)
        {
            return new CompiledHeaders([], []);
        }

        bool isClang = runner.Run(new ToolCommand(compiler, ["--version"], workingDirectory), cancellation).Output.Contains("clang", StringComparison.Ordinal);
        List<string> some = [.. headers], rest = [];
        using var written = new AtomicFile(source + ".names");
        using var assembly = new AtomicFile(source + ".s");
        if (!isClang)
        {
            predefined.UnionWith(Names(Run([]))); // Its own macros count as constants.
        }

        for (int round = 0; round < MostRounds && some.Count > 0; round++)
        {
            ToolResult result = Run(some);
            if (result.ExitCode == 0)
            {
                try
                {
                    names.UnionWith(Names(result));
                }
                catch (JsonException)
                {
                    break; // Nested deeper than anybody writes.
                }

                (some, rest) = (rest, []);
                continue;
            }

            var culprits = HeaderUmbrella.Culprits(result.Errors, source, some.Count, linesOfHeader: 1);
            if (culprits.Count == 0 || culprits.Count == some.Count)
            {
                break; // They cannot be read alone either.
            }

            rest.AddRange(culprits.Select(place => some[place]));
            some = [.. some.Where((_, place) => !culprits.Contains(place))];
        }

        return new CompiledHeaders([.. names.Except(predefined).OrderBy(name => name.Name, StringComparer.Ordinal)], [.. some, .. rest]);

        IEnumerable<CompiledName> Names(ToolResult result) => result.ExitCode != 0 ? []
            : isClang ? OfTree(result.Output)
            : File.Exists(written.Draft) ? OfDeclarations(File.ReadAllText(written.Draft)) : [];

        ToolResult Run(IEnumerable<string> included)
        {
            AtomicFile.Write(source, string.Concat(included.Select(header => $"#include \"{header}\"\n")));
            return runner.Run(new ToolCommand(
                compiler,
                ["-w", .. options, .. isClang ? ["-fsyntax-only", "-Xclang", "-ast-dump=json"] : new[] { "-O0", "-S", "-o", assembly.Draft, "-fdump-go-spec=" + written.Draft }, source],
                workingDirectory), cancellation);
        }
    }

    /// <summary>What gcc writes: one declaration a line, each name with an underscore in front; as a comment where Go has no such type.</summary>
    internal static IEnumerable<CompiledName> OfDeclarations(string text)
    {
        Match[] lines = [.. Declaration().Matches(text).Cast<Match>()];
        HashSet<string> sizes = [.. lines.Select(line => line.Groups["name"].Value).Where(name => name.StartsWith("sizeof_", StringComparison.Ordinal))];
        foreach (Match line in lines)
        {
            string name = line.Groups["name"].Value, rest = line.Groups["rest"].Value;
            switch (line.Groups["word"].Value)
            {
                case "func":
                    yield return new CompiledName(HeaderNameKind.Function, name, Label().Match(rest) is { Success: true } label && label.Groups["label"].Value is var symbol && symbol != name ? symbol : null);
                    break;
                case "var":
                    yield return new CompiledName(HeaderNameKind.Variable, name);
                    break;
                case "type" when rest.Trim() != "struct {}": // A type that is nowhere completed, or one without members: the parser has that.
                    yield return new CompiledName(HeaderNameKind.Typedef, name);
                    break;
                case "const" when !sizes.Contains(name): // Constants, and macros with a number.
                    yield return new CompiledName(HeaderNameKind.Enumerator, name);
                    break;
            }
        }
    }

    /// <summary>What clang writes: a tree of nodes, those at file scope in the first one.</summary>
    internal static IEnumerable<CompiledName> OfTree(string json)
    {
        using JsonDocument tree = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 4096 });
        var names = new List<CompiledName>();
        AddInner(tree.RootElement, names);
        return names;
    }

    private static void AddInner(JsonElement node, List<CompiledName> names)
    {
        if (!node.TryGetProperty("inner", out JsonElement inner))
        {
            return;
        }

        foreach (JsonElement child in inner.EnumerateArray())
        {
            bool isImplicit = child.TryGetProperty("isImplicit", out JsonElement value) && value.GetBoolean();
            if (isImplicit || !child.TryGetProperty("kind", out JsonElement kind))
            {
                continue;
            }

            string? name = child.TryGetProperty("name", out JsonElement text) ? text.GetString() : null;
            switch (kind.GetString())
            {
                case "FunctionDecl":
                    Add(HeaderNameKind.Function, LabelOf(child));
                    break;
                case "VarDecl":
                    Add(HeaderNameKind.Variable, LabelOf(child));
                    break;
                case "TypedefDecl":
                    Add(HeaderNameKind.Typedef, null);
                    break;
                case "EnumConstantDecl":
                    Add(HeaderNameKind.Enumerator, null);
                    break;
                case "RecordDecl" or "EnumDecl":
                    // In C what is declared among members is at file scope too.
                    if (child.TryGetProperty("completeDefinition", out _) || kind.GetString() == "EnumDecl")
                    {
                        Add(HeaderNameKind.Tag, null);
                    }

                    AddInner(child, names);
                    break;
            }

            void Add(HeaderNameKind what, string? symbol)
            {
                if (name is { Length: > 0 })
                {
                    names.Add(new CompiledName(what, name, symbol));
                }
            }
        }
    }

    private static string? LabelOf(JsonElement declaration) =>
        declaration.TryGetProperty("mangledName", out JsonElement mangled) && declaration.TryGetProperty("name", out JsonElement name) && mangled.GetString() is { } symbol
            && symbol.TrimStart('\u0001') is var plain && plain != name.GetString() ? plain : null;

    [GeneratedRegex("""^(?:// )?(?<word>func|var|type|const) _(?<name>\w+)(?<rest>.*)$""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex("""__asm__\("\*?(?<label>[^"]+)"\)""", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}

/// <summary>What a compiler sees in headers.</summary>
/// <param name="Names">The names that they declare, sorted.</param>
/// <param name="Left">Headers that it does not compile.</param>
public sealed record CompiledHeaders(IReadOnlyList<CompiledName> Names, IReadOnlyList<string> Left)
{
    /// <summary>MINIOS1544 for each that it does not compile.</summary>
    /// <param name="nameOf">What messages call a header.</param>
    public IEnumerable<Diagnostic> Remarks(Func<string, string> nameOf) => Left.Select(header => new Diagnostic(
        HeaderCodes.HeaderNotCompiledAlone, DiagnosticSeverity.Message, "the preprocessor takes this header and the compiler does not, alone or after the others: its names are those that the parser finds", nameOf(header)));
}
