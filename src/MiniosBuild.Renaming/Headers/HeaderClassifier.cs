using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Headers;

/// <summary>The rules for names that have no symbol, in order; the first that fits decides.</summary>
internal sealed class HeaderClassifier
{
    // Types that only C declares (C++17, 5.11).
    private static readonly string[] s_typesOfCplusplus = ["bool", "wchar_t", "char8_t", "char16_t", "char32_t"];

    private readonly NamespacePolicy _policy;
    private readonly HeaderPolicy _headers;
    private readonly WildcardPatterns _keep = new();
    private readonly WildcardPatterns _internal = new();
    private readonly WildcardPatterns _c = new();
    private readonly HashSet<string> _kept;
    private readonly HashSet<(NameSpace, string)> _foreign = [];
    private readonly HashSet<string> _completed = new(StringComparer.Ordinal); // Tags that headers of others declare where public ones define them.
    private readonly IReadOnlySet<string> _asked;
    private readonly Dictionary<string, RenameRule> _exact;
    private readonly (DriverNamespace Driver, string Upper)[] _drivers;
    private readonly string[] _prefixes;

    public HeaderClassifier(NamespacePolicy policy, HeaderCensus census)
    {
        _policy = policy;
        _headers = policy.Headers;
        _asked = census.Asked;
        Add(_keep, _headers.Keep.Concat(policy.Keep).Select(name => name.Text));
        Add(_internal, _headers.Internal.Select(name => name.Text));
        Add(_c, ReservedNames.CHeaders);
        _kept = policy.Hooks.Select(name => name.Text).ToHashSet(StringComparer.Ordinal);
        _exact = _headers.Renames.Where(rule => rule.Expression is null).ToDictionary(rule => rule.From, StringComparer.Ordinal);
        _drivers = [.. policy.Drivers.Select(driver => (driver, driver.Prefix.ToUpperInvariant()))];
        _prefixes = [policy.PublicPrefix, policy.InternalPrefix, _headers.MacroPrefix, _headers.InternalMacroPrefix];
        foreach (HeaderName name in census.Foreign())
        {
            _foreign.Add((name.Kind.Space(), name.Name));
        }

        foreach (CensusHeader header in census.Headers)
        {
            ILookup<string, HeaderName> others = header.Names.Where(entry => entry.Origin == HeaderOrigin.Foreign && entry.Name.Kind == HeaderNameKind.Tag).ToLookup(entry => entry.Name.Name, entry => entry.Name);
            _completed.UnionWith(header.Names.Where(entry => entry.Origin != HeaderOrigin.Foreign && entry.Name.Kind == HeaderNameKind.Tag).Select(entry => entry.Name.Name)
                .Where(name => others.Contains(name) && others[name].All(other => !other.IsDefinition)));
        }
    }

    /// <summary>What becomes of a name; for an internal macro what becomes of it where public text needs it.</summary>
    public (HeaderAction Action, string NewName, string Reason) Classify(OwnName name)
    {
        string text = name.Text;
        if (!_headers.Kinds.Contains(name.Kind))
        {
            return Keep(text, $"the policy judges no names of kind {name.Kind.Text()}");
        }

        // One name is more than a pattern.
        if (!_exact.ContainsKey(text) && (_kept.Contains(text) || Matches(_keep, text)))
        {
            return Keep(text, "listed under keep");
        }

        if (WhyForeign(name) is { } owner)
        {
            return Keep(text, owner);
        }

        if (WhyInternal(name) is { } reason)
        {
            bool isInside = text.StartsWith(_headers.InternalMacroPrefix, StringComparison.Ordinal) || text.StartsWith(_policy.InternalPrefix, StringComparison.Ordinal);
            return isInside ? Keep(text, reason) : (HeaderAction.Rename, (HasLower(text) ? _policy.InternalPrefix : _headers.InternalMacroPrefix) + text, reason);
        }

        return Inside(text) ?? Explicit(text) ?? OfDriver(name) ?? Outside(name);
    }

    /// <summary>Why a macro is not for users; null when it is.</summary>
    public string? WhyInternal(OwnName name) =>
        name.Space != NameSpace.Macro || !_headers.Kinds.Contains(HeaderNameKind.Macro) ? null
        : Matches(_internal, name.Text) ? "listed under internal"
        : name.IsInsideOnly ? "seen only with __INSIDE_MINIOS__"
        : null;

