namespace MiniosBuild.CSource;

/// <summary>What the parser found in a text.</summary>
/// <param name="Tokens">The text.</param>
/// <param name="Roles">The role of each token.</param>
/// <param name="Declarations">Names declared at file scope, a name as often as it is declared.</param>
/// <param name="Macros">What the text defines.</param>
/// <param name="ExternalNames">New symbols that #pragma redefine_extname gives, by old ones.</param>
public sealed record CStructure(
    CTokens Tokens, CRole[] Roles, List<CDeclaration> Declarations, List<CMacro> Macros, IReadOnlyDictionary<string, string> ExternalNames);
