using System.ComponentModel;
using System.Diagnostics;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Running;

/// <summary>Runs QEMU and hands on its serial line while it runs; nothing of it is left when a run returns.</summary>
internal static class EmulatorProcess
{
    /// <summary>Part of what QEMU says when a signal ends it.</summary>
    public const string SignalMessage = "terminating on signal";

    /// <summary>What QEMU ended with, and what it said itself.</summary>
    internal readonly record struct Exit(int Code, string Errors);

    /// <summary>Runs QEMU to its end.</summary>
    /// <param name="command">The serial line must be its standard output.</param>
    /// <param name="input">What goes to the serial line; null for nothing.</param>
    /// <param name="inputWanted">Asked after each call of <paramref name="serial"/>: input is passed on once it is true.</param>
    /// <param name="serial">Gets the bytes as they come, on the calling thread.</param>
    /// <param name="stop">Ends QEMU; the exit code is then 137, the signal's.</param>
    /// <exception cref="DiagnosticException">MINIOS1717: it cannot be started.</exception>
    public static Exit Run(ToolCommand command, Stream? input, Func<bool> inputWanted, Action<ReadOnlySpan<byte>> serial, CancellationToken stop)
    {
        using var process = new Process
        {
            StartInfo = StartInfo(command),
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.EmulatorFailed, $"cannot start the emulator: {e.Message}", command.Program), e);
        }

        // With no terminal as its input, QEMU leaves the terminal's settings alone.
        var serialInput = process.StandardInput.BaseStream;
        if (input is null)
        {
            serialInput.Close();
        }

        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var registration = stop.Register(() => End(process));
        try
        {
            var output = process.StandardOutput.BaseStream;
            byte[] buffer = new byte[4096];
            for (int count; (count = output.Read(buffer)) > 0;)
            {
                serial(buffer.AsSpan(0, count));
                if (input is not null && inputWanted())
                {
                    // A read of standard input cannot be cancelled: the thread must not keep a process that has its result.
                    var source = input;
                    input = null;
                    new Thread(() => PassOn(source, serialInput)) { IsBackground = true }.Start();
                }
            }
        }
        catch
        {
            // The reader of our own output may have gone away: the machine must not outlive us.
            End(process);
            throw;
        }

        process.WaitForExit();
        return new(process.ExitCode, errors.GetAwaiter().GetResult().Trim());
    }

    /// <summary>How an emulator is started, its standard streams for this process.</summary>
    public static ProcessStartInfo StartInfo(ToolCommand command) => new(command.Program, command.Arguments)
    {
        WorkingDirectory = command.WorkingDirectory,
        UseShellExecute = false,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    /// <summary>A command that ends also when this process is killed: more precisely, when the thread ends that starts it.</summary>
    public static ToolCommand Tied(ToolCommand command, ToolLocator locator) => locator.Find("setpriv") is { } tie
        ? command with { Program = tie, Arguments = ["--pdeathsig", "KILL", "--", command.Program, .. command.Arguments] }
        : command;

    /// <summary>The absolute path of the emulator.</summary>
    /// <param name="locator">Looks for it.</param>
    /// <param name="chosen">A name or a path; null or empty for the architecture's.</param>
    /// <param name="architecture">Of the guest.</param>
    /// <exception cref="DiagnosticException">MINIOS1710.</exception>
    public static string Find(ToolLocator locator, string? chosen, Architecture architecture)
    {
        string wanted = string.IsNullOrEmpty(chosen) ? architecture.Emulator : chosen;
        string where = wanted.Contains('/') ? "" : " on PATH";
        return locator.Find(wanted) ?? throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.EmulatorNotFound,
            $"the emulator '{wanted}' was not found{where}. Install it (on Debian and Ubuntu: apt-get install qemu-system-{architecture.Family}) or name another with --qemu"));
    }

    /// <summary>Passes on what comes in until either side ends.</summary>
    public static void PassOn(Stream input, Stream serial)
    {
        try
        {
            byte[] buffer = new byte[4096];
            for (int count; (count = input.Read(buffer)) > 0;)
            {
                serial.Write(buffer, 0, count);
                serial.Flush();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The machine is gone, or the input is: either way nothing more can come in.
        }
    }

    /// <summary>Kills an emulator.</summary>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}
