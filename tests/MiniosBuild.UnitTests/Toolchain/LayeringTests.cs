using System.Xml.Linq;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Imports go one way: src/Directory.Build.props keeps a layer to what its own project refers to, and src/BannedSymbols.txt to what it may call.</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["ObjectFormats"] = [],
        ["CSource"] = ["ObjectFormats"],
        ["Policy"] = ["ObjectFormats", "CSource"],
        ["Renaming"] = ["ObjectFormats", "CSource", "Policy"],
        ["Validation"] = ["ObjectFormats", "CSource", "Policy"], // A bug of the planner must not hide in the validator.
        ["Linking"] = ["ObjectFormats", "Policy"],
        ["Toolchain"] = ["ObjectFormats"],
        ["Tasks"] = ["ObjectFormats", "CSource", "Policy", "Renaming", "Validation", "Linking", "Toolchain"],
        ["Tool"] = ["ObjectFormats", "CSource", "Policy", "Renaming", "Validation", "Linking", "Toolchain"],
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
}
