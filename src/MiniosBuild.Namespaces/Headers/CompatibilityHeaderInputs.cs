namespace MiniosBuild.Namespaces;

/// <summary>What the compatibility header is made from.</summary>
/// <param name="Names">Old and new names of what the public headers declare.</param>
/// <param name="OwnGuard">Its include guard.</param>
public sealed record CompatibilityHeaderInputs(NameMap Names, string OwnGuard)
{
    /// <summary>Old names of the functions and variables that have a symbol; the others are inline.</summary>
    public IReadOnlySet<string> Symbols { get; init; } = new HashSet<string>();

    /// <summary>Include guards of the staged headers: one that is defined tells that its header was read too early.</summary>
    public IReadOnlyCollection<string> Guards { get; init; } = [];

    /// <summary>Names of the public headers that stay as they are, of any kind.</summary>
    public IReadOnlySet<string> Taken { get; init; } = new HashSet<string>();
}
