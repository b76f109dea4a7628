using System.Xml.Linq;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Imports go one way, and each layer keeps to what it may do.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["ObjectFormats"] = [],
        ["Namespaces"] = ["ObjectFormats"],
        ["Toolchain"] = ["ObjectFormats"],
        ["Tasks"] = ["ObjectFormats", "Namespaces", "Toolchain"],
        ["Tool"] = ["ObjectFormats", "Namespaces", "Toolchain"],
    };

    public static TheoryData<string> Layers => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void ALayerRefersOnlyToLowerOnes(string layer)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "src", $"MiniosBuild.{layer}", $"MiniosBuild.{layer}.csproj"));
        var references = project.Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value)["MiniosBuild.".Length..]);

        Assert.Empty(references.Except(s_allowed[layer]));
    }

    [Fact]
    public void EveryProjectOfTheSourcesHasItsPlace() => Assert.Equal(
        s_allowed.Keys.Order(),
        Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(p => Path.GetFileNameWithoutExtension(p)["MiniosBuild.".Length..]).Order());

    [Theory]
    [InlineData("new Process", "Toolchain")]
    [InlineData("LastWriteTime", "Toolchain")]
    [InlineData("using Microsoft.Build", "Tasks")]
    public void OnlyOneLayerDoesThis(string text, string layer)
    {
        var users = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && File.ReadAllText(f).Contains(text, StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), f).Split('/')[0]["MiniosBuild.".Length..]).Distinct();

        Assert.Equal([layer], users);
    }
}
