using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BuildTests.Headers;

/// <summary>What a Library project of the reference tree with all drivers leaves, built once for each policy.</summary>
public sealed class StagedLibrary : IDisposable
{
    private readonly GuestProject _project = new("archives", """
        <PropertyGroup>
          <OutputType>Library</OutputType>
          <OutputPath>out/$(MiniosPolicy)/</OutputPath>
          <IntermediateOutputPath>obj/$(MiniosPolicy)/</IntermediateOutputPath>
        </PropertyGroup>
        <ItemGroup>
          <MiniosDriver Include="blkfront;netfront;pcifront" />
        </ItemGroup>
        """);

    private readonly HashSet<string> _built = [];

    /// <summary>A folder for what a test writes.</summary>
    public string Scratch(string name) => Directory.CreateDirectory(_project.PathOf(name)).FullName;

    /// <summary>The folder that stands for all of it: lib, include, share.</summary>
    public string Of(string policy)
    {
        if (_built.Add(policy))
        {
            Build(policy).MustSucceed();
        }

        return _project.PathOf("out/" + policy);
    }

    public BuildOutcome Build(string policy, params IEnumerable<string> arguments) => _project.Build(["-p:MiniosPolicy=" + policy, .. arguments]);

    /// <summary>The public headers as programs include them, such as <c>mini-os/mm.h</c>, without the one for old names.</summary>
    public IReadOnlyList<string> Headers(string policy)
    {
        string include = Path.Combine(Of(policy), "include");
        return
        [
            .. Directory.EnumerateFiles(Path.Combine(include, "mini-os"), "*.h", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(include, f)).Where(h => h != "mini-os/compat.h").Order(StringComparer.Ordinal),
        ];
    }

    public void Dispose() => _project.Dispose();
}
