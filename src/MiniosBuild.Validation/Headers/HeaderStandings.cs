using MiniosBuild.CSource.Names;

namespace MiniosBuild.Validation.Headers;

/// <summary>How each own name of the public headers stands to the policy.</summary>
internal sealed class HeaderStandings(StagedNames names, PermittedHeaderNames permitted)
{
    /// <summary>Of a name as one header has it; where others declare it counts too.</summary>
    public NameStanding Of(HeaderName name)
    {
        var declarations = names.Own(name.Kind.Space(), name.Name);
        bool isDeclaredOnly = name.Kind == HeaderNameKind.Tag
            && !declarations.Any(declaration => declaration.Name.IsDefinition)
            && names.Foreign(NameSpace.Tag, name.Name).Count > 0;
        NameStanding standing = permitted.StandingOf(name, declarations.Select(declaration => declaration.Header.Place), isDeclaredOnly);

        // A macro that hides a function or variable may have its name (trap 24), which the archives decide.
        return standing == NameStanding.Outside && name.Kind.IsMacro()
            && names.Own(NameSpace.Ordinary, name.Name).Select(declaration => declaration.Name).FirstOrDefault(other => other.Symbol is not null) is { } hidden
            ? Of(hidden)
            : standing;
    }
}

/// <summary>How a name of a public header stands to the policy.</summary>
internal enum NameStanding
{
    /// <summary>In the namespace.</summary>
    Inside,

    /// <summary>Outside, and permitted.</summary>
    Kept,

    /// <summary>Outside, and not permitted.</summary>
    Outside,
}
