using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.UnitTests.Running;

/// <summary>What xl reads for a run, where the last of several settings counts; and the names of modes.</summary>
public sealed class GuestConfigurationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WithoutAConfigurationTheRunSaysAll()
    {
        GuestConfiguration configuration = new(Guest() with { Memory = 20, Arguments = ["a", "\"b\"", "c\\d\ne"] });

        Assert.Equal(20, configuration.Memory);
        Assert.Equal("\ntype = \"pv\"\nmemory = 20\ncmdline = \"a \\\"b\\\" c\\\\d\\ne\"\n", configuration.Text);
        Assert.Equal(GuestRun.DefaultMemory, new GuestConfiguration(Guest()).Memory);
    }

    [Theory]
    [InlineData("guest")]
    [InlineData("guest.gz")]
    public void TheOneBesideTheImageIsTakenAndTheRunCountsMore(string image)
    {
        _folder.Write("guest.cfg", "memory = 40\ntype = \"pvh\"\ncmdline = \"x\"\ndisk = [ 'y' ]\n");
        var run = Guest(image);

        Assert.Equal(40, new GuestConfiguration(run).Memory);
        Assert.Equal("memory = 40\ntype = \"pvh\"\ncmdline = \"x\"\ndisk = [ 'y' ]\n\n", new GuestConfiguration(run).Text);
        Assert.Equal(50, new GuestConfiguration(run with { Memory = 50 }).Memory);
        Assert.EndsWith("\n\nmemory = 50\ncmdline = \"z\"\n", new GuestConfiguration(run with { Memory = 50, Arguments = ["z"] }).Text);
        Assert.Equal(7, new GuestConfiguration(run with { Configuration = _folder.Write("other", "memory=\"7\"") }).Memory);
    }

    [Fact]
    public void OneThatCannotBeReadIsNamed()
    {
        var problem = Assert.Throws<DiagnosticException>(() => new GuestConfiguration(Guest() with { Configuration = _folder.File("none.cfg") })).Diagnostic;

        Assert.Equal((ToolchainCodes.XlConfigurationNotFound, _folder.File("none.cfg")), (problem.Code, problem.File));
    }

    [Fact]
    public void ModesHaveTwoNamesInAnyCase()
    {
        Assert.Equal([RunMode.Dom0, RunMode.Dom0, RunMode.DomU, RunMode.DomU], new[] { "dom0", "DOM0", "domU", "DomU" }.Select(t => RunModes.Parse(t, "it")));
        var problem = Assert.Throws<DiagnosticException>(() => RunModes.Parse("pv", "MiniosRunMode")).Diagnostic;
        Assert.Equal((ToolchainCodes.UnknownRunMode, true), (problem.Code, problem.Message.StartsWith("MiniosRunMode is 'pv'; expected dom0", StringComparison.Ordinal)));
    }

    private GuestRun Guest(string name = "guest") => new(_folder.Write(name, "\u007fELF"));
}
