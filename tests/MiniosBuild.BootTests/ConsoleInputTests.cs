using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.BootTests;

/// <summary>What comes in on the serial line is the input of a guest that reads its console.</summary>
public sealed class ConsoleInputTests
{
    [Fact]
    public void InputThatWaitsForTheGuestIsReadLineByLine()
    {
        // The hypervisor itself would take an R in early input as the command to reboot, and three times Ctrl-A as one to keep the rest.
        var (code, output) = Run("Red\u0001\u0001\u0001\nblue\n"u8.ToArray());

        Assert.Contains("the first has read [Red\u0001\u0001\u0001]", output);
        Assert.Contains("the second has read [blue]", output);
        Assert.Equal(10, code);
    }

    [Fact]
    public void WithoutInputAReaderWaitsAndOthersRun()
    {
        var (code, output) = Run([], seconds: 6);

        Assert.Contains("a line is waited for", output);
        Assert.Equal(GuestResult.TimedOut, code);
    }

    private static (int Code, string Output) Run(byte[] input, int seconds = 60)
    {
        using var project = new GuestProject(body: """
            <PropertyGroup>
              <OutputType>Exe</OutputType>
              <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            </PropertyGroup>
            """);
        project.Write("main.c", File.ReadAllText(Path.Combine(Repository.Root, "tests", "MiniosBuild.BootTests", "Guests", "input.c")));
        return Boot(project, input, seconds);
    }

    /// <summary>Builds a guest and boots it with input; its exit code and output.</summary>
    internal static (int Code, string Output) Boot(GuestProject project, byte[] input, int seconds = 60)
    {
        project.Build().MustSucceed();
        using StringWriter output = new(), log = new();
        ToolLocator locator = new(Environment.GetEnvironmentVariable("PATH")!, null, null, project.Folder);
        var run = new GuestRun(project.Image) { Input = new MemoryStream(input), Timeout = TimeSpan.FromSeconds(seconds) };
        var result = new GuestRunner(locator, project.PathOf("cache")).Run(run, output, log);
        return (result.ExitCode, output.ToString());
    }
}
