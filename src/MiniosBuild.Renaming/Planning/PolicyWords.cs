using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Every name that the policy, the public headers, an export mark or a consumer list, in one table: one look tells all lists that a name is on.</summary>
internal sealed class PolicyWords
{
    private readonly NameTable _names = new();
    private readonly List<WordTraits> _traits = [];
    private readonly WildcardPatterns _compiler = new();
    private readonly WildcardPatterns _linker = new();
    private readonly WildcardPatterns _keep = new();

    public PolicyWords(
        NamespacePolicy policy, PublicDeclarations declarations, IReadOnlySet<string> consumerNeeds, SpelledNames spelled, NameTable marks)
    {
        AddPatterns(policy.CompilerNames, _compiler, WordTraits.Compiler);
        AddPatterns(policy.LinkerNames, _linker, WordTraits.Linker);
        AddPatterns([.. policy.Keep.Select(name => name.Text)], _keep, WordTraits.Keep);
        Add(policy.Hooks.Select(name => name.Text), WordTraits.Hook);
        Add(policy.CNames, WordTraits.C);
        Add(declarations.Functions.Keys, WordTraits.DeclaredFunction);
        Add(declarations.Variables.Keys, WordTraits.DeclaredVariable);
        Add(consumerNeeds, WordTraits.Needed);
        Add(spelled.All.Keys, WordTraits.Spelled);
        if (policy.Public.List is { } list)
        {
            Add(list.Names.Select(name => name.Name), WordTraits.Listed);
        }

        for (int mark = 0; policy.Public.Marks && mark < marks.Count; mark++)
        {
            Add(marks.Text(mark), WordTraits.Marked);
        }

        HasNeeds = consumerNeeds.Count > 0 || policy.Public.List is not null;
    }

    /// <summary>Whether there are names that programs or lists may have under a prefix.</summary>
    public bool HasNeeds { get; }

    public WordTraits Listed(ReadOnlySpan<byte> name) => _names.Find(name) is var word and >= 0 ? _traits[word] : 0;

    public bool IsCompilerMade(ReadOnlySpan<byte> name, WordTraits listed) => (listed & WordTraits.Compiler) != 0 || _compiler.Matches(name);

    public bool IsLinkerMade(ReadOnlySpan<byte> name, WordTraits listed) => (listed & WordTraits.Linker) != 0 || _linker.Matches(name);

    public bool IsKept(ReadOnlySpan<byte> name, WordTraits listed) => (listed & WordTraits.Keep) != 0 || (_keep.Count > 0 && _keep.Matches(name));

    /// <summary>Whether names with that beginning may be on the lists of reserved names.</summary>
    public bool MayReserve(ReadOnlySpan<byte> beginning)
    {
        const WordTraits reserved = WordTraits.Compiler | WordTraits.Linker | WordTraits.Keep | WordTraits.Hook;
        for (int word = 0; word < _names.Count; word++)
        {
            if ((_traits[word] & reserved) != 0 && _names.Bytes(word).StartsWith(beginning))
            {
                return true;
            }
        }

        return _compiler.MayMatch(beginning) || _linker.MayMatch(beginning) || _keep.MayMatch(beginning);
    }

    private void AddPatterns(IReadOnlyList<string> names, WildcardPatterns patterns, WordTraits trait)
    {
        foreach (string name in names)
        {
            if (WildcardPatterns.IsPattern(name))
            {
                patterns.Add(Encoding.UTF8.GetBytes(name));
            }
            else
            {
                Add(name, trait);
            }
        }
    }

    private void Add(IEnumerable<string> names, WordTraits trait)
    {
        foreach (string name in names)
        {
            Add(name, trait);
        }
    }

    private void Add(string name, WordTraits trait)
    {
        int word = _names.Add(name);
        if (word == _traits.Count)
        {
            _traits.Add(0);
        }

        _traits[word] |= trait;
    }
}

/// <summary>The lists that a name is on.</summary>
[Flags]
internal enum WordTraits : ushort
{
    Compiler = 1,
    Linker = 2,
    Keep = 4,
    Hook = 8,
    C = 16,
    DeclaredFunction = 32,
    DeclaredVariable = 64,
    Needed = 128,
    Spelled = 256,
    Marked = 512,
    Listed = 1024,
}
