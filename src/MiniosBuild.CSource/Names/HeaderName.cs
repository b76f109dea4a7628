namespace MiniosBuild.CSource.Names;

/// <summary>One name that a header gives to whoever includes it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The identifier as the source spells it.</param>
/// <param name="Site">Where it is declared or defined.</param>
public sealed record HeaderName(HeaderNameKind Kind, string Name, DeclarationSite Site)
{
    /// <summary>The symbol of a function or variable with external linkage: that of an asm label if there is one, else the identifier.</summary>
    public string? Symbol { get; init; }

    /// <summary>Whether it is defined here: a body, an initializer, members, enumerators; macros and typedefs always are.</summary>
    public bool IsDefinition { get; init; }

    /// <summary>struct, union or enum for a tag; else null.</summary>
    public string? TagWord { get; init; }

    /// <summary>A macro's replacement list with one blank between tokens where the source has white space; else null.</summary>
    public string? Body { get; init; }

    /// <summary>A function-like macro's parameters, <c>...</c> or <c>name...</c> for the variable ones; else empty.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The identifiers that the replacement list or the inline body refers to, parameters, members and locals left out; sorted, each once.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>Whether a macro only keeps its header from being read twice.</summary>
    public bool IsGuard { get; init; }

    /// <summary>Whether a macro is undefined again before its header ends, so that users never have it.</summary>
    public bool IsUndone { get; init; }
}

/// <summary>Where something is declared: the file as line markers name it, and its 1-based line.</summary>
public readonly record struct DeclarationSite(string File, int Line);

/// <summary>Equality of all that is known of a name, lists by their elements. Names that were shared by it are equal only if they are one object.</summary>
public sealed class HeaderNameEquality : IEqualityComparer<HeaderName>
{
    public static HeaderNameEquality Instance { get; } = new();

    public bool Equals(HeaderName? x, HeaderName? y) => ReferenceEquals(x, y)
        || (x is not null && y is not null
            && x.Name == y.Name && x.Kind == y.Kind && x.Site.Line == y.Site.Line && x.Site.File == y.Site.File && x.Symbol == y.Symbol && x.IsDefinition == y.IsDefinition
            && x.TagWord == y.TagWord && x.Body == y.Body && x.IsGuard == y.IsGuard && x.IsUndone == y.IsUndone
            && x.Parameters.SequenceEqual(y.Parameters) && x.Uses.SequenceEqual(y.Uses));

    public int GetHashCode(HeaderName name) => HashCode.Combine(name.Kind, name.Name, name.Site.Line);
}
