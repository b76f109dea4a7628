using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class ResponseFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a  b\n\tc", "a|b|c")]
    [InlineData("'a b' \"c d\" e'f'\"g\"", "a b|c d|efg")]
    [InlineData("a\\ b \"c\\\"d\" 'e\\'f'", "a b|c\"d|e'f")]
    [InlineData("'' \"\"", "|")]
    [InlineData("a \\", "a|\\")]
    [InlineData("'a b", "a b")]
    [InlineData("", null)]
    public void Words_part_as_in_the_linker(string text, string? expected)
    {
        _folder.Write("r", text);
        var (options, files) = ResponseFiles.Expand(["@r"], _folder.Path);
        Assert.Equal(expected, options.Count == 0 ? null : string.Join('|', options));
        Assert.Equal([_folder.File("r")], files);
    }

    [Fact]
    public void Files_lead_to_files_and_keep_their_place()
    {
        _folder.Write("r", "b @s d");
        _folder.Write("s", "c");
        var (options, files) = ResponseFiles.Expand(["a", "@r", "@gone", "@", "e"], _folder.Path);
        Assert.Equal(["a", "b", "c", "d", "@gone", "@", "e"], options);
        Assert.Equal([_folder.File("r"), _folder.File("s")], files);
    }

    [Fact]
    public void A_circle_comes_to_an_end()
    {
        _folder.Write("r", "a @r");
        var (options, _) = ResponseFiles.Expand(["@r"], _folder.Path);
        Assert.Equal("@r", options[^1]);
    }
}
