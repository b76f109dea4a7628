using System.Diagnostics;
using MiniosBuild.BootTests.Running;
using MiniosBuild.TestUtilities;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests.DomU;

/// <summary><c>minios run --mode domU</c>: each restores a machine of its own from the saved dom0 that the tests share.</summary>
[Collection(Dom0Collection.Name)]
public sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly GuestWorkshop _workshop;

    // The lab is there, and with it the saved dom0: no run of these tests has to prepare one.
    public RunTests(Lab lab, GuestWorkshop workshop) => (_, _workshop) = (lab, workshop);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(2, 126)]
    [InlineData(3, 126)]
    public void AGuestThatKnowsNoExitCodeEndsByItsShutdownReason(int reason, int code)
    {
        string image = TinyPvhGuest.Assemble(_folder.File("guest"), $"shutdown {reason}");

        var end = Run(image, "--", "one", "two=\"2\"", "C:\\new");

        Assert.True(code == end.Code, end.Errors);
        Assert.Equal(TinyPvhGuest.Greeting + "one two=\"2\" C:\\new", end.Output);
        string expected = reason switch { 0 => "", 1 => "the guest asked for a reboot", 2 => "MINIOS1714: the guest ended for reason 2 (Suspend)", _ => "MINIOS1714: the guest crashed" };
        Assert.Contains(expected, end.Errors);
        Assert.Equal(expected.Length == 0, end.Errors.Length == 0);
    }

    [Fact]
    public void ATripleFaultIsACrashThoughXenMakesARebootOfIt()
    {
        var end = Run(TinyPvhGuest.Assemble(_folder.File("guest"), "ud2"));

        Assert.Equal((126, TinyPvhGuest.Greeting), (end.Code, end.Output));
        Assert.Contains("MINIOS1714: the guest crashed", end.Errors);
        Assert.Contains("(XEN) RIP:", end.Errors);
    }

    [Fact]
    public void TheExitCodeThatAGuestLeavesIsTheRuns()
    {
        var end = Run(_workshop.Build("code"));

        Assert.Equal((3, ""), (end.Code, end.Errors));
    }

    [Fact]
    public void ACrashShowsTheRegisters()
    {
        var end = Run(_workshop.Build("crash"));

        Assert.Equal(126, end.Code);
        Assert.Contains("RIP", end.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("MINIOS1714: the guest crashed", end.Errors);
    }

    [Fact]
    public void StandardInputIsTheConsolesInputAndIsNotLost()
    {
        using var run = Start(_workshop.Build("input"));

        // It waits in the pipe until the guest reads: all of it comes before the guest is there.
        run.StandardInput.Write("green\nyellow\n");
        run.StandardInput.Close();
        var end = MiniosProcess.Finish(run);

        Assert.Equal((11, ""), (end.Code, end.Errors));
        Assert.Contains("the first has read [green]", end.Output);
        Assert.Contains("the second has read [yellow]", end.Output);
    }

    [Fact]
    public void MuchOutputComesWhole()
    {
        var end = Run(_workshop.Build("flood"));

        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.Equal(Enumerable.Range(0, 20000).Select(i => $"line {i} of many"), Output.Lines(end.Output).Where(l => l.StartsWith("line ", StringComparison.Ordinal)));
    }

    [Fact]
    public void ADiskOfTheConfigurationIsAFileOfTheFolderThatTheRunWasStartedIn()
    {
        byte[] disk = new byte[2 << 20];
        "good morning\n"u8.CopyTo(disk);
        File.WriteAllBytes(_folder.File("my disk.img"), disk);
        string image = _workshop.Build("disk", "disk = [ 'format=raw,vdev=hda,access=w,script=block,target=my disk.img' ]");

        var end = Run(image);

        Assert.Equal((0, ""), (end.Code, end.Errors));
        Assert.Contains("dom0 wrote: good morning", end.Output);
        Assert.Equal("a letter from the guest\n", System.Text.Encoding.UTF8.GetString(File.ReadAllBytes(_folder.File("my disk.img")).AsSpan(1 << 20, 24)));
    }

    [Fact]
    public void ADiskThatIsNotThereIsNamed()
    {
        string image = TinyPvhGuest.Assemble(_folder.File("guest"), "shutdown 0");
        File.WriteAllText(_folder.File("other.cfg"), "disk = [ 'format=raw,vdev=hda,access=w,script=block,target=/elsewhere/disk' ]\n");

        var end = Run(image, "--config", "other.cfg");

        Assert.Equal((125, ""), (end.Code, end.Output));
        Assert.Contains("MINIOS1724", end.Errors);
        Assert.Contains($"the disk /elsewhere/disk is not below {_folder.Path}", end.Errors);
    }

    [Fact]
    public void WhatXenRefusesIsReportedInItsWords()
    {
        // An ELF file without notes; a PV guest of 32 bits, which hypervisors of today do not start.
        var none = Run("/bin/true");
        string image = TinyPvhGuest.Assemble(_folder.File("guest"), "");
        File.WriteAllText(image + ".cfg", "type = \"pv\"\n");
        var other = Run(image);

        Assert.Equal((125, 125), (none.Code, other.Code));
        Assert.Contains("/bin/true: error MINIOS1724: the guest could not be created: ", none.Errors);
        Assert.Contains("no loader found", none.Errors);
        Assert.Contains("MINIOS1724", other.Errors);
        Assert.Contains("xc", other.Errors);
    }

    [Fact]
    public void AGuestThatDoesNotEndIsStopped()
    {
        string image = TinyPvhGuest.Assemble(_folder.File("guest"), "");

        // It takes two seconds to start; where it takes longer than the time that it is given, it is given more.
        (int Code, string Output, string Errors) end = default;
        for (int seconds = 8; end.Output is null or ""; seconds *= 2)
        {
            Assert.True(seconds < 600, "the guest does not start");
            end = Run(image, "--timeout", $"{seconds}");
            Assert.Equal(124, end.Code);
            Assert.Contains($"MINIOS1713: the guest had not {(end.Output.Length > 0 ? "ended" : "")}", end.Errors);
        }

        Assert.Equal(TinyPvhGuest.Greeting, end.Output);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public void TheMachineEndsWithTheRun(string signal, int code)
    {
        using var run = Start(TinyPvhGuest.Assemble(_folder.File("guest"), ""));
        Assert.Equal(TinyPvhGuest.Greeting.TrimEnd(), run.StandardOutput.ReadLine());
        string machine = Machine(run);

        RealTool.Run("kill", "-" + signal, $"{run.Id}");

        Assert.Equal(code, MiniosProcess.Finish(run).Code);
        for (int i = 0; Directory.Exists($"/proc/{machine}"); i++)
        {
            Assert.True(i < 600, "the machine runs on");
            Thread.Sleep(100);
        }
    }

    [Fact]
    public void AMachineThatEndsIsReported()
    {
        using var run = Start(TinyPvhGuest.Assemble(_folder.File("guest"), ""));
        Assert.Equal(TinyPvhGuest.Greeting.TrimEnd(), run.StandardOutput.ReadLine());

        RealTool.Run("kill", "-KILL", Machine(run));
        var end = MiniosProcess.Finish(run);

        Assert.Equal(125, end.Code);
        Assert.Contains("MINIOS1717: the emulated machine ended with exit code 137", end.Errors);
    }

    [Fact]
    public void RunsAtTheSameTimeDoNotDisturbEachOther()
    {
        string image = TinyPvhGuest.Assemble(_folder.File("guest"), "shutdown 0");
        using var one = Start(image, "--", "one");
        using var two = Start(image, "--", "two");

        Assert.Equal(TinyPvhGuest.Greeting + "one", MiniosProcess.Finish(one).Output);
        Assert.Equal(TinyPvhGuest.Greeting + "two", MiniosProcess.Finish(two).Output);
    }

    [Fact]
    public void AnEmulatorThatFailsLeavesNoHalfOfADom0()
    {
        string image = TinyPvhGuest.Assemble(_folder.File("guest"), "");
        string emulator = _folder.Write("emulator", "#!/bin/sh\necho out of order >&2\nexit 3\n");
        RealTool.Run("chmod", "+x", emulator);

        var end = MiniosProcess.Finish(MiniosProcess.Start(_folder.Path, new Dictionary<string, string>(), ["run", "--mode", "domU", "--cache", "cache", "--qemu", emulator, image]));

        Assert.Equal((125, ""), (end.Code, end.Output));
        Assert.Contains("preparing dom0, once", end.Errors);
        Assert.Contains("MINIOS1723: a dom0 could not be prepared (its monitor never answered): the emulator ended with exit code 3: out of order", end.Errors);
        Assert.Empty(Directory.GetDirectories(_folder.File("cache"), "dom0-512-*"));
    }

    [Fact]
    public void DotnetRunAndTheRunTargetFollowTheProperty()
    {
        using GuestProject project = new(body: "<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>");
        project.Write("main.c", """
            #include <mini-os/kernel.h>
            #include <mini-os/lib.h>

            int app_main(start_info_t *si)
            {
            	minios_printk("initial domain: %d [%s]\n", !!(si->flags & SIF_INITDOMAIN), (const char *)si->cmd_line);
            	return 5;
            }
            """);
        project.Environment["MiniosCacheFolder"] = Repository.CacheFolder;
        project.Environment["MiniosRunMode"] = "domu";

        var run = project.Run("--", "by", "dotnet");
        var build = project.Build("-t:Run", "-p:MiniosGuestCommandLine=in a build").MustFail();

        Assert.Contains("initial domain: 0 [by dotnet]", run.Output);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains(build.Messages, m => m == "initial domain: 0 [in a build]");
        Assert.Contains("exit code 5", build.SingleError("MINIOS1715").Text);
    }

    private (int Code, string Output, string Errors) Run(string image, params string[] more)
    {
        using var run = Start(image, more);
        run.StandardInput.Close();
        return MiniosProcess.Finish(run);
    }

    private Process Start(string image, params string[] more) =>
        MiniosProcess.Start(_folder.Path, new Dictionary<string, string>(), ["run", image, "--mode", "domU", "--cache", Repository.CacheFolder, .. more]);

    private static string Machine(Process run) => RealTool.Run("pgrep", "-P", $"{run.Id}").Trim();
}
