using System.Globalization;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.DomU;

namespace MiniosBuild.Toolchain.Running;

/// <summary>One run of a guest as a domU, in a machine that is restored for it.</summary>
/// <param name="run">What to boot.</param>
/// <param name="setup">What dom0 is made with.</param>
/// <param name="output">Gets what the guest prints, as it prints it.</param>
/// <param name="log">Gets the hypervisor's lines; all lines of the machine if the run is to be verbose.</param>
internal sealed partial class DomainRun(GuestRun run, Dom0Setup setup, TextWriter output, TextWriter log)
{
    private const string Name = "guest";

    private bool _tripleFault;

    /// <summary>Runs the guest to its end, see <see cref="GuestRunner"/>.</summary>
    public GuestResult Run(Action<string> tell, CancellationToken cancellation)
    {
        var configuration = new GuestConfiguration(run);
        var saved = SavedDom0.Get(setup, configuration.Memory, tell, cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (run.Timeout is { } limit)
        {
            stop.CancelAfter(limit);
        }

        bool created = false;
        try
        {
            using var dom0 = saved.Restore(run.HostFolder ?? Path.GetDirectoryName(run.Image)!, stop.Token);
            SerialLine serial = new(text => log.Write(run.Verbose ? text : ""), TakeHypervisorLine);
            using LogTail serialTail = new(dom0.SerialLog, serial.Push);
            var domain = Domain.Create(dom0, Name, run.Image, configuration.Text, run.Input is not null, serialTail.Take, stop.Token);
            created = true;

            // Not closed before the guest has ended: the emulator loses what it has not read when the other end is closed.
            using var target = run.Input is null ? null : dom0.OpenInput();
            if (run.Input is { } input && target is not null)
            {
                // A read of standard input cannot be cancelled: the thread must not keep a process that has its result.
                new Thread(() => EmulatorProcess.PassOn(input, target)) { IsBackground = true }.Start();
            }

            ConsoleText text = new(t =>
            {
                output.Write(t);
                output.Flush();
            });
            using LogTail console = new(domain.ConsoleLog, bytes => Print(text, bytes));
            var end = domain.WaitForEnd(Follow, stop.Token);
            Follow();
            text.Flush(final: true);
            serial.End();
            return ResultOf(end);

            void Follow()
            {
                console.Take();
                serialTail.Take();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return GuestResult.StoppedAfter(run, created ? "the guest had not ended" : "the guest had not been started");
        }
        catch (SocketException e)
        {
            throw new IOException($"the emulated machine is gone: {e.Message}", e);
        }
    }

    private static void Print(ConsoleText text, ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            text.Add(b);
        }

        text.Flush(final: false);
    }

    private void TakeHypervisorLine(string line)
    {
        log.WriteLine("(XEN) " + line);
        _tripleFault |= TripleFault().IsMatch(line);
    }

    private GuestResult ResultOf(DomainEnd end)
    {
        // To the hypervisor a PVH guest's triple fault is a request for a reboot, as it is on a real machine.
        bool crashed = end.Reason == ShutdownReason.Crash || _tripleFault;
        if (!crashed && end.ExitCode is { } code)
        {
            return new(code is >= 0 and <= 127 ? code : 127, null);
        }

        if (!crashed && end.Reason is ShutdownReason.PowerOff or ShutdownReason.Reboot)
        {
            if (end.Reason == ShutdownReason.Reboot)
            {
                log.WriteLine("the guest asked for a reboot; a run does not start it again");
            }

            return new(0, null);
        }

        string how = crashed ? "the guest crashed" : string.Create(CultureInfo.InvariantCulture, $"the guest ended for reason {(int)end.Reason} ({end.Reason})");
        return new(GuestResult.EndedWithoutCode, Diagnostic.Error(
            ToolchainCodes.GuestCrashed, $"{how}: no exit code came from it. What it and the hypervisor printed last tells more", run.Image));
    }

    [GeneratedRegex(@"\bd[0-9]+v[0-9]+ Triple fault\b")]
    private static partial Regex TripleFault();
}
