namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Paths as debug information records them, under folders that a build gave other names.</summary>
public static class RecordedPath
{
    /// <summary>The path with its folder replaced, by the first entry that fits; as it is when none does.</summary>
    public static string Real(string recorded, IReadOnlyList<(string Recorded, string Real)> pathMap)
    {
        // The folder of the compilation, ".", and a name that begins with it too are joined to "././x.c".
        string path = recorded;
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        foreach ((string name, string real) in pathMap)
        {
            string folder = name.TrimEnd('/');
            if (folder == "." && !Path.IsPathRooted(path))
            {
                return Join(real, path);
            }

            if (path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal))
            {
                return Join(real, path[(folder.Length + 1)..]);
            }
        }

        return recorded;
    }

    // No folder at all is the one that the paths are relative to.
    private static string Join(string folder, string path) => folder.Length == 0 ? path : $"{folder.TrimEnd('/')}/{path}";
}
