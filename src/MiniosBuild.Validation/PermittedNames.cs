using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation;

/// <summary>Which names the policy permits in finished archives and headers; written from the policy alone.</summary>
internal sealed class PermittedNames
{
    private readonly NamespacePolicy _policy;
    private readonly LibcMode _libc;
    private readonly byte[] _publicPrefix;
    private readonly byte[] _internalPrefix;
    private readonly (string Library, byte[] Prefix)[] _drivers;
    private readonly NameTable _exact = new();
    private readonly List<NameTraits> _exactTraits = [];
    private readonly WildcardPatterns _toolPatterns = new();
    private readonly WildcardPatterns _keepPatterns = new();
    private readonly SpelledInHeaders _spelled;

    /// <param name="policy">The policy.</param>
    /// <param name="libc">What the set's libc library has to be like.</param>
    /// <param name="staged">The finished headers, whose assembly and asm labels spell names; null when not known.</param>
    /// <param name="given">Names that programs outside the set define, and the set does not; null for none.</param>
    public PermittedNames(NamespacePolicy policy, LibcMode libc, HeaderCensus? staged = null, IEnumerable<string>? given = null)
    {
        _spelled = new SpelledInHeaders(staged);
        _policy = policy;
        _libc = libc;
        _publicPrefix = Encoding.UTF8.GetBytes(policy.PublicPrefix);
        _internalPrefix = Encoding.UTF8.GetBytes(policy.InternalPrefix);
        _drivers = [.. policy.Drivers.Select(driver => (driver.Library, Encoding.UTF8.GetBytes(driver.Prefix)))];
        foreach (PolicyName name in policy.Keep)
        {
            AddPattern(name.Text, _keepPatterns, NameTraits.Kept);
        }

        foreach (PolicyName name in policy.Hooks)
        {
            Add(name.Text, NameTraits.Hook);
        }

        foreach (string name in given ?? [])
        {
            Add(name, NameTraits.Given);
        }

        foreach (string name in policy.CNames)
        {
            Add(name, NameTraits.C);
        }

        foreach (string name in policy.CompilerNames.Concat(policy.LinkerNames))
        {
            AddPattern(name, _toolPatterns, NameTraits.Tools);
        }

        foreach (string name in _spelled.All.Keys)
        {
            Add(name, NameTraits.Spelled);
        }

        foreach (RenameRule rule in policy.Renames)
        {
            // A rule by expression has no fixed result, so that its results must be permitted by their own spelling. A driver's
            // names count as its namespace, which may be prefixed.
            if (rule.Expression == null && !IsDriverName(Encoding.UTF8.GetBytes(rule.To), rule.Library ?? ""))
            {
                Add(rule.To, NameTraits.InNamespace);
            }
        }
    }

    /// <summary>What the policy says of the name by itself.</summary>
    public NameTraits TraitsOf(ReadOnlySpan<byte> name)
    {
        int number = _exact.Find(name);
        NameTraits traits = NameTraits.Known | (number < 0 ? NameTraits.None : _exactTraits[number]);
        if (name.StartsWith(_publicPrefix) || name.StartsWith(_internalPrefix))
        {
            traits |= NameTraits.InNamespace;
        }

        if ((traits & NameTraits.Kept) == 0 && _keepPatterns.Matches(name))
        {
            traits |= NameTraits.Kept;
        }

        if ((traits & NameTraits.Tools) == 0 && _toolPatterns.Matches(name))
        {
            traits |= NameTraits.Tools;
        }

        return name.Contains((byte)'@') ? traits | NameTraits.Versioned : traits;
    }

    /// <summary>Whether a library may define the name globally; says nothing of hidden names, which depend on the whole set.</summary>
    public bool MayDefine(string library, ReadOnlySpan<byte> name, NameTraits traits, bool isWeak)
    {
        if ((traits & (NameTraits.Hook | NameTraits.Kept | NameTraits.InNamespace)) != 0)
        {
            return true;
        }

        if ((traits & NameTraits.C) != 0 && library == NamespacePolicy.LibcLibrary)
        {
            return _libc != LibcMode.Private; // All of a private libc is internal, its memcpy too.
        }

        return (traits & NameTraits.Tools) != 0 || (_policy.DriverPrefix == "" && IsDriverName(name, isWeak ? null : library));
    }

    /// <summary>Whether a public header may declare the name.</summary>
    public bool MayDeclare(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        const NameTraits permitted = NameTraits.Hook | NameTraits.Kept | NameTraits.InNamespace | NameTraits.C | NameTraits.Tools | NameTraits.Spelled | NameTraits.Given;
        return (TraitsOf(bytes) & permitted) != 0 || (_policy.DriverPrefix == "" && IsDriverName(bytes, null));
    }

    /// <summary>What of the finished headers spells a name that is <see cref="NameTraits.Spelled"/>.</summary>
    public HeaderText SpellingOf(string name) => _spelled.All[name];

    /// <summary>The rule that a name outside the policy breaks, and what to do about it.</summary>
    public string Explain(string library, string name, bool isCode)
    {
        if (_policy.Renames.FirstOrDefault(rule => rule.Expression == null && rule.From == name) is { } rule)
        {
            return $"rule 4 renames it to \"{rule.To}\"; apply the symbol pass to the object";
        }

        if (library == NamespacePolicy.LibcLibrary && _libc == LibcMode.Private)
        {
            return $"rule 5 gives every name of a private libc the prefix {_policy.InternalPrefix}; apply the symbol pass to the object";
        }

        if (_policy.DriverPrefix != "" && IsDriverName(Encoding.UTF8.GetBytes(name), null))
        {
            return $"rule 6 puts driver names under {_policy.DriverPrefix}; apply the symbol pass to the object";
        }

        return isCode
            ? $"rule 8 wants a function static, under {_policy.PublicPrefix} when public headers declare it, or under {_policy.InternalPrefix}; apply the symbol pass, make it static, or list it in the policy"
            : $"rule 7 wants a variable static or under {_policy.InternalPrefix}; apply the symbol pass, make it static, or list it in the policy";
    }

    /// <summary>The same of a function or variable that a public header declares.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isCode">Whether it is a function.</param>
    /// <param name="wanted">The names that objects of the set refer to and none defines.</param>
    public string ExplainDeclared(string name, bool isCode, IReadOnlySet<string> wanted) => wanted.Contains(name)
        ? "the set needs it and leaves it to whoever links the set. Name the program that defines it as a consumer, list it under keep, or give it a weak default and list it under hooks"
        : Explain("", name, isCode) + ". Rewrite the header with the plan's names";

    /// <summary>Whether the name lies in the namespace of a driver: of one library, or of any when null.</summary>
    private bool IsDriverName(ReadOnlySpan<byte> name, string? library)
    {
        foreach ((string driver, byte[] prefix) in _drivers)
        {
            if ((library is null || library == driver) && name.StartsWith(prefix))
            {
                return true;
            }
        }

        return false;
    }

    private void AddPattern(string name, WildcardPatterns patterns, NameTraits traits)
    {
        if (WildcardPatterns.IsPattern(name))
        {
            patterns.Add(Encoding.UTF8.GetBytes(name));
        }
        else
        {
            Add(name, traits);
        }
    }

    private void Add(string name, NameTraits traits)
    {
        int number = _exact.Add(name);
        if (number == _exactTraits.Count)
        {
            _exactTraits.Add(traits);
        }
        else
        {
            _exactTraits[number] |= traits;
        }
    }
}
