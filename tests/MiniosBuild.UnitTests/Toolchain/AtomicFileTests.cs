using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class AtomicFileTests
{
    [Fact]
    public void A_device_is_not_replaced()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<IOException>(() => AtomicFile.Write("/dev/minios-is-not-here", "text"));
        Assert.Throws<IOException>(() => AtomicFile.Publish(folder.Write("new", "text"), "/dev/minios-is-not-here"));
    }

    [Fact]
    public void EqualContentKeepsTheTimeStamp()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("a", "text");
        var before = new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, before);

        Assert.False(AtomicFile.Write(path, "text"));
        Assert.False(AtomicFile.Copy(folder.Write("b", "text"), path));
        Assert.False(AtomicFile.Publish(folder.Write("c", "text"), path));

        Assert.Equal(before, File.GetLastWriteTimeUtc(path));
        Assert.False(File.Exists(folder.File("c")));
    }

    [Fact]
    public void OtherContentReplacesTheFileAndLeavesNoTemporaryOne()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("new/a");

        Assert.True(AtomicFile.Write(path, "one"));
        Assert.True(AtomicFile.Write(path, "two"));

        Assert.Equal("two", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }
}
