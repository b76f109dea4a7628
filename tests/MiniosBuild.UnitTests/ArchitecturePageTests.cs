using System.Text.RegularExpressions;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests;

/// <summary>What docs/architecture.md names is there.</summary>
public sealed partial class ArchitecturePageTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

    [Fact]
    public void EveryFileThatItNamesIsThere()
    {
        string[] files = [.. Named().Matches(s_page).Select(m => m.Groups[1].Value).Distinct()];

        Assert.True(files.Length >= 25, $"{files.Length} files");
        Assert.All(files, file => Assert.True(Path.Exists(Path.Combine(Repository.Root, file)), file));
    }

    [Fact]
    public void EveryRoomAndRingIsInIt() => Assert.All(
        new[] { "src", "tests" }.SelectMany(folder => Directory.GetDirectories(Path.Combine(Repository.Root, folder), "MiniosBuild.*")).Select(folder => Path.GetFileName(folder)!)
            .Except(["MiniosBuild.TestUtilities", "MiniosBuild.Fuzzing", "MiniosBuild.Benchmarks"]),
        room => Assert.Contains($"`{room}`", s_page));

    [GeneratedRegex("`((?:src|build|docs|tests)/[^`]+)`")]
    private static partial Regex Named();
}
