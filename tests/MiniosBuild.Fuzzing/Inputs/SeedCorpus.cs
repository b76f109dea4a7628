namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>All seeds, made when they are first asked for and kept as long as the process lives.</summary>
public static class SeedCorpus
{
    private static readonly Lazy<(IReadOnlyList<Seed> Objects, IReadOnlyList<Seed> Archives)> s_binaries = new(() =>
    {
        using CompiledSeeds compiled = new();
        return ([.. compiled.Objects, .. WrittenSeeds.Objects()], [.. compiled.Archives, .. WrittenSeeds.Archives()]);
    });

    private static readonly Lazy<IReadOnlyList<Seed>> s_policies = new(TextSeeds.Policies);
    private static readonly Lazy<IReadOnlyList<Seed>> s_headers = new(TextSeeds.Headers);
    private static readonly Lazy<IReadOnlyList<Seed>> s_preprocessed = new(TextSeeds.Preprocessed);
    private static readonly Lazy<IReadOnlyList<Seed>> s_declarationLists = new(TextSeeds.DeclarationLists);
    private static readonly Lazy<IReadOnlyList<Seed>> s_plans = new(() => TextSeeds.Plans([(Objects[0], Objects[2]), (Objects[0], Objects[0]), (Objects[1], Objects[2])]));

    /// <summary>
    /// Relocatable objects; the first three are for x86-64: without and with debug information, and one that refers to names of those.
    /// </summary>
    public static IReadOnlyList<Seed> Objects => s_binaries.Value.Objects;

    public static IReadOnlyList<Seed> Archives => s_binaries.Value.Archives;

    public static IReadOnlyList<Seed> Policies => s_policies.Value;

    public static IReadOnlyList<Seed> Headers => s_headers.Value;

    /// <summary>Output of <c>gcc -E</c>.</summary>
    public static IReadOnlyList<Seed> Preprocessed => s_preprocessed.Value;

    /// <summary>Saved public declarations.</summary>
    public static IReadOnlyList<Seed> DeclarationLists => s_declarationLists.Value;

    public static IReadOnlyList<Seed> Plans => s_plans.Value;
}
