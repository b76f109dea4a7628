namespace MiniosBuild.CSource;

/// <summary>The names that parameter lists and blocks declare.</summary>
/// <param name="words">How many words the text has.</param>
public sealed class CScopes(int words)
{
    private const int Deepest = 256; // Further in, names go to the scope around: looking them up stays cheap in any text.

    private readonly List<(int Parent, int Depth)> _scopes = [(0, 0)];
    private readonly Dictionary<(int Scope, int Name), CRole> _names = [];
    private readonly bool[] _known = new bool[words * 2]; // Whether any scope has the name: most have never been declared in one.

    /// <summary>A scope within another; 0 is that of the file.</summary>
    public int Open(int parent)
    {
        int depth = _scopes[parent].Depth + 1;
        if (depth > Deepest)
        {
            return parent;
        }

        _scopes.Add((parent, depth));
        return _scopes.Count - 1;
    }

    /// <summary>Enters a word, as a tag or anything else.</summary>
    public void Declare(int scope, int word, bool isTag, CRole role)
    {
        int name = (word * 2) + (isTag ? 1 : 0);
        if (scope != 0)
        {
            _known[name] = true;
            _names[(scope, name)] = role;
        }
    }

    /// <summary>What a word is in a scope; <see cref="CRole.None"/> when none up to the file's declares it.</summary>
    public CRole Find(int scope, int word, bool isTag)
    {
        int name = (word * 2) + (isTag ? 1 : 0);
        if (_known[name])
        {
            for (; scope != 0; scope = _scopes[scope].Parent)
            {
                if (_names.TryGetValue((scope, name), out CRole role))
                {
                    return role;
                }
            }
        }

        return CRole.None;
    }
}

/// <summary>What has come after struct, union or enum.</summary>
public enum CTagState : byte
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Nothing of the tag yet.</summary>
    Unnamed,

    /// <summary>The tag; a body may follow.</summary>
    Named,

    /// <summary>A colon: an enum's type, or the width of a bit-field.</summary>
    Underlying,
}
