namespace MiniosBuild.Policy;

/// <summary>Many patterns, of which few are tried on a name: those whose first three bytes are the name's.</summary>
public sealed class NamePatternIndex
{
    private const int KeyLength = 3;

    private readonly Dictionary<int, List<NamePattern>> _byStart = [];
    private readonly List<NamePattern> _others = [];

    public void Add(byte[] text)
    {
        var pattern = new NamePattern(text);
        if (pattern.Literal.Length < KeyLength)
        {
            _others.Add(pattern);
        }
        else if (_byStart.TryGetValue(KeyOf(text), out List<NamePattern>? list))
        {
            list.Add(pattern);
        }
        else
        {
            _byStart.Add(KeyOf(text), [pattern]);
        }
    }

    public bool IsMatch(ReadOnlySpan<byte> name) =>
        (name.Length >= KeyLength && _byStart.TryGetValue(KeyOf(name), out List<NamePattern>? list) && AnyMatches(list, name))
        || (_others.Count > 0 && AnyMatches(_others, name));

    private static bool AnyMatches(List<NamePattern> patterns, ReadOnlySpan<byte> name)
    {
        foreach (NamePattern pattern in patterns)
        {
            if (pattern.IsMatch(name))
            {
                return true;
            }
        }

        return false;
    }

    private static int KeyOf(ReadOnlySpan<byte> name) => name[0] | (name[1] << 8) | (name[2] << 16);
}
