using System.Diagnostics;
using MiniosBuild.TestUtilities;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.UnitTests.Toolchain;

public sealed class ToolRunnerTests
{
    // Ends only what hangs, on a machine that may be slow and busy.
    private static readonly TimeSpan s_longEnough = TimeSpan.FromMinutes(3);

    private static readonly string[] s_hard = ["", "a b", "c\"d", "e'f", "g\\h", "$HOME", "`id`", "*", "été", "x;y", "\ttab", "&&", "#"];

    [Fact]
    public void ArgumentsArriveAsTheyAre()
    {
        var result = new ToolRunner().Run(new("/usr/bin/printf", ["%s\\n", .. s_hard], "/"));

        Assert.Equal(string.Join('\n', s_hard) + "\n", result.Output);
    }

    [Fact]
    public void ALongListGoesThroughAResponseFileThatGccReadsRight()
    {
        using var folder = new TemporaryFolder();
        string source = folder.Write("a b.c", "int x = VALUE;\nconst char *text = TEXT;\n");

        // Longer than what goes on the command line, shorter than the 128 KiB of one environment string, in which gcc keeps all options.
        string[] many = [.. Enumerable.Range(0, 2700).Select(i => $"-DUNUSED_MACRO_NUMBER_{i}=\"a b\\c\"")];

        var result = new ToolRunner().Run(new("/usr/bin/gcc", [.. many, "-DVALUE=42", "-DTEXT=\"q \\\\ r\"", "-E", "-P", source], folder.Path));

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("int x = 42;", result.Output);
        Assert.Contains("text = \"q \\\\ r\";", result.Output);
    }

    [Fact]
    public void AProgramThatCannotStartIsACodedError()
    {
        using var folder = new TemporaryFolder();
        string program = folder.Write("tool", "no program");

        var e = Assert.Throws<DiagnosticException>(() => new ToolRunner().Run(new(program, [], "/")));

        Assert.Equal(ToolchainCodes.CannotStart, e.Diagnostic.Code);
        Assert.Equal(program, e.Diagnostic.File);
    }

    [Fact]
    public async Task CancellingEndsTheProgramAndItsChildren()
    {
        using var cancellation = new CancellationTokenSource();
        string mark = $"900.{Environment.ProcessId}{Random.Shared.Next(1000, 9999)}";
        var run = Task.Factory.StartNew(
            () => Assert.Throws<OperationCanceledException>(
                () => new ToolRunner().Run(new("/bin/sh", ["-c", $"sleep {mark}; true"], "/"), cancellation.Token)),
            TaskCreationOptions.LongRunning);
        Assert.True(Until(() => Processes(mark).Contains($"sleep\0{mark}\0")), "the program was not started");

        await cancellation.CancelAsync();

        await run.WaitAsync(s_longEnough);

        // A killed process may be seen until the system has come round to it.
        Assert.True(Until(() => !Processes(mark).Any()), "a process is left");
    }

    private static bool Until(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_longEnough; Thread.Sleep(20))
        {
            if (condition())
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Processes(string mark) =>
        Process.GetProcesses().Select(CommandLine).Where(c => c.Contains(mark, StringComparison.Ordinal));

    private static string CommandLine(Process process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process.Id}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
