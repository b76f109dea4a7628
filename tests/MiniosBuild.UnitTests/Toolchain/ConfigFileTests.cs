using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class ConfigFileTests
{
    [Fact]
    public void SwitchesAndVariablesAreApart()
    {
        var file = ConfigFile.Parse("# Everything\nCONFIG_BALLOON = y\nXEN_INTERFACE_VERSION=0x00040a00\nCONFIG_STACK:=4 # pages\n\nCONFIG_LIST = a \\\n  b\nCONFIG_9PFRONT=n\t\nCONFIG_BALLOON = n\nstubdom=y\n", "std");

        Assert.Equal([("STACK", "4", 4), ("LIST", "a b", 6), ("9PFRONT", "n", 8), ("BALLOON", "n", 9)], file.Switches.Select(s => (s.Name, s.Value, s.Line)));
        Assert.Equal([("XEN_INTERFACE_VERSION", "0x00040a00", 3), ("stubdom", "y", 10)], file.Variables.Select(s => (s.Name, s.Value, s.Line)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# CONFIG_X is not set\n\n")]
    public void AFileThatSetsNothingIsOne(string text) => Assert.Empty(ConfigFile.Parse(text, "std").Switches);

    [Theory]
    [InlineData("CONFIG_A = y\nCONFIG_B y\n", 2)]
    [InlineData("\n\n<Project>\n", 3)]
    [InlineData("CONFIG_A = y\nall: b\n", 2)]
    [InlineData("include other\n", 1)]
    [InlineData("ifeq (a,b)\nendif\n", 1)]
    [InlineData("CONFIG_A = $(shell ls)\n", 1)]
    [InlineData("CONFIG_A != ls\n", 1)]
    [InlineData("CONFIG_ = y\n", 1)]
    [InlineData("CONFIG_A B = y\n", 1)]
    [InlineData("define A\nendef\n", 1)]
    [InlineData("export CONFIG_A = y\n", 1)]
    public void AnotherKindOfFileIsRefusedWithItsLine(string text, int line)
    {
        var refused = Assert.Throws<DiagnosticException>(() => ConfigFile.Parse(text, "minios.cfg")).Diagnostic;

        Assert.Equal((ToolchainCodes.NotAConfigFile, "minios.cfg", line), (refused.Code, refused.File, refused.Line));
    }

    [Fact]
    public void AFileThatIsNotThereIsNamed()
    {
        using TemporaryFolder folder = new();

        var refused = Assert.Throws<DiagnosticException>(() => ConfigFile.Read(folder.File("none"))).Diagnostic;

        Assert.Equal((ToolchainCodes.NotAConfigFile, folder.File("none")), (refused.Code, refused.File));
    }
}
