using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.UnitTests.Toolchain;

/// <summary>Paths as the machine itself walks them: realpath of coreutils is the oracle.</summary>
public sealed class RealPathTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("tree/include/a.h")]
    [InlineData("tree/./include//a.h")]
    [InlineData("tree/include/../a.h")]
    [InlineData("link/../a.h")]
    [InlineData("link/../../elsewhere/b.h")]
    [InlineData("chain/../a.h")]
    [InlineData("chain/../include/../a.h")]
    [InlineData("tree/include/../../../../../../../../..")]
    public void AFolderAboveALinkIsThatOfItsTarget(string path)
    {
        Directory.CreateDirectory(_folder.File("tree/include"));
        Directory.CreateDirectory(_folder.File("elsewhere"));
        Directory.CreateSymbolicLink(_folder.File("link"), _folder.File("tree/include"));
        Directory.CreateSymbolicLink(_folder.File("chain"), "link");
        foreach (string file in (string[])["tree/include/a.h", "tree/a.h", "elsewhere/b.h"])
        {
            _folder.Write(file, file);
        }

        string found = RealPath.Absolute(path, _folder.Path);

        Assert.Equal(RealTool.Run("realpath", [$"{_folder.Path}/{path}"]).Trim(), new RealPath().Of(found));
        Assert.Equal(found, RealPath.Absolute(Path.Combine(_folder.Path, path), "/"));
    }

    [Fact]
    public void WhatIsNotThereIsNamedAllTheSame()
    {
        Assert.Equal(_folder.File("b/c"), RealPath.Absolute("a/../b/c", _folder.Path));
        Assert.Equal("/b", RealPath.Absolute("/../../b", _folder.Path));
        Assert.Equal("/a/b", RealPath.Absolute("/a/./b/", _folder.Path).TrimEnd('/'));
    }
}
