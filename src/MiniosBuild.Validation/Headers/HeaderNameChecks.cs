using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>Names outside the namespace, and macros and guards that ought not to be there.</summary>
internal sealed class HeaderNameChecks(NamespacePolicy policy, StagedNames names, PermittedHeaderNames permitted, PermittedNames symbols, IReadOnlySet<string> wanted, HeaderFindings found)
{
    private static readonly string[] Codes =
    [
        FindingCodes.HeaderMacro, FindingCodes.HeaderMacro, FindingCodes.HeaderFunction, FindingCodes.HeaderVariable,
        FindingCodes.HeaderTypedef, FindingCodes.HeaderTag, FindingCodes.HeaderEnumerator,
    ];

    private readonly HeaderStandings _standings = new(names, permitted);

    public void Check()
    {
        foreach ((CensusHeader header, CensusName entry) in names.Census.Headers.SelectMany(header => header.Own, (header, entry) => (header, entry)))
        {
            HeaderName name = entry.Name;
            if (!permitted.IsJudged(name))
            {
                continue;
            }

            if (name.IsGuard)
            {
                CheckGuard(header, name);
            }
            else if (permitted.HasToLeave(name) || (name.Kind.IsMacro() && entry.View == HeaderView.Inside))
            {
                string why = permitted.HasToLeave(name) ? "the policy lists it under headers.internal" : "only the kernel sees it, with __INSIDE_MINIOS__";
                found.Add(
                    FindingCodes.InternalMacro, header.Place, name,
                    $"the macro \"{name.Name}\" is not for users ({why}), but stands in a public header. Stage the headers with the plan's names, or move it to a private header.");
            }
            else if (_standings.Of(name) == NameStanding.Outside)
            {
                found.Add(Codes[(int)name.Kind], header.Place, name, $"the {TextOf(name)} \"{name.Name}\" is outside the policy {policy.Name}: {Explain(name)}.");
            }
        }
    }

    private void CheckGuard(CensusHeader header, HeaderName guard)
    {
        if (_standings.Of(guard) == NameStanding.Outside)
        {
            found.Add(
                FindingCodes.HeaderGuard, header.Place, guard,
                $"the include guard \"{guard.Name}\" is outside the policy {policy.Name}: it has to begin with {policy.Headers.MacroPrefix}. Stage the headers with the plan's names, or rename it.");
        }
        else if (names.Own(NameSpace.Macro, guard.Name).FirstOrDefault(other => other.Header.Path != header.Path) is { Header: { } twin })
        {
            found.Add(
                FindingCodes.HeaderGuard, header.Place, guard,
                $"the include guard \"{guard.Name}\" is also a macro of {twin.Place}: whichever is included first keeps the other out. Give each header a guard of its own.");
        }
    }

    private string Explain(HeaderName name) => name.Symbol is { } symbol
        ? symbols.ExplainDeclared(symbol, name.Kind == HeaderNameKind.Function, wanted)
        : $"it has to begin with {permitted.Wanted(name)}. Rewrite the header with the plan's names, rename it, or list it under headers.keep";

    private static string TextOf(HeaderName name) =>
        name.Kind == HeaderNameKind.Tag ? $"{name.TagWord ?? "struct"} tag"
        : name is { Kind: HeaderNameKind.Function, Symbol: null } ? "inline function"
        : name.Kind.Text();
}
