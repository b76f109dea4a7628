using System.Text;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Linking.Contracts;

/// <summary>What kind of name a name is, under a policy.</summary>
internal sealed class ContractNames
{
    private readonly NamespacePolicy _policy;
    private readonly WildcardPatterns _compiler = new();
    private readonly WildcardPatterns _linker = new();
    private readonly HashSet<string> _exactCompiler = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exactLinker = new(StringComparer.Ordinal);

    public ContractNames(NamespacePolicy policy)
    {
        _policy = policy;
        Add(policy.CompilerNames, _exactCompiler, _compiler);
        Add(policy.LinkerNames, _exactLinker, _linker);
    }

    public ContractNameKind KindOf(string name) =>
        IsMadeByCompiler(name) ? ContractNameKind.Compiler
        : _policy.CNames.Contains(name) ? ContractNameKind.C
        : ContractNameKind.Other;

    public bool IsMadeByCompiler(string name) => _exactCompiler.Contains(name) || _compiler.Matches(Encoding.UTF8.GetBytes(name));

    public bool IsMadeByLinker(ReadOnlySpan<byte> name) => _exactLinker.Contains(Encoding.UTF8.GetString(name)) || _linker.Matches(name);

    private static void Add(IReadOnlyList<string> names, HashSet<string> exact, WildcardPatterns patterns)
    {
        foreach (string name in names)
        {
            if (name.AsSpan().ContainsAny('*', '?'))
            {
                patterns.Add(Encoding.UTF8.GetBytes(name));
            }
            else
            {
                exact.Add(name);
            }
        }
    }
}
