using System.Text;

namespace MiniosBuild.Policy.Names;

/// <summary>A list of names, some with wildcards, as a validator looks names up in it.</summary>
public sealed class NameList
{
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly WildcardPatterns _patterns = new();

    public NameList(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (WildcardPatterns.IsPattern(name))
            {
                _patterns.Add(Encoding.UTF8.GetBytes(name));
            }
            else
            {
                _exact.Add(name);
            }
        }
    }

    public bool Has(string name) => _exact.Contains(name) || _patterns.Matches(Encoding.UTF8.GetBytes(name));
}
