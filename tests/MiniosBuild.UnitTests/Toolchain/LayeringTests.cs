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
        ["Toolchain"] = ["ObjectFormats", "CSource"],
        ["Tasks"] = ["ObjectFormats", "CSource", "Policy", "Renaming", "Validation", "Linking", "Toolchain"],
        ["Tool"] = ["ObjectFormats", "CSource", "Policy", "Renaming", "Validation", "Linking", "Toolchain"],
    };

    public static TheoryData<string> Layers => [.. s_allowed.Keys];

    [Theory]
    [MemberData(nameof(Layers))]
    public void ALayerRefersOnlyToLowerOnes(string layer)
    {
        var project = XDocument.Load(ProjectOf(layer));
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
    [InlineData("Microsoft.Build.", "Tasks")]
    [InlineData("Iced", "Linking")]
    [InlineData("System.CommandLine", "Tool")]
    public void OnlyOneLayerUsesThePackage(string package, string layer) => Assert.Equal(
        [layer],
        s_allowed.Keys.Where(other => XDocument.Load(ProjectOf(other)).Descendants("PackageReference").Any(r => r.Attribute("Include")!.Value.StartsWith(package, StringComparison.Ordinal))));

    /// <summary>The analyser is in every layer but the one that it leaves free, and takes the list at its word.</summary>
    [Theory]
    [InlineData("Process")]
    [InlineData("FileSystemInfo.LastWriteTimeUtc")]
    public void WhatOnlyOneLayerDoesIsBannedInTheOthers(string symbol)
    {
        string source = Path.Combine(Repository.Root, "src");
        var props = XDocument.Load(Path.Combine(source, "Directory.Build.props"));
        var group = props.Descendants("AdditionalFiles").Single().Parent!;

        Assert.Equal("'$(MSBuildProjectName)' != 'MiniosBuild.Toolchain'", group.Attribute("Condition")!.Value);
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", group.Elements("PackageReference").Select(r => r.Attribute("Include")!.Value));
        Assert.Contains(File.ReadLines(Path.Combine(source, "BannedSymbols.txt")), line => line.Split(';')[0].EndsWith("." + symbol, StringComparison.Ordinal));
    }

    private static string ProjectOf(string layer) => Path.Combine(Repository.Root, "src", $"MiniosBuild.{layer}", $"MiniosBuild.{layer}.csproj");
}
