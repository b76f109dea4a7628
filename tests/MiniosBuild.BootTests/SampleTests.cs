using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests;

/// <summary>The samples do what the README says of them.</summary>
public sealed class SampleTests
{
    [Fact]
    public void HelloGreets()
    {
        using var project = SampleCopy.Of("hello");

        var run = project.Run();

        Assert.Contains("Hello from Mini-OS", run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("Debug")]
    [InlineData("Release")]
    public void SelftestPassesEveryLine(string configuration)
    {
        using var project = SampleCopy.Of("selftest");

        var run = project.Run("-c", configuration);

        TapOutput.Of(run.Output).MustPass(atLeast: 80);
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public void MakeLinksAGuestFromTheArchivesThatBoots()
    {
        using var project = SampleCopy.Of("archives");
        project.Build().MustSucceed();

        var make = DotnetCommand.RunProgram("make", project.Folder, new Dictionary<string, string>());
        Assert.True(make.ExitCode == 0, make.Output);
        var run = MiniosTool.Run(project.Folder, "run", "--timeout", "600", "make-out/words");

        Assert.Equal(["6 a", "3 is", "2 and", "7 words, schedule(1) is 2"], Output.Lines(run.Output).Select(l => l.Trim()).Where(l => l.Length > 0));
        Assert.Equal(0, run.ExitCode);
    }
}
