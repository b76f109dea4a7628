namespace MiniosBuild.TestUtilities.Builds;

/// <summary>Where the tests find the repository and the package that was packed from it.</summary>
public static class Repository
{
    /// <summary>The folder of MiniosBuild.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder that <c>dotnet pack</c> writes to.</summary>
    public static string PackageFolder => Path.Combine(Root, "artifacts", "package");

    /// <summary>
    /// Where the tests let a newlib be built (MiniosCacheFolder), once for all of them. It is kept from run to run and may be
    /// deleted at any time: the next test that needs it builds it again.
    /// </summary>
    public static string CacheFolder => Path.Combine(Root, "artifacts", "cache");

    /// <summary>The version of the newest package there; packs one if there is none.</summary>
    public static string PackageVersion { get; } = FindVersion();

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MiniosBuild.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("the tests run outside the repository");
    }

    private static string FindVersion()
    {
        if (Newest() is { } version)
        {
            return version;
        }

        var packed = DotnetCommand.Run(Root, "pack", "build/MiniosBuild.csproj", "-c", "Release", "-nr:false");
        return Newest() ?? throw new InvalidOperationException("dotnet pack made no package:\n" + packed.Output);
    }

    private static string? Newest() => new DirectoryInfo(PackageFolder).GetFiles("MiniosBuild.*.nupkg")
        .OrderByDescending(f => f.LastWriteTimeUtc).Select(f => f.Name["MiniosBuild.".Length..^".nupkg".Length])
        .FirstOrDefault(version => char.IsAsciiDigit(version[0])); // MiniosBuild.Tool.VERSION is the command's own package.
}
