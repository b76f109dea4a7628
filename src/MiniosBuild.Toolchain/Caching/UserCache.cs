namespace MiniosBuild.Toolchain.Caching;

/// <summary>The folder in which a user's builds and runs keep what is made once for the machine.</summary>
public static class UserCache
{
    /// <summary>Its absolute path; null for a user without a home. The targets give MiniosCacheFolder the same default.</summary>
    /// <param name="xdgCacheHome">The value of XDG_CACHE_HOME; a relative one is to be ignored (XDG Base Directory Specification).</param>
    public static string? Folder(string? xdgCacheHome)
    {
        string folder = Path.IsPathRooted(xdgCacheHome)
            ? xdgCacheHome
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.IsPathRooted(folder) ? Path.Combine(folder, "minios-build") : null;
    }
}
