namespace MiniosBuild.CSource;

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

    /// <summary>A function-like macro's parameters, <c>...</c> for the variable ones; else empty.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    /// <summary>The identifiers that the replacement list or the inline body refers to, parameters, members and locals left out; sorted, each once.</summary>
    public IReadOnlyList<string> Uses { get; init; } = [];

    /// <summary>Whether a macro only keeps its header from being read twice.</summary>
    public bool IsGuard { get; init; }

    /// <summary>Whether a macro is undefined again before its header ends, so that users never have it.</summary>
    public bool IsUndone { get; init; }
}
