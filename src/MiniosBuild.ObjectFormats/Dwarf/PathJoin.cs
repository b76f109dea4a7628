namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>Joins paths as debuggers do: nothing is looked up, and no part of them is simplified but a "./" in front.</summary>
internal static class PathJoin
{
    /// <summary>A path below a folder; the path itself when it starts at the root.</summary>
    public static string Below(string folder, string path)
    {
        if (path.StartsWith('/'))
        {
            return path;
        }

        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..].TrimStart('/');
        }

        if (path is "" or ".")
        {
            return folder;
        }

        return folder.Length == 0 ? path : folder.EndsWith('/') ? folder + path : $"{folder}/{path}";
    }
}
