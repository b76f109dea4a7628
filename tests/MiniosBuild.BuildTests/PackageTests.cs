using System.IO.Compression;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>What the package holds.</summary>
public sealed class PackageTests
{
    private static readonly string[] s_entries = Entries();

    [Fact]
    public void TheTasksBringNothingButTheirDecoderAndNothingOfMSBuildIsShipped() => Assert.Equal(
        ["Iced.dll", "MiniosBuild.Namespaces.dll", "MiniosBuild.ObjectFormats.dll", "MiniosBuild.Tasks.dll", "MiniosBuild.Toolchain.dll"],
        In("tasks/net10.0/").Where(e => e.EndsWith(".dll", StringComparison.Ordinal)));

    [Fact]
    public void TheCommandBringsNothingButItsParserAndTheDecoder() => Assert.Equal(
        ["Iced.dll", "MiniosBuild.Namespaces.dll", "MiniosBuild.ObjectFormats.dll", "MiniosBuild.Toolchain.dll", "System.CommandLine.dll", "minios.dll"],
        In("tools/net10.0/").Where(e => e.EndsWith(".dll", StringComparison.Ordinal)));

    [Theory]
    [InlineData("src/mini-os", "mini-os/")]
    [InlineData("build/Sdk", "Sdk/")]
    [InlineData("build/policies", "build/policies/")]
    [InlineData("build/libc", "build/libc/")]
    [InlineData("build/compiler", "build/compiler/")]
    [InlineData("docs", "docs/")]
    public void AFolderOfTheRepositoryIsInItWhole(string folder, string target)
    {
        string source = Path.Combine(Repository.Root, folder);
        string[] files = [.. Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(source, f)).Order(StringComparer.Ordinal)];

        Assert.NotEmpty(files);
        Assert.Equal(files, In(target));
    }

    private static IEnumerable<string> In(string folder) =>
        s_entries.Where(e => e.StartsWith(folder, StringComparison.Ordinal)).Select(e => e[folder.Length..]).Order(StringComparer.Ordinal);

    // NuGet writes names as parts of an address.
    private static string[] Entries()
    {
        using var package = ZipFile.OpenRead(Path.Combine(Repository.PackageFolder, $"MiniosBuild.{Repository.PackageVersion}.nupkg"));
        return [.. package.Entries.Select(e => Uri.UnescapeDataString(e.FullName))];
    }
}
