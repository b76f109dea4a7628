namespace MiniosBuild.Tasks;

/// <summary>Reads the <c>FOLDER=NAME</c> entries that targets pass for a <see cref="MiniosBuild.Toolchain.Files.PathMap"/>.</summary>
internal static class PathMapEntries
{
    // The names have no '='.
    public static IReadOnlyList<(string Folder, string Name)> Parse(IEnumerable<string> entries, Func<string, string> pathOf) =>
        [.. entries.Where(e => e.Contains('=')).Select(e => (pathOf(e[..e.LastIndexOf('=')]).TrimEnd('/'), e[(e.LastIndexOf('=') + 1)..]))];
}
