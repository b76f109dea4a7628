using System.IO.Compression;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>What the package holds.</summary>
public sealed class PackageTests
{
    private static readonly string[] s_rooms = [.. new[] { "CSource", "Linking", "ObjectFormats", "Policy", "Renaming", "Toolchain", "Validation" }.Select(room => $"MiniosBuild.{room}.dll")];

    private static readonly Dictionary<string, long> s_entries = Entries();

    [Theory]
    [InlineData("tasks/net10.0/")]
    [InlineData("tasks/net10.0/linux-x64/")]
    public void TheTasksBringNothingButTheirDecoderAndNothingOfMSBuildIsShipped(string folder) => Assert.Equal(
        [.. s_rooms.Append("Iced.dll").Append("MiniosBuild.Tasks.dll").Order(StringComparer.Ordinal)], Libraries(folder));

    [Fact]
    public void TheUsualMachineGetsTheTasksAsMachineCode() =>
        Assert.All(Libraries("tasks/net10.0/linux-x64/"), library => Assert.True(Size("tasks/net10.0/linux-x64/" + library) > Size("tasks/net10.0/" + library), library));

    [Fact]
    public void TheCommandBringsNothingButItsParserAndTheDecoder() => Assert.Equal(
        [.. s_rooms.Concat(["Iced.dll", "System.CommandLine.dll", "minios.dll"]).Order(StringComparer.Ordinal)], Libraries("tools/net10.0/"));

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

    private static IEnumerable<string> Libraries(string folder) => In(folder).Where(e => e.EndsWith(".dll", StringComparison.Ordinal) && !e.Contains('/'));

    private static IEnumerable<string> In(string folder) =>
        s_entries.Keys.Where(e => e.StartsWith(folder, StringComparison.Ordinal)).Select(e => e[folder.Length..]).Order(StringComparer.Ordinal);

    private static long Size(string entry) => s_entries[entry];

    // NuGet writes names as parts of an address.
    private static Dictionary<string, long> Entries()
    {
        using var package = ZipFile.OpenRead(Path.Combine(Repository.PackageFolder, $"MiniosBuild.{Repository.PackageVersion}.nupkg"));
        return package.Entries.ToDictionary(e => Uri.UnescapeDataString(e.FullName), e => e.Length);
    }
}
