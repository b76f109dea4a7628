using MiniosBuild.TestUtilities.Builds;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.BootTests;

/// <summary>What comes in on the serial line is the input of a guest that reads its console.</summary>
public sealed class ConsoleInputTests(SharedProject shared) : IClassFixture<SharedProject>
{
    [Fact]
    public void InputThatWaitsForTheGuestIsReadLineByLine()
    {
        // The hypervisor itself would take an R in early input as the command to reboot, and three times Ctrl-A as one to keep the rest.
        var (code, output) = Boot(Guest(), "Red\u0001\u0001\u0001\nblue\n"u8.ToArray());

        Assert.Contains("the first has read [Red\u0001\u0001\u0001]", output);
        Assert.Contains("the second has read [blue]", output);
        Assert.Equal(10, code);
    }

    [Fact]
    public void WithoutInputAReaderWaitsAndOthersRun()
    {
        var project = Guest();
        project.Build().MustSucceed();
        using var stop = new CancellationTokenSource();
        using var output = new WatchingWriter(text =>
        {
            if (text.Contains("a line is waited for", StringComparison.Ordinal))
            {
                stop.CancelAfter(TimeSpan.FromSeconds(3));
            }
        });

        // Long after it has begun to wait, the guest has not ended.
        Assert.Throws<OperationCanceledException>(() => Boot(project, [], output, stop.Token));

        Assert.Contains("a line is waited for", output.ToString());
        Assert.DoesNotContain("has read", output.ToString());
    }

    private GuestProject Guest() => shared.Of(
        """
        <PropertyGroup>
          <OutputType>Exe</OutputType>
          <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
        </PropertyGroup>
        """,
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "MiniosBuild.BootTests", "Guests", "input.c")));

    /// <summary>Builds a guest and boots it with input; its exit code and output.</summary>
    internal static (int Code, string Output) Boot(GuestProject project, byte[] input)
    {
        project.Build().MustSucceed();
        using StringWriter output = new();
        return (Boot(project, input, output, CancellationToken.None).ExitCode, output.ToString());
    }

    private static GuestResult Boot(GuestProject project, byte[] input, TextWriter output, CancellationToken stop)
    {
        ToolLocator locator = new(Environment.GetEnvironmentVariable("PATH")!, null, null, project.Folder);
        var run = new GuestRun(project.Image) { Input = new MemoryStream(input), Timeout = TimeSpan.FromMinutes(10) };
        return new GuestRunner(locator, project.PathOf("cache")).Run(run, output, TextWriter.Null, stop);
    }

    private sealed class WatchingWriter(Action<string> written) : StringWriter
    {
        public override void Write(string? value)
        {
            base.Write(value);
            written(ToString());
        }
    }
}
