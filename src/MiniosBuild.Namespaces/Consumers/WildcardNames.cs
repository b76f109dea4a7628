namespace MiniosBuild.Namespaces;

/// <summary>A set of names, some of them with <c>*</c> (any text) and <c>?</c> (one character).</summary>
internal sealed class WildcardNames
{
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly List<string> _patterns = [];

    public WildcardNames(IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (name.AsSpan().ContainsAny('*', '?'))
            {
                _patterns.Add(name);
            }
            else
            {
                _exact.Add(name);
            }
        }
    }

    public bool Contains(string name) => _exact.Contains(name) || _patterns.Exists(pattern => Matches(pattern, name));

    /// <summary>Goes back only to the last star, which is enough: an earlier one could take no text that the last cannot.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = n;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == name[n]))
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
