namespace MiniosBuild.Tasks;

/// <summary>What a step depends on that depends on a policy, besides the policy's own file.</summary>
internal static class PublicLists
{
    /// <summary>The list of public names that the policy names, if it does.</summary>
    public static IEnumerable<string> Of(NamespacePolicy policy) => policy.Public.List is { } list ? [list.Path] : [];
}
