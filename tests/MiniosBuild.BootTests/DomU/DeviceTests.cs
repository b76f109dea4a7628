namespace MiniosBuild.BootTests.DomU;

/// <summary>Front ends against the back ends of Linux, and xenstore against its daemon.</summary>
[Collection(Dom0Collection.Name)]
public sealed class DeviceTests(Lab dom0, GuestWorkshop workshop)
{
    [Fact]
    public void AGuestReadsWatchesAndWritesXenstore()
    {
        using LabGuest guest = new(dom0, workshop.Build("store"));
        guest.WaitForConsole("waiting for data/question");

        dom0.Run($"xenstore-write {guest.StorePath}/data/question 'is anybody there?'");
        var end = guest.WaitForEnd();
        string answer = dom0.Run($"xenstore-read {guest.StorePath}/data/answer");

        Assert.Equal("IS ANYBODY THERE?", answer.Trim());
        Assert.Contains($"my name is {guest.Name}", end.Console);
        Assert.Contains("data/nothing: ENOENT", end.Console);
        Assert.Null(end.ExitCode);
    }

    [Fact]
    public void AGuestReadsAndWritesItsDisk()
    {
        string device = dom0.Run("""
            dd if=/dev/zero of=/tmp/disk bs=1M count=2 2>/dev/null
            echo good morning | dd of=/tmp/disk conv=notrunc 2>/dev/null
            losetup -f
            losetup -f /tmp/disk
            """).Trim();
        using LabGuest guest = new(dom0, workshop.Build("disk", $"disk = [ 'phy:{device},hda,w' ]"));

        var end = guest.WaitForEnd();
        string letter = dom0.Run($"sync && dd if=/tmp/disk bs=512 skip=2048 count=1 2>/dev/null | head -n 1");

        Assert.Contains("4096 sectors of 512 bytes", end.Console);
        Assert.Contains("dom0 wrote: good morning", end.Console);
        Assert.Equal(11, Output.Lines(end.Console).Count(l => l.EndsWith("bytes are kept", StringComparison.Ordinal)));
        Assert.Null(end.ExitCode);
        Assert.Equal("a letter from the guest\n", letter);
    }

    [Fact]
    public void AGuestsArpRequestIsAnsweredOverItsNetwork()
    {
        using LabGuest guest = new(dom0, workshop.Build("network", "vif = [ 'mac=00:16:3e:01:02:03' ]"));

        var end = guest.WaitForEnd();

        // The address that Linux gives to its ends of such networks.
        Assert.Contains("192.0.2.1 is at fe:ff:ff:ff:ff:ff", end.Console);
        Assert.Null(end.ExitCode);
    }
}
