using MiniosBuild.Toolchain.Caching;

namespace MiniosBuild.UnitTests.Running;

public sealed class UserCacheTests
{
    [Fact]
    public void ItIsBelowTheFolderThatTheUserChoseUnlessThatIsRelative()
    {
        Assert.Equal("/var/cache/me/minios-build", UserCache.Folder("/var/cache/me"));
        Assert.Equal(UserCache.Folder(null), UserCache.Folder("cache"));
        Assert.EndsWith("/.cache/minios-build", UserCache.Folder(null)!, StringComparison.Ordinal);
    }
}
