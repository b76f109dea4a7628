using MiniosBuild.Toolchain.DomU;

namespace MiniosBuild.BootTests.DomU;

/// <summary>Guests as domUs: how they begin and end, as the toolstack sees it.</summary>
[Collection(Dom0Collection.Name)]
public sealed class DomainTests(Lab dom0, GuestWorkshop workshop)
{
    [Fact]
    public void HelloGreetsOnItsConsole()
    {
        using var project = SampleCopy.Of("hello");
        project.Build().MustSucceed();
        using LabGuest guest = new(dom0, project.Image);

        var end = guest.WaitForEnd();

        Assert.Contains("Hello from Mini-OS", end.Console);
        Assert.Equal(ShutdownReason.PowerOff, end.Reason);
        Assert.Null(end.ExitCode);
    }

    [Fact]
    public void SelftestPassesEveryLine()
    {
        using var project = SampleCopy.Of("selftest");
        project.Build().MustSucceed();
        using LabGuest guest = new(dom0, project.Image);

        var end = guest.WaitForEnd();

        TapOutput.Of(end.Console).MustPass(atLeast: 80);
        Assert.Equal(ShutdownReason.PowerOff, end.Reason);
        Assert.Null(end.ExitCode);
    }

    [Fact]
    public void AGuestsReturnValueIsLeftInXenstore()
    {
        using LabGuest guest = new(dom0, workshop.Build("code"));

        var end = guest.WaitForEnd();

        Assert.Equal(3, end.ExitCode);
        Assert.Equal(ShutdownReason.PowerOff, end.Reason);
    }

    [Fact]
    public void ACrashIsACrashAndShowsTheRegisters()
    {
        using LabGuest guest = new(dom0, workshop.Build("crash"));

        var end = guest.WaitForEnd();

        Assert.Equal(ShutdownReason.Crash, end.Reason);
        Assert.Contains("RIP", end.Console, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void WhatIsTypedOnTheConsoleReachesItsReaders()
    {
        using LabGuest guest = new(dom0, workshop.Build("input"));
        guest.WaitForConsole("a line is waited for");

        guest.Type("gre");
        guest.Type("en\\n");
        guest.WaitForConsole("another line is waited for");
        guest.Type("yellow\\n");
        var end = guest.WaitForEnd();

        Assert.Contains("the first has read [green]", end.Console);
        Assert.Contains("the second has read [yellow]", end.Console);
        Assert.Equal(11, end.ExitCode);
    }

    [Fact]
    public void ThreadsAndHandlersKeepTheirVectorRegisters()
    {
        using LabGuest guest = new(dom0, workshop.Build("vectors", floatingPoint: true));

        var end = guest.WaitForEnd();

        TapOutput.Of(end.Console).MustPass(atLeast: 16);
        Assert.Null(end.ExitCode);
    }

    [Fact]
    public void AGuestThatIsAskedToShutDownEnds()
    {
        using LabGuest guest = new(dom0, workshop.Build("wait"));
        guest.WaitForConsole("waiting");

        guest.RequestShutdown();
        var end = guest.WaitForEnd();

        Assert.Equal(ShutdownReason.PowerOff, end.Reason);
        Assert.Null(end.ExitCode);
    }

    [Fact]
    public void AGuestsOwnHookDecidesHowItShutsDown()
    {
        using LabGuest guest = new(dom0, workshop.Build("shutdown"));
        guest.WaitForConsole("waiting");

        guest.RequestReboot();
        var end = guest.WaitForEnd();

        Assert.Contains("asked to reboot", end.Console);
        Assert.Equal(20 + (int)ShutdownReason.Reboot, end.ExitCode);
    }
}
