namespace MiniosBuild.Renaming.Consumers;

/// <summary>Whether a name is spelled as one of the set's, before or after the pass.</summary>
internal sealed class OwnSpelling
{
    private readonly string[] _prefixes;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <param name="policy">The policy of the set.</param>
    /// <param name="renames">Old name to new name, those included that headers declare and the set does not define.</param>
    public OwnSpelling(NamespacePolicy policy, IReadOnlyDictionary<string, string> renames)
    {
        _prefixes = [policy.PublicPrefix, policy.InternalPrefix, .. policy.Drivers.Select(driver => driver.Prefix)];
        foreach ((string oldName, string newName) in renames)
        {
            _names.Add(oldName);
            _names.Add(newName);
        }

        foreach (RenameRule rule in policy.Renames.Where(rule => rule.Expression is null))
        {
            _names.Add(rule.From);
            _names.Add(rule.To);
        }
    }

    public bool Has(string name) => _names.Contains(name) || _prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
