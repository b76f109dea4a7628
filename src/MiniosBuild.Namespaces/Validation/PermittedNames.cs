using System.Text.RegularExpressions;

namespace MiniosBuild.Namespaces;

/// <summary>Which names the policy permits in finished archives and headers; written from the policy alone.</summary>
internal sealed class PermittedNames
{
    private readonly NamespacePolicy _policy;
    private readonly LibcMode _libc;
    private readonly Regex _tools;
    private readonly HashSet<string> _kept;
    private readonly HashSet<string> _hooks;
    private readonly HashSet<string> _targets = new(StringComparer.Ordinal);

    public PermittedNames(NamespacePolicy policy, LibcMode libc)
    {
        _policy = policy;
        _libc = libc;
        IEnumerable<string> patterns = policy.CompilerNames.Concat(policy.LinkerNames)
            .Select(pattern => Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", "."));
        _tools = new Regex($"^(?:{string.Join('|', patterns)})$", RegexOptions.CultureInvariant);
        _kept = new HashSet<string>(policy.Keep.Select(entry => entry.Text), StringComparer.Ordinal);
        _hooks = new HashSet<string>(policy.Hooks.Select(entry => entry.Text), StringComparer.Ordinal);
        foreach (RenameRule rule in policy.Renames)
        {
            // A rule by expression has no fixed result, so that its results must be permitted by their own spelling. A driver's
            // names count as its namespace, which may be prefixed.
            if (rule.Expression == null && !IsDriverName(rule.To, rule.Library ?? ""))
            {
                _targets.Add(rule.To);
            }
        }
    }

    public bool IsHook(string name) => _hooks.Contains(name);

    public bool IsKept(string name) => _kept.Contains(name);

    public bool IsMadeByTools(string name) => _tools.IsMatch(name);

    public bool IsC(string name) => _policy.CNames.Contains(name);

    public bool IsInNamespace(string name) =>
        name.StartsWith(_policy.PublicPrefix, StringComparison.Ordinal) || name.StartsWith(_policy.InternalPrefix, StringComparison.Ordinal);

    /// <summary>Whether a library may define the name globally; says nothing of hidden names, which depend on the whole set.</summary>
    public bool MayDefine(string library, in FoundSymbol symbol)
    {
        string name = symbol.Name;
        if (IsHook(name) || IsKept(name) || IsInNamespace(name) || _targets.Contains(name))
        {
            return true;
        }

        if (library == NamespacePolicy.LibcLibrary && IsC(name))
        {
            return _libc != LibcMode.Private; // All of a private libc is internal, its memcpy too.
        }

        return IsMadeByTools(name) || (_policy.DriverPrefix == "" && IsDriverName(name, symbol.IsWeak ? null : library));
    }

    /// <summary>Whether a public header may declare the name.</summary>
    public bool MayDeclare(string name) =>
        IsHook(name) || IsKept(name) || IsInNamespace(name) || _targets.Contains(name) || IsC(name) || IsMadeByTools(name)
        || (_policy.DriverPrefix == "" && IsDriverName(name, null));

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

        if (_policy.DriverPrefix != "" && IsDriverName(name, null))
        {
            return $"rule 6 puts driver names under {_policy.DriverPrefix}; apply the symbol pass to the object";
        }

        return isCode
            ? $"rule 8 wants a function static, under {_policy.PublicPrefix} when public headers declare it, or under {_policy.InternalPrefix}; apply the symbol pass, make it static, or list it in the policy"
            : $"rule 7 wants a variable static or under {_policy.InternalPrefix}; apply the symbol pass, make it static, or list it in the policy";
    }

    /// <summary>Whether the name lies in the namespace of a driver: of one library, or of any when null.</summary>
    public bool IsDriverName(string name, string? library)
    {
        foreach (DriverNamespace driver in _policy.Drivers)
        {
            if ((library is null || library == driver.Library) && name.StartsWith(driver.Prefix, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
