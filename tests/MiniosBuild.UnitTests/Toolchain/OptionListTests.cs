using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class OptionListTests
{
    [Theory]
    [InlineData(null, new string[0])]
    [InlineData("  ", new string[0])]
    [InlineData("-O2 -g", new[] { "-O2", "-g" })]
    [InlineData("-O2;-g ;", new[] { "-O2", "-g" })]
    [InlineData("\"-DX=a b\" -I\"my folder\"", new[] { "-DX=a b", "-Imy folder" })]
    [InlineData("\"\"", new[] { "" })]
    public void Splits(string? text, string[] expected) => Assert.Equal(expected, OptionList.Split(text));
}
