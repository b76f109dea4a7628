using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests;

/// <summary>The contract of the reference tree in the docs is the one that its archives give.</summary>
public sealed class ContractTests : IDisposable
{
    private readonly GuestProject _project = new("contract", """
        <PropertyGroup><OutputType>Library</OutputType></PropertyGroup>
        <ItemGroup><MiniosDriver Include="blkfront;netfront;pcifront" /></ItemGroup>
        """);

    public void Dispose() => _project.Dispose();

    [Theory]
    [InlineData("none", "minios.contract.json", "reference.contract.json")]
    [InlineData("stub", "minios.contract.md", "reference.md")]
    public void TheOneInTheDocsIsUpToDate(string libc, string made, string kept)
    {
        _project.Build("-c", "Release", "-p:MiniosLibc=" + libc).MustSucceed();

        string found = File.ReadAllText(_project.PathOf("bin/Release/share/minios/" + made));
        Assert.True(
            found == File.ReadAllText(Path.Combine(Repository.Root, "docs", "contract", kept)),
            $"docs/contract/{kept} is not what the archives say (gcc 12 of Debian 12); run eng/update-contract.sh after dotnet pack");
    }
}
