using System.Text;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>Which names the policy permits in finished headers; written from the policy alone.</summary>
internal sealed class PermittedHeaderNames
{
    private readonly NamespacePolicy _policy;
    private readonly PermittedNames _symbols;
    private readonly List<string> _beginnings;
    private readonly HashSet<string> _results;
    private readonly NameList _kept;
    private readonly NameList _c;
    private readonly NameList _internal;

    public PermittedHeaderNames(NamespacePolicy policy, PermittedNames symbols)
    {
        _policy = policy;
        _symbols = symbols;
        _beginnings = [policy.PublicPrefix, policy.InternalPrefix, policy.Headers.MacroPrefix, "_" + policy.Headers.MacroPrefix];
        foreach (string driver in policy.Drivers.Select(driver => policy.DriverPrefix + driver.Prefix).Where(_ => policy.DriverPrefix != ""))
        {
            _beginnings.AddRange([driver, driver.ToUpperInvariant()]);
        }

        _results = [.. policy.Headers.Renames.Where(rule => rule.Expression == null).Select(rule => rule.To)];
        _kept = new NameList(policy.Keep.Concat(policy.Hooks).Concat(policy.Headers.Keep).Select(name => name.Text));
        _c = new NameList(ReservedNames.CHeaders);
        _internal = new NameList(policy.Headers.Internal.Select(name => name.Text));
    }

    /// <summary>Whether the policy judges the name at all: those with a symbol as it judges symbols, all others by their kinds.</summary>
    public bool IsJudged(HeaderName name) => name.Symbol is null
        ? _policy.Headers.Kinds.Contains(name.Kind)
        : (name.Kind == HeaderNameKind.Function ? _policy.Functions : _policy.Data) == SymbolTreatment.Rename;

    /// <summary>Whether it begins as names that are not for users do.</summary>
    public bool IsInternal(string name) =>
        name.StartsWith(_policy.InternalPrefix, StringComparison.Ordinal) || name.StartsWith("_" + _policy.Headers.MacroPrefix, StringComparison.Ordinal);

    /// <summary>Whether the policy lists it as a macro that has to leave the headers.</summary>
    public bool HasToLeave(HeaderName name) => name.Kind.IsMacro() && _internal.Has(name.Name);

    /// <summary>Whether the policy lists it as one that stays: what others call so too is then known.</summary>
    public bool IsKept(HeaderName name) => _kept.Has(name.Name);

    /// <summary>How a name of a header stands.</summary>
    /// <param name="name">The name.</param>
    /// <param name="places">Where the headers that have it are staged.</param>
    /// <param name="isDeclaredOnly">Whether it is a tag that none of them defines, and another's header has.</param>
    public NameStanding StandingOf(HeaderName name, IEnumerable<string> places, bool isDeclaredOnly)
    {
        string text = name.Name;
        if (_beginnings.Exists(beginning => text.StartsWith(beginning, StringComparison.Ordinal)) || _results.Contains(text))
        {
            return NameStanding.Inside;
        }

        if (name.Symbol is { } symbol)
        {
            return !_symbols.MayDeclare(symbol) ? NameStanding.Outside
                : (_symbols.TraitsOf(Encoding.UTF8.GetBytes(symbol)) & (NameTraits.Hook | NameTraits.Kept | NameTraits.C | NameTraits.Tools | NameTraits.Spelled | NameTraits.Given)) != 0 ? NameStanding.Kept
                : NameStanding.Inside;
        }

        if (_policy.DriverPrefix == "" && _policy.Drivers.Any(driver => IsDriverName(text, driver.Prefix) && places.Any(place => IsHeaderOf(driver.Library, place))))
        {
            return NameStanding.Inside;
        }

        bool isC = _c.Has(text) || (name.Kind != HeaderNameKind.Tag && _policy.CNames.Contains(text));
        return isDeclaredOnly || isC || _kept.Has(text) ? NameStanding.Kept : NameStanding.Outside;
    }

    /// <summary>What a name of that kind has to begin with.</summary>
    public string Wanted(HeaderName name) =>
        name.Kind is HeaderNameKind.Macro or HeaderNameKind.FunctionMacro or HeaderNameKind.Enumerator && name.Name == name.Name.ToUpperInvariant()
            ? _policy.Headers.MacroPrefix
            : _policy.PublicPrefix;

    private static bool IsDriverName(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.Ordinal) || text.StartsWith(prefix.ToUpperInvariant(), StringComparison.Ordinal);

    private static bool IsHeaderOf(string library, string place) => $"/{place}".Contains($"/{library}/") || place.EndsWith($"/{library}.h", StringComparison.Ordinal);
}
