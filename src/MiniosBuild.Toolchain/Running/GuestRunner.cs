using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.DomU;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Running;

/// <summary>Boots a guest under a real hypervisor in QEMU, as the run's mode says; needs no hardware and no privileges.</summary>
/// <param name="locator">Finds programs.</param>
/// <param name="cacheFolder">Absolute path of the folder that keeps the unpacked hypervisor and dom0; null to keep no hypervisor.</param>
/// <param name="tell">Takes lines about what takes long; null for none.</param>
/// <param name="root">The folder that packages are installed into.</param>
public sealed class GuestRunner(ToolLocator locator, string? cacheFolder, Action<string>? tell = null, string root = "/")
{
    // 128 + SIGKILL. A guest's 68 gives the same, so it counts only after this process sent the signal.
    private const int KilledExitCode = 137;

    /// <summary>Runs a guest to its end.</summary>
    /// <param name="run">What to boot.</param>
    /// <param name="output">Gets what the guest prints, as it prints it.</param>
    /// <param name="log">Gets the hypervisor's lines: from the guest's start on, or all of them when it did not come to that.</param>
    /// <param name="cancellation">Ends the machine.</param>
    /// <exception cref="DiagnosticException">The guest was not started: MINIOS1019, 1710-1712, 1716-1719, 1721-1726.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; QEMU is gone.</exception>
    public GuestResult Run(GuestRun run, TextWriter output, TextWriter log, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var architecture = GuestImage.Check(run.Image);
        if (run.Mode == RunMode.DomU)
        {
            return RunDomU(run, architecture, output, log, cancellation);
        }

        string emulator = EmulatorProcess.Find(locator, run.Emulator, architecture);
        var hypervisors = new HypervisorImage(Path.Combine(root, "boot"), cacheFolder, architecture);
        string packed = hypervisors.Find(run.Hypervisor);

        // QEMU's -initrd takes the name up to a blank, and a list at commas: give it a name with neither, relative to
        // its working folder.
        string folder = Directory.CreateTempSubdirectory("minios-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "guest"), run.Image);
            var arguments = EmulatorArguments.For(run, hypervisors.Unpacked(packed, folder), "guest", architecture);
            return Run(run, EmulatorProcess.Tied(new ToolCommand(emulator, arguments, folder), locator), output, log, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private GuestResult RunDomU(GuestRun run, Architecture architecture, TextWriter output, TextWriter log, CancellationToken cancellation)
    {
        var setup = new Dom0Setup(locator, cacheFolder ?? throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.CacheNotWritable, "there is no folder to keep dom0 in, since this user has no home. Set XDG_CACHE_HOME, or name a folder with --cache")), architecture)
        {
            Emulator = run.Emulator,
            Accelerator = run.Accelerator,
            Hypervisor = run.Hypervisor,
            Root = root,
        };
        return new DomainRun(run, setup, output, log).Run(tell ?? (_ => { }), cancellation);
    }

    private static GuestResult Run(GuestRun run, ToolCommand command, TextWriter output, TextWriter log, CancellationToken cancellation)
    {
        var hypervisor = new HypervisorLog(log, run.Verbose);
        var serial = new SerialLine(
            text =>
            {
                hypervisor.GuestStarted = true;
                output.Write(text);
                output.Flush();
            },
            hypervisor.Take);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (run.Timeout is { } limit)
        {
            stop.CancelAfter(limit);
        }

        var exit = EmulatorProcess.Run(
            command,
            run.Input,
            () => hypervisor.GuestStarted,
            bytes =>
            {
                serial.Push(bytes);
                if (hypervisor.End is not null)
                {
                    stop.Cancel();
                }
            },
            stop.Token);
        serial.End();

        // Ctrl-C reaches QEMU too, which may end before this process hears of it.
        bool interrupted = exit.Code == 0 && exit.Errors.Contains(EmulatorProcess.SignalMessage, StringComparison.Ordinal);
        if (interrupted || cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }

        bool killed = exit.Code == KilledExitCode && stop.IsCancellationRequested;
        if (hypervisor.GuestStarted && (exit.Code & 1) == 1 && !killed)
        {
            return new(exit.Code >> 1, null);
        }

        // What it said at start-up explains why no guest came; below a guest's crash it would only bury the dump.
        if (!hypervisor.GuestStarted)
        {
            hypervisor.ShowHeld();
        }

        if (hypervisor.End is null && killed)
        {
            return GuestResult.StoppedAfter(run, hypervisor.GuestStarted ? "the guest had not ended" : "the hypervisor had not started the guest");
        }

        if (hypervisor.GuestStarted && (exit.Code == 0 || killed))
        {
            string how = hypervisor.End ?? "the machine was reset";
            return new(GuestResult.EndedWithoutCode, Diagnostic.Error(
                ToolchainCodes.GuestCrashed,
                $"{how}: no exit code came from it. What it and the hypervisor printed last tells more; a guest that ends well returns from app_main",
                run.Image));
        }

        throw new DiagnosticException(hypervisor.End is not null || exit.Code == 0
            ? Diagnostic.Error(
                ToolchainCodes.HypervisorFailed,
                $"the hypervisor did not start the guest: {hypervisor.Error ?? hypervisor.Panic ?? hypervisor.End ?? "the machine was reset"}. Its lines tell more",
                run.Image)
            : Diagnostic.Error(
                ToolchainCodes.EmulatorFailed,
                $"the emulator ended with exit code {exit.Code}: {(exit.Errors.Length > 0 ? exit.Errors : "it printed nothing")}. The command was: {command}"));
    }
}
