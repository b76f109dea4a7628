using System.Diagnostics;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.BootTests.Running;

/// <summary>The minios command as a process of its own.</summary>
public sealed class ToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheCommandEndsWithTheGuestsExitCode()
    {
        string image = TinyGuest.Assemble(_folder.File("guest"), "exit $3");
        var (code, output, errors) = Finish(Start("run", image, "--timeout", "600", "--", "--memory", "@1"));
        Assert.Equal((3, TinyGuest.Greeting + "--memory @1", ""), (code, output, errors));
    }

    [Fact]
    public void AnInterruptEndsTheMachineToo()
    {
        string image = TinyGuest.Assemble(_folder.File("guest"), "");
        using var process = Start("run", image, "--timeout", "600");
        Assert.Equal(TinyGuest.Greeting.TrimEnd(), process.StandardOutput.ReadLine());
        string machine = RealTool.Run("pgrep", "-P", $"{process.Id}").Trim();
        RealTool.Run("kill", "-INT", $"{process.Id}");
        Assert.Equal(130, Finish(process).Code);
        Assert.False(Directory.Exists($"/proc/{machine}"));
    }

    [Theory]
    [InlineData("'minios run --help' lists", "run")]
    [InlineData("--memory is 7", "run", "guest", "--memory", "7")]
    [InlineData("--timeout is -1", "run", "guest", "--timeout", "-1")]
    [InlineData("MINIOS1712", "run", "guest")]
    [InlineData("MINIOS1712", "run", "guest", "--mode", "DOMU")]
    [InlineData("MINIOS1720", "run", "guest", "--mode", "pv")]
    public void WhatCannotBeRunHasAnExitCodeApartFromTheGuests(string expected, params string[] arguments)
    {
        var (code, output, errors) = Finish(Start(arguments));
        Assert.Equal((125, ""), (code, output));
        Assert.Contains(expected, errors);
    }

    [Fact]
    public void AFolderForTemporaryFilesThatIsNotThereIsReported()
    {
        string image = _folder.Write("guest", "\u007fELF");
        var (code, _, errors) = Finish(StartWith(new() { ["TMPDIR"] = _folder.File("none") }, "run", image));
        Assert.Equal(125, code);
        Assert.StartsWith("error MINIOS9001: ", errors);
    }

    [Fact]
    public void HelpNamesTheExitCodes()
    {
        var (code, output, _) = Finish(Start("run", "--help"));
        Assert.Equal(0, code);
        Assert.Contains("  124    the guest was stopped", output);
    }

    private Process Start(params string[] arguments) => MiniosProcess.Start(_folder.Path, new Dictionary<string, string>(), arguments);

    private Process StartWith(Dictionary<string, string> environment, params string[] arguments) => MiniosProcess.Start(_folder.Path, environment, arguments);

    private static (int Code, string Output, string Errors) Finish(Process process) => MiniosProcess.Finish(process);
}
