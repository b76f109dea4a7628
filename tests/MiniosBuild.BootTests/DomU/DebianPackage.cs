using System.Diagnostics.CodeAnalysis;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.BootTests.DomU;

/// <summary>Debian packages, by name: those that are installed, and those that are only unpacked.</summary>
internal static class DebianPackage
{
    /// <summary>Fails, and says what to do, unless a package's file is there.</summary>
    /// <returns>The file.</returns>
    public static string File(string file, string package) => System.IO.File.Exists(file)
        ? file
        : throw new InvalidOperationException($"The domU tests need {file}; install the package {package}.");

    /// <summary>The package that a metapackage stands for at present.</summary>
    public static string DependencyOf(string metapackage)
    {
        const string Depends = "Depends: ";
        string[] found = [.. RealTool.Run("apt-cache", "depends", "--important", metapackage).Split('\n')
            .Select(l => l.Trim()).Where(l => l.StartsWith(Depends, StringComparison.Ordinal)).Select(l => l[Depends.Length..])];
        return found is [var one] ? one : throw Unknown(metapackage, $"apt-cache names {found.Length} dependencies of it");
    }

    /// <summary>Downloads a package, in the version that apt would install, and unpacks it; nothing is installed.</summary>
    /// <returns>The name of the downloaded file, which has the version.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "any failure of the tool gets the same advice")]
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
        catch (Exception e)
        {
            throw Unknown(package, e.Message);
        }
    }

    private static InvalidOperationException Unknown(string package, string reason) => new(
        $"The domU tests need the Debian package {package}, which cannot be had ({reason}). Run apt-get update, and see that the machine reaches its mirror.");
}
