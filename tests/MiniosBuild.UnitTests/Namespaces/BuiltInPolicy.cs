namespace MiniosBuild.UnitTests.Namespaces;

/// <summary>The policies that the repository ships.</summary>
internal static class BuiltInPolicy
{
    public static string Folder { get; } = Path.Combine(RepositoryRoot(), "build", "policies");

    public static NamespacePolicy Minios { get; } = Load("minios");

    public static NamespacePolicy Strict { get; } = Load("minios-strict");

    public static NamespacePolicy HideOnly { get; } = Load("hide-only");

    public static NamespacePolicy Load(string name) => NamespacePolicy.Load(Path.Combine(Folder, name + ".json"));

    public static string RepositoryRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "Directory.Packages.props")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }
}
