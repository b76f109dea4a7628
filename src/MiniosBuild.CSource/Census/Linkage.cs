using MiniosBuild.CSource.Names;

namespace MiniosBuild.CSource.Census;

/// <summary>The symbols of functions and variables, by what their declarations so far say.</summary>
/// <param name="structure">The text; its declarations are asked about in order.</param>
public sealed class Linkage(CStructure structure)
{
    private readonly HashSet<int> _internal = []; // Linkage stays what the first declaration says.
    private readonly Dictionary<int, string> _labels = []; // An asm label counts from its declaration on.

    /// <summary>The symbol of a declaration; null when it has none.</summary>
    public string? SymbolOf(in CDeclaration declaration)
    {
        if (declaration.Kind is not (HeaderNameKind.Function or HeaderNameKind.Variable))
        {
            return null;
        }

        int word = structure.Tokens[declaration.Token].Value;
        if (declaration.Label is not null)
        {
            _labels.TryAdd(word, declaration.Label);
        }

        if (declaration.IsStatic)
        {
            _internal.Add(word);
        }

        string name = structure.Tokens.Words[word];
        return _internal.Contains(word) ? null : _labels.GetValueOrDefault(word) ?? structure.ExternalNames.GetValueOrDefault(name, name);
    }
}