    private string? WhyForeign(OwnName name)
    {
        if (name.Space == NameSpace.Tag && name.Declarations.All(declaration => !declaration.Entry.Name.IsDefinition) && _foreign.Contains((NameSpace.Tag, name.Text)))
        {
            return "only declared here, the tag of another's header";
        }

        if (name.Space == NameSpace.Tag && !_exact.ContainsKey(name.Text) && _completed.Contains(name.Text))
        {
            return "the tag of another's header, which only declares it";
        }

        // It is there for the text around the other header, or instead of what that has: the two mean one thing.
        if (name.Space == NameSpace.Macro && !_exact.ContainsKey(name.Text) && (_foreign.Contains((NameSpace.Macro, name.Text)) || _foreign.Contains((NameSpace.Ordinary, name.Text))))
        {
            return "another's header has that name too";
        }

        if (!_exact.ContainsKey(name.Text) && (name.Space == NameSpace.Macro ? CWords.IsKeyword(name.Text) : name.Kind == HeaderNameKind.Typedef && s_typesOfCplusplus.Contains(name.Text)))
        {
            return "a keyword where no header has it";
        }

        if (name.Space == NameSpace.Macro && !_exact.ContainsKey(name.Text) && _asked.Contains(name.Text))
        {
            return "another's header asks for it";
        }

        return (name.Space != NameSpace.Tag && _policy.CNames.Contains(name.Text)) || Matches(_c, name.Text) ? "a name of the C library" : null;
    }

    private (HeaderAction, string, string)? Inside(string text)
    {
        foreach (string prefix in _prefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
            {
                return Keep(text, $"already inside {prefix}");
            }
        }

        if (_policy.DriverPrefix.Length > 0)
        {
            foreach ((DriverNamespace driver, string upper) in _drivers)
            {
                if (text.StartsWith(_policy.DriverPrefix + driver.Prefix, StringComparison.Ordinal)
                    || text.StartsWith(_policy.DriverPrefix.ToUpperInvariant() + upper, StringComparison.Ordinal))
                {
                    return Keep(text, $"already in the namespace of driver {driver.Library}");
                }
            }
        }

        return null;
    }

    private (HeaderAction, string, string)? Explicit(string text)
    {
        _exact.TryGetValue(text, out RenameRule? rule);
        foreach (RenameRule candidate in _headers.Renames)
        {
            if (candidate == rule)
            {
                break;
            }

            if (candidate.Expression?.IsMatch(text) == true)
            {
                return Renamed(text, candidate.Expression.Replace(text, candidate.To), $"the policy's rule for \"{candidate.From}\"");
            }
        }

        return rule is null ? null : Renamed(text, rule.To, $"the policy's rule for \"{rule.From}\"");
    }

    private (HeaderAction, string, string)? OfDriver(OwnName name)
    {
        foreach ((DriverNamespace driver, string upper) in _drivers)
        {
            bool isUpper = name.Text.StartsWith(upper, StringComparison.Ordinal);
            if ((isUpper || name.Text.StartsWith(driver.Prefix, StringComparison.Ordinal))
                && name.Declarations.Any(declaration => IsOfDriver(declaration.Place, driver.Library)))
            {
                string prefix = isUpper ? _policy.DriverPrefix.ToUpperInvariant() : _policy.DriverPrefix;
                return Renamed(name.Text, prefix + name.Text, $"in the namespace {(isUpper ? upper : driver.Prefix)} of driver {driver.Library}");
            }
        }

        return null;
    }

    private (HeaderAction, string, string) Outside(OwnName name)
    {
        bool isUpper = name.Kind is HeaderNameKind.Macro or HeaderNameKind.FunctionMacro or HeaderNameKind.Enumerator && !HasLower(name.Text);
        return (HeaderAction.Rename, (isUpper ? _headers.MacroPrefix : _policy.PublicPrefix) + name.Text, $"a {name.Kind.Text()} outside the namespace");
    }

    /// <summary>A driver's header has the driver's name, or lies in a folder of that name.</summary>
    private static bool IsOfDriver(string place, string library) =>
        Path.ChangeExtension(place, null).Split('/').Contains(library, StringComparer.Ordinal);

    private static (HeaderAction, string, string) Renamed(string text, string newName, string reason) =>
        newName == text ? Keep(text, reason) : (HeaderAction.Rename, newName, reason);

    private static (HeaderAction, string, string) Keep(string text, string reason) => (HeaderAction.Keep, text, reason);

    private static bool HasLower(string text) => text.Any(char.IsAsciiLetterLower);

    private static bool Matches(WildcardPatterns patterns, string text) => patterns.Count > 0 && patterns.Matches(Encoding.UTF8.GetBytes(text));

    private static void Add(WildcardPatterns patterns, IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            patterns.Add(Encoding.UTF8.GetBytes(text));
        }
    }
}
