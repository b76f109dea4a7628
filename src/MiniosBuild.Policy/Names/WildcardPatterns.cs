using System.Runtime.InteropServices;
using System.Text;

namespace MiniosBuild.Policy.Names;

/// <summary>
/// Patterns with <c>*</c> (any text) and <c>?</c> (one byte). They hang on a tree of the bytes before their first wildcard, so that a name is
/// held against those alone whose beginning it has, which for most names are none.
/// </summary>
public sealed class WildcardPatterns
{
    private const int None = -1;

    private readonly List<Node> _nodes = [new Node(0, None)];
    private readonly List<Pattern> _patterns = [];

    public int Count => _patterns.Count;

    /// <summary>The names that compilers and linkers make, under a policy.</summary>
    public static WildcardPatterns OfTools(NamespacePolicy policy)
    {
        var patterns = new WildcardPatterns();
        foreach (string name in policy.CompilerNames.Concat(policy.LinkerNames))
        {
            patterns.Add(Encoding.UTF8.GetBytes(name));
        }

        return patterns;
    }

    /// <summary>Adds a pattern, whose number is how many there were before.</summary>
    public void Add(ReadOnlySpan<byte> pattern)
    {
        int wildcard = pattern.IndexOfAny((byte)'*', (byte)'?');
        int node = 0;
        foreach (byte value in wildcard < 0 ? pattern : pattern[..wildcard])
        {
            node = ChildOrNew(node, value);
        }

        _patterns.Add(new Pattern(pattern.ToArray(), _nodes[node].FirstPattern));
        _nodes[node] = _nodes[node] with { FirstPattern = _patterns.Count - 1 };
    }

    /// <summary>Whether a pattern might fit a name with that beginning.</summary>
    public bool MayMatch(ReadOnlySpan<byte> beginning)
    {
        foreach (Pattern pattern in _patterns)
        {
            ReadOnlySpan<byte> text = pattern.Text;
            ReadOnlySpan<byte> literal = text[..text.IndexOfAny((byte)'*', (byte)'?')];
            if (literal.StartsWith(beginning) || beginning.StartsWith(literal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a pattern fits the whole name.</summary>
    public bool Matches(ReadOnlySpan<byte> name) => Visit(name, null);

    /// <summary>Marks every pattern that fits the whole name.</summary>
    public void Mark(ReadOnlySpan<byte> name, bool[] marks) => Visit(name, marks);

    private bool Visit(ReadOnlySpan<byte> name, bool[]? marks)
    {
        bool found = false;
        int node = 0;
        for (int depth = 0; node != None; depth++)
        {
            for (int pattern = _nodes[node].FirstPattern; pattern != None; pattern = _patterns[pattern].Next)
            {
                if (Matches(_patterns[pattern].Text, name))
                {
                    if (marks is null)
                    {
                        return true;
                    }

                    marks[pattern] = found = true;
                }
            }

            node = depth < name.Length ? Child(node, name[depth]) : None;
        }

        return found;
    }

    private int Child(int node, byte value)
    {
        ReadOnlySpan<Node> nodes = CollectionsMarshal.AsSpan(_nodes);
        int child = nodes[node].FirstChild;
        while (child != None && nodes[child].Value != value)
        {
            child = nodes[child].NextSibling;
        }

        return child;
    }

    private int ChildOrNew(int node, byte value)
    {
        int child = Child(node, value);
        if (child == None)
        {
            child = _nodes.Count;
            _nodes.Add(new Node(value, _nodes[node].FirstChild));
            _nodes[node] = _nodes[node] with { FirstChild = child };
        }

        return child;
    }

    /// <summary>Goes back only to the last star, which is enough: an earlier one could take no text that the last cannot.</summary>
    private static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> name)
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

        return pattern[p..].TrimStart((byte)'*').IsEmpty;
    }

    private readonly record struct Node(byte Value, int NextSibling, int FirstChild = None, int FirstPattern = None);

    private readonly record struct Pattern(byte[] Text, int Next);
}
