namespace MiniosBuild.Tool.Sets;

/// <summary>The policies that come with MiniosBuild, and those that the user has files of.</summary>
internal static class BuiltInPolicies
{
    private const string Folder = "policies/";

    /// <summary>Their names, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(BuiltInPolicies).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a policy: a built-in one by its name, else the file of that path.</summary>
    /// <exception cref="DiagnosticException">MINIOS1401-1405.</exception>
    public static NamespacePolicy Load(string nameOrPath)
    {
        using Stream? resource = typeof(BuiltInPolicies).Assembly.GetManifestResourceStream($"{Folder}{nameOrPath}.json");
        if (resource is null)
        {
            return NamespacePolicy.Load(nameOrPath);
        }

        byte[] bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return NamespacePolicy.Parse(bytes, nameOrPath + ".json");
    }
}
