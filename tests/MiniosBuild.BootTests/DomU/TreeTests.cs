using MiniosBuild.TestUtilities.Trees;
using MiniosBuild.Toolchain.DomU;

namespace MiniosBuild.BootTests.DomU;

/// <summary>Guests of trees of all shapes, which know neither an exit code nor a life as initial domain.</summary>
[Collection(Dom0Collection.Name)]
public sealed class TreeTests(Lab lab)
{
    [Theory]
    [InlineData(TreeShape.Fork2014)]
    [InlineData(TreeShape.Subfolder2015)]
    [InlineData(TreeShape.Release2016)]
    [InlineData(TreeShape.Upstream2025)]
    public void AGuestOfATreeRunsAndPowersOff(TreeShape shape)
    {
        using GeneratedTree tree = new(shape);
        using TreeGuest guest = new(tree);
        guest.Build().MustSucceed();

        using LabGuest domain = new(lab, guest.Image);
        var end = domain.WaitForEnd();

        Assert.Contains("hello from a guest of xen-3.0-x86_64", end.Console);
        Assert.Equal(ShutdownReason.PowerOff, end.Reason);
    }
}
