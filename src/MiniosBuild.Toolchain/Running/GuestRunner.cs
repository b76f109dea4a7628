using System.Globalization;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Running;

/// <summary>Boots a guest as the initial domain of a real hypervisor in QEMU; needs no hardware and no privileges.</summary>
/// <param name="locator">Finds QEMU.</param>
/// <param name="cacheFolder">Absolute path of the folder that keeps the unpacked hypervisor; null for the user's cache folder.</param>
/// <param name="bootFolder">Where hypervisors are installed.</param>
public sealed class GuestRunner(ToolLocator locator, string? cacheFolder = null, string bootFolder = "/boot")
{
    private const string DefaultEmulator = "qemu-system-x86_64";

    // 128 + SIGKILL. A guest's 68 gives the same, so it counts only after this process sent the signal.
    private const int KilledExitCode = 137;

    /// <summary>Runs a guest to its end.</summary>
    /// <param name="run">What to boot.</param>
    /// <param name="output">Gets what the guest prints, as it prints it.</param>
    /// <param name="log">Gets the hypervisor's lines: from the guest's start on, or all of them when it did not come to that.</param>
    /// <param name="cancellation">Ends the machine.</param>
    /// <exception cref="DiagnosticException">The guest was not started: MINIOS1710-1712, 1716-1719.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; QEMU is gone.</exception>
    public GuestResult Run(GuestRun run, TextWriter output, TextWriter log, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        GuestImage.Check(run.Image);
        string emulator = FindEmulator(run.Emulator);
        var hypervisors = new HypervisorImage(bootFolder, cacheFolder ?? UserCache());
        string packed = hypervisors.Find(run.Hypervisor);

        // QEMU's -initrd takes the name up to a blank, and a list at commas: give it a name with neither, relative to
        // its working folder.
        string folder = Directory.CreateTempSubdirectory("minios-").FullName;
        try
        {
            File.CreateSymbolicLink(Path.Combine(folder, "guest"), run.Image);
            var arguments = EmulatorArguments.For(run, hypervisors.Unpacked(packed, folder), "guest");
            return Run(run, new ToolCommand(emulator, arguments, folder), output, log, cancellation);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
        bool interrupted = exit.Code == 0 && exit.Errors.Contains("terminating on signal", StringComparison.Ordinal);
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
            string waitedFor = hypervisor.GuestStarted ? "the guest had not ended" : "the hypervisor had not started the guest";
            return new(GuestResult.TimedOut, Diagnostic.Error(
                ToolchainCodes.GuestTimeout,
                $"{waitedFor} after {run.Timeout!.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s, and was stopped. If it needs longer, raise the timeout",
                run.Image));
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

    private string FindEmulator(string? chosen)
    {
        string wanted = string.IsNullOrEmpty(chosen) ? DefaultEmulator : chosen;
        string where = wanted.Contains('/') ? "" : " on PATH";
        return locator.Find(wanted) ?? throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.EmulatorNotFound,
            $"the emulator '{wanted}' was not found{where}. Install it (on Debian and Ubuntu: apt-get install qemu-system-x86) or name another with --qemu"));
    }

    // XDG Base Directory Specification: a relative value is to be ignored.
    private static string? UserCache()
    {
        string? folder = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!Path.IsPathRooted(folder))
        {
            folder = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        }

        return Path.IsPathRooted(folder) ? Path.Combine(folder, "minios") : null;
    }
}
