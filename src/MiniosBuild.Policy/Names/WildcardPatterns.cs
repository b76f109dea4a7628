using System.Runtime.InteropServices;
using System.Text;
using MiniosBuild.ObjectFormats;

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

    /// <summary>Whether a name of a list is a pattern.</summary>
    public static bool IsPattern(string name) => name.AsSpan().ContainsAny('*', '?');

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
                if (Wildcards.Match<byte, OneByte>(_patterns[pattern].Text, name, (byte)'*'))
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

    private readonly record struct Node(byte Value, int NextSibling, int FirstChild = None, int FirstPattern = None);

    private readonly record struct Pattern(byte[] Text, int Next);

    private sealed class OneByte : IPatternPart<byte>
    {
        public static int Fits(ReadOnlySpan<byte> pattern, byte element) => pattern[0] == (byte)'?' || pattern[0] == element ? 1 : 0;
    }
}
