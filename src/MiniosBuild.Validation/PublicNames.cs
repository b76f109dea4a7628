namespace MiniosBuild.Validation;

/// <summary>Which names of a finished set its policy makes public, besides what headers declare; written from the policy's data alone.</summary>
internal sealed class PublicNames
{
    private readonly NamespacePolicy _policy;
    private readonly HashSet<string> _names;

    /// <param name="policy">The policy.</param>
    /// <param name="marks">Names with an export mark, as they are before the pass.</param>
    /// <param name="needs">Names that programs outside the set need, as the finished set has them.</param>
    public PublicNames(NamespacePolicy policy, IReadOnlyCollection<string> marks, IReadOnlySet<string> needs)
    {
        _policy = policy;
        CountHeaders = policy.Public.Headers || (policy.Public is { Marks: true, Consumers: false, List: null } && marks.Count == 0);
        MarksDecide = policy.Public is { Marks: true, Headers: false } && marks.Count > 0;
        _names = new HashSet<string>(needs, StringComparer.Ordinal);
        foreach (string name in policy.Public.Marks ? marks : [])
        {
            _names.UnionWith(Spellings(name));
        }

        foreach ((string name, _) in policy.Public.List?.Names ?? [])
        {
            _names.UnionWith(Spellings(name));
        }
    }

    /// <summary>Whether what headers declare is public.</summary>
    public bool CountHeaders { get; }

    /// <summary>Whether no name of a set that is hidden, not renamed, may be global for its spelling.</summary>
    public bool MarksDecide { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<string> All => _names;

    public bool Has(string name) => _names.Contains(name);

    /// <summary>What a name from before the pass may be called after it.</summary>
    public IEnumerable<string> Spellings(string name) =>
    [
        name, _policy.PublicPrefix + name, _policy.InternalPrefix + name, _policy.DriverPrefix + name,
        .. _policy.Renames.Where(rule => rule.Expression is null && rule.From == name).SelectMany(rule => new[] { rule.To, _policy.DriverPrefix + rule.To }),
        .. _policy.Renames.Where(rule => rule.Expression?.IsMatch(name) == true)
            .Select(rule => rule.Expression!.Replace(name, rule.To)).SelectMany(to => new[] { to, _policy.DriverPrefix + to }),
    ];
}
