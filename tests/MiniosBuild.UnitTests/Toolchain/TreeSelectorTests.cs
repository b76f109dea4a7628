using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class TreeSelectorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<TreeSource> _sources;

    public TreeSelectorTests()
    {
        _sources =
        [
            Source("mm.c", "core"), Source("sched.c", "core"), Source("tpm_tis.c", "core"), Source("balloon.c", "core", "BALLOON"),
            Source("lib/string.c", "libc"), Source("blkfront.c", "blkfront"), Source("console/console.c", "console"),
        ];
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OnlyListedDriversAreBuiltAndSwitchedOn()
    {
        var selection = Select(["console"], []);

        Assert.Equal(["core", "libc", "console"], selection.Libraries);
        Assert.Equal(["CONFIG_CONSFRONT", "CONFIG_CONSOLE"], selection.Defines);
        Assert.DoesNotContain(selection.Sources, s => s.Path.EndsWith("balloon.c", StringComparison.Ordinal));
    }

    [Fact]
    public void ARootFileListedAsADriverIsALibraryOfItsOwn()
    {
        var selection = Select(["tpm_tis"], []);

        Assert.Equal("tpm_tis", Assert.Single(selection.Sources, s => s.Path.EndsWith("tpm_tis.c", StringComparison.Ordinal)).Library);
        Assert.Contains("CONFIG_TPM_TIS", selection.Defines);
    }

    [Fact]
    public void AFolderListedAsADriverIsALibraryOfItsOwn()
    {
        Directory.CreateDirectory(_folder.File("vchan"));
        _folder.Write("vchan/io.c", "");

        Assert.Contains(Select(["vchan"], []).Sources, s => s.Path == _folder.File("vchan/io.c") && s.Library == "vchan");
    }

    [Fact]
    public void ASwitchTurnsItsSourcesOn()
    {
        var selection = Select([], [("BALLOON", "y"), ("STACK_ORDER", "4"), ("TEST", "n")]);

        Assert.Contains(selection.Sources, s => s.Path.EndsWith("balloon.c", StringComparison.Ordinal));
        Assert.Equal(["CONFIG_BALLOON", "CONFIG_STACK_ORDER=4"], selection.Defines);
    }

    [Fact]
    public void ADriversOwnSwitchHasTheLastWord()
    {
        var selection = Select(["console"], [("BLKFRONT", "y"), ("CONSOLE", "n")]);

        Assert.Equal(["core", "libc", "blkfront"], selection.Libraries);
        Assert.Equal(["CONFIG_BLKFRONT"], selection.Defines);
    }

    [Theory]
    [InlineData("CONFIG_BALLOON", "y", "without CONFIG_")]
    [InlineData("BAL LOON", "y", "letters")]
    [InlineData("BALLOON", "", "no Value")]
    public void ABadSwitchIsACodedError(string name, string value, string said)
    {
        var e = Assert.Throws<DiagnosticException>(() => Select([], [(name, value)]));

        Assert.Equal(ToolchainCodes.BadConfiguration, e.Diagnostic.Code);
        Assert.Contains(said, e.Diagnostic.Message);
    }

    [Fact]
    public void AnUnknownDriverNamesTheKnownOnes()
    {
        var e = Assert.Throws<DiagnosticException>(() => Select(["blkfornt"], []));

        Assert.Equal(ToolchainCodes.UnknownDriver, e.Diagnostic.Code);
        Assert.Contains("blkfront", e.Diagnostic.Message);
    }

    [Fact]
    public void AFolderWithoutACoreIsNotATree()
    {
        _sources.RemoveAll(s => s.Library == "core");

        Assert.Equal(ToolchainCodes.NotATree, Assert.Throws<DiagnosticException>(() => Select([], [])).Diagnostic.Code);
    }

    private TreeSource Source(string path, string library, params string[] config) => new(_folder.File(path), library, config);

    private TreeSelection Select(string[] drivers, (string, string)[] config) =>
        TreeSelector.Select(new TreeRequest(_folder.Path, _sources, drivers, config, WithLibc: true));
}
