using System.Text;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.BootTests.Running;

/// <summary>Boots tiny guests on the real hypervisor: about a second each.</summary>
public sealed class GuestBootTests : IDisposable
{
    // The machine of the tests may be slow and busy: this only ends what hangs.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _log = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(127)]
    public void TheGuestsExitCodeComesOut(int code)
    {
        Assert.Equal(new GuestResult(code, null), Run(Guest($"exit ${code}")));
        Assert.Equal(TinyGuest.Greeting, _output.ToString());
    }

    [Fact]
    public void ArgumentsReachTheGuestAsTheyAre()
    {
        var run = Guest("exit $0") with { Arguments = ["a,b,,c", "two words", "--flag", "@x", "Grüße", "\"q'"] };
        Assert.Equal(0, Run(run).ExitCode);
        Assert.Equal(TinyGuest.Greeting + "a,b,,c two words --flag @x Grüße \"q'", _output.ToString());
    }

    [Fact]
    public void AnImageMayLieAtAPathWithBlanksCommasAndLettersBeyondAscii()
    {
        string image = _folder.File("a folder, für Gäste/my guest,1 日本.elf");
        Directory.CreateDirectory(Path.GetDirectoryName(image)!);
        Assert.Equal(5, Run(new GuestRun(TinyGuest.Assemble(image, "exit $5"))).ExitCode);
    }

    [Fact]
    public void StartUpIsShownOnlyOnRequest()
    {
        var guest = Guest("exit $0");
        Run(guest);
        Assert.Equal("", _log.ToString());
        Run(guest with { Verbose = true });
        Assert.Contains("(XEN) Xen version ", _log.ToString());
        Assert.DoesNotContain("(XEN)", _output.ToString());
    }

    [Fact]
    public void MemoryIsTheGuestsOwn()
    {
        // The exit code is start_info.nr_pages, at offset 32, in units of 2 MiB.
        var guest = Guest("mov 32 - 128(%rbx), %r12; shr $9, %r12; exit %r12d") with { Memory = 16 };
        Assert.Equal(8, Run(guest).ExitCode);
        Assert.Equal(100, Run(guest with { Memory = 200 }).ExitCode);
    }

    [Theory]
    [InlineData(0, "powered off")]
    [InlineData(1, "reboot")]
    [InlineData(3, "crashed")]
    public void AShutdownGivesNoCodeAndIsNoticed(int reason, string expected)
    {
        var result = Run(Guest($"shutdown {reason}"));
        Assert.Equal(GuestResult.EndedWithoutCode, result.ExitCode);
        Assert.Equal(ToolchainCodes.GuestCrashed, result.Problem!.Code);
        Assert.Contains(expected, result.Problem.Message);
    }

    [Fact]
    public void ACrashShowsTheHypervisorsDump()
    {
        var result = Run(Guest("ud2"));
        Assert.Equal(GuestResult.EndedWithoutCode, result.ExitCode);
        Assert.Contains("crashed", result.Problem!.Message);
        Assert.Equal(TinyGuest.Greeting, _output.ToString());
        Assert.Contains("(XEN) RIP:", _log.ToString());
        Assert.DoesNotContain('\r', _log.ToString());
    }

    [Fact]
    public void AGuestThatDoesNotEndIsStopped()
    {
        // It takes a second to start; where it takes longer than the time that it is given, it is given more.
        for (int seconds = 4; _output.ToString().Length == 0; seconds *= 2)
        {
            Assert.True(seconds <= s_longEnough.TotalSeconds, "the guest does not start");
            var result = Run(Guest("") with { Timeout = TimeSpan.FromSeconds(seconds) });
            Assert.Equal(GuestResult.TimedOut, result.ExitCode);
            Assert.Equal(ToolchainCodes.GuestTimeout, result.Problem!.Code);
            Assert.Contains($"after {seconds} s", result.Problem.Message);
        }

        Assert.Equal(TinyGuest.Greeting, _output.ToString());
    }

    [Fact]
    public void OutputComesWhileTheGuestRunsAndCancellingEndsTheMachine()
    {
        using var source = new CancellationTokenSource();
        string mark = Guid.NewGuid().ToString();
        var output = new CallbackWriter(text => source.Cancel());
        Assert.Throws<OperationCanceledException>(
            () => Runner().Run(Guest("") with { Arguments = [mark], Timeout = s_longEnough }, output, _log, source.Token));
        Assert.DoesNotContain(CommandLines(), line => line.Contains(mark, StringComparison.Ordinal));
    }

    [Fact]
    public void AnElfFileThatIsNoGuestIsRefusedWithTheHypervisorsReason()
    {
        var run = new GuestRun("/bin/true") { Timeout = s_longEnough };
        var problem = Assert.Throws<DiagnosticException>(() => Run(run)).Diagnostic;
        Assert.Equal(ToolchainCodes.HypervisorFailed, problem.Code);
        Assert.Contains("generic loader", problem.Message);
        Assert.Contains("(XEN) Could not construct domain 0", _log.ToString());
    }

    [Fact]
    public void AnEmulatorThatFailsIsNotTakenForAGuestThatEndedWell()
    {
        // QEMU's own failures are exit code 1, which is also what a guest's 0 makes of it.
        var problem = Assert.Throws<DiagnosticException>(() => Run(Guest("exit $0") with { Accelerator = "none-such" })).Diagnostic;
        Assert.Equal(ToolchainCodes.EmulatorFailed, problem.Code);
        Assert.Contains("none-such", problem.Message);
    }

    private static IEnumerable<string> CommandLines()
    {
        foreach (string process in Directory.GetDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                continue;
            }

            yield return line;
        }
    }

    private GuestRun Guest(string action) =>
        new(TinyGuest.Assemble(_folder.File("guest"), action)) { Timeout = s_longEnough };

    private GuestRunner Runner() => new(
        new ToolLocator(Environment.GetEnvironmentVariable("PATH")!, null, null, _folder.Path), _folder.File("a cache, of its own"));

    private GuestResult Run(GuestRun run) => Runner().Run(run, _output, _log);

    private sealed class CallbackWriter(Action<string> written) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(string? value) => written(value!);
    }
}
