using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Trees;

namespace MiniosBuild.BuildTests.Trees;

/// <summary>
/// Trees of all shapes, named by their folder and by nothing else, against what their own makefiles do. The folder's path has blanks, which
/// no <c>make</c> takes, and nothing in it may be written to.
/// </summary>
public sealed class GeneratedTreeTests
{
    private const string Name = "a check out";

    [Theory]
    [InlineData(TreeShape.Fork2014)]
    [InlineData(TreeShape.Subfolder2015)]
    [InlineData(TreeShape.Release2016)]
    [InlineData(TreeShape.Upstream2025)]
    public void ATreeIsCompiledAsItsMakefileCompilesItAndLinks(TreeShape shape)
    {
        using GeneratedTree tree = new(shape, Name);
        using var made = tree.Make();
        using OtherTree checkout = new(tree.Checkout, new Dictionary<string, string>());
        using TreeGuest guest = new(tree);
        checkout.MakeReadOnly();
        var before = checkout.Listing();

        var build = guest.Build().MustSucceed();

        Assert.Equal(Names(made), guest.CompiledSources);
        Assert.Equal(before, checkout.Listing());
        Assert.Superset(new HashSet<string> { "_start", "app_main", "minios_printk" }, Symbols.Of(guest.Image).ToHashSet());
        Assert.Contains("xen-3.0", RealTool.Run("readelf", "-p", ".note", guest.Image), StringComparison.Ordinal);

        // What the host lends is told in one message; the fork wants nothing of it.
        Assert.Equal(shape == TreeShape.Fork2014 ? 0 : 1, build.Messages.Count(m => m.Contains("headers of this machine", StringComparison.Ordinal)));
    }

    [Fact]
    public void SwitchesComeFromAFileOfTheTreeAndUnknownOnesAreNamed()
    {
        using GeneratedTree tree = new(TreeShape.Upstream2025, Name);
        using var made = tree.Make("arch/x86/testbuild/all-yes");
        using TreeGuest set = new(tree, """
            <PropertyGroup>
              <OutputType>Library</OutputType>
              <MiniosConfigFile>$(MiniosSourceRoot)/arch/x86/testbuild/all-yes</MiniosConfigFile>
            </PropertyGroup>
            <ItemGroup><MiniosConfig Include="BALOON" Value="n" /></ItemGroup>
            """);

        var build = set.Build().MustSucceed();

        Assert.Equal(Names(made), set.CompiledSources);
        Assert.Contains("did you mean BALLOON", Assert.Single(build.Warnings, w => w.Code == "MINIOS1021").Text, StringComparison.Ordinal);
    }

    [Fact]
    public void HidingLeavesTheGlobalNamesThatTheTreesOwnLinkLeaves()
    {
        using GeneratedTree tree = new(TreeShape.Upstream2025, Name);
        using var made = tree.Make();
        using TreeGuest set = new(tree, """
            <PropertyGroup>
              <OutputType>Library</OutputType>
              <MiniosPolicy>hide-only</MiniosPolicy>
              <MiniosOneObject>true</MiniosOneObject>
            </PropertyGroup>
            """);

        set.Build().MustSucceed();

        // The policy's hooks stay for the guest to define; of them the tree's link leaves two.
        string[] hooks = ["app_main", "app_shutdown", "console_input", "libc_exit", "libc_thread_end", "net_app_main", "netif_rx"];
        Assert.Equal(made.GlobalNames.Union(hooks).Order(StringComparer.Ordinal), set.ObjectNames);
    }

    [Theory]
    [InlineData("arch/x86/minios-x86.lds.S", "MINIOS1705", "linker script")]
    [InlineData("arch/x86/x86_64.S", "MINIOS1706", "x86_64.S")]
    [InlineData("kernel.c", "MINIOS1105", "kernel.c")]
    public void AMissingPieceIsACodedError(string piece, string code, string said)
    {
        using GeneratedTree tree = new(TreeShape.Release2016, Name);
        using TreeGuest guest = new(tree);
        tree.Remove(piece);

        var error = guest.Build().MustFail().SingleError(code);

        Assert.Contains(said, $"{error.File}: {error.Text}", StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingMakefileIsNamed()
    {
        using GeneratedTree tree = new(TreeShape.Release2016, Name);
        using TreeGuest guest = new(tree);
        tree.Remove("Config.mk");

        var build = guest.Build().MustFail();

        Assert.Contains(build.Warnings, w => w.Code == "MINIOS1030" && w.File == tree.PathOf("Makefile") && w.Text.Contains("Config.mk", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Names(MadeTree made) =>
        made.Sources.Select(s => Path.ChangeExtension(s, null).Replace('/', '_')).Order(StringComparer.Ordinal);
}
