using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Trees;

namespace MiniosBuild.UnitTests.Trees;

/// <summary>
/// Trees of all shapes, against <c>make</c>, which knows nothing of this project: it builds each into an image that Xen would start, from the
/// sources that the shape's switches leave.
/// </summary>
[Trait("Length", "long")]
public sealed class GeneratedTreeTests
{
    [Theory]
    [InlineData(TreeShape.Fork2014, "xenbus/watch.c pcifront.c", "console/xenbus.c")]
    [InlineData(TreeShape.Subfolder2015, "console/xenbus.c lib/xs.c", "pcifront.c balloon.c arch/x86/balloon.c test.c daytime.c lwip-arch.c")]
    [InlineData(TreeShape.Release2016, "console/xenbus.c lib/xs.c arch/x86/balloon.c", "pcifront.c balloon.c test.c daytime.c lwip-arch.c")]
    [InlineData(TreeShape.Upstream2025, "consfront.c xenbus.c lib/xs.c arch/x86/kexec.c", "pcifront.c balloon.c test.c daytime.c lwip-arch.c kexec.c")]
    public void MakeBuildsAnImageOfTheDefaults(TreeShape shape, string compiled, string leftOut)
    {
        using GeneratedTree tree = new(shape);
        using var made = tree.Make();

        Assert.Contains("xen-3.0", RealTool.Run("readelf", "-p", ".note", made.Image), StringComparison.Ordinal);
        Assert.Superset(new HashSet<string>(compiled.Split(' ')) { "arch/x86/x86_64.S" }, made.Sources.ToHashSet());
        Assert.Empty(leftOut.Split(' ').Intersect(made.Sources));
        Assert.All(leftOut.Split(' '), s => Assert.True(File.Exists(tree.PathOf(s)), s));
    }

    [Fact]
    public void MakeFollowsAFileOfSwitches()
    {
        using GeneratedTree tree = new(TreeShape.Upstream2025);
        using var made = tree.Make("arch/x86/testbuild/all-no");

        Assert.Empty(new[] { "xenbus.c", "consfront.c", "blkfront.c", "netfront.c", "lib/xs.c" }.Intersect(made.Sources));

        // Without paravirtualisation the entry is a 32-bit one, and so is the file.
        Assert.Contains("ELF32", RealTool.Run("readelf", "-h", made.Image), StringComparison.Ordinal);
    }

    [Fact]
    public void MakeLeavesTheMarkedNamesGlobal()
    {
        using GeneratedTree tree = new(TreeShape.Upstream2025);
        using var made = tree.Make();

        var names = made.GlobalNames;

        Assert.Superset(new HashSet<string> { "_start", "app_main", "hypercall_page", "printk", "init_blkfront", "xenos_version" }, names.ToHashSet());
        Assert.Empty(new[] { "init_console", "nr_max_pages", "xs_read" }.Intersect(names));
    }
}
