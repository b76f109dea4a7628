namespace MiniosBuild.TestUtilities;

/// <summary>Debian packages, by name: those that are installed, and those that are only unpacked.</summary>
public static class DebianPackage
{
    /// <summary>Fails, and says what to do, unless a package's file is there.</summary>
    /// <returns>The file.</returns>
    public static string File(string file, string package) => System.IO.File.Exists(file)
        ? file
        : throw new InvalidOperationException($"The tests need {file}; install the package {package}.");

    /// <summary>Downloads a package, in the version that apt would install, and unpacks it; nothing is installed.</summary>
    /// <param name="metapackage">The package that depends on it alone, and so names it.</param>
    /// <param name="folder">Where to unpack.</param>
    /// <returns>The name of the downloaded file, which has the version, without its suffix.</returns>
    /// <exception cref="InvalidOperationException">It cannot be had; the message says what to do.</exception>
    public static string UnpackNewest(string metapackage, string folder) => Unpack(DependencyOf(metapackage), folder);

    /// <summary>The same for a package by its own name.</summary>
    public static string Unpack(string package, string folder)
    {
        try
        {
            using TemporaryFolder download = new();
            RealTool.Run("env", "--chdir=" + download.Path, "apt-get", "-qq", "download", package);
            string file = Directory.GetFiles(download.Path, "*.deb").Single();
            RealTool.Run("dpkg", "-x", file, folder);
            return Path.GetFileNameWithoutExtension(file);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException(
                $"The tests need the Debian package {package}, and it cannot be had. Run apt-get update, and see that the machine reaches its mirror. {e.Message}", e);
        }
    }

    private static string DependencyOf(string metapackage)
    {
        const string Depends = "Depends: ";
        return RealTool.Run("apt-cache", "depends", "--important", metapackage).Split('\n')
            .Select(l => l.Trim()).Single(l => l.StartsWith(Depends, StringComparison.Ordinal))[Depends.Length..];
    }
}
