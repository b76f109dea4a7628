using System.ComponentModel;
using System.Diagnostics;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.Running;

/// <summary>Runs QEMU and hands on its serial line while it runs; nothing of it is left when a run returns.</summary>
internal static class EmulatorProcess
{
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
            StartInfo = new ProcessStartInfo(command.Program, command.Arguments)
            {
                WorkingDirectory = command.WorkingDirectory,
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
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

    private static void PassOn(Stream input, Stream serial)
    {
        try
        {
            using (serial)
            {
                byte[] buffer = new byte[4096];
                for (int count; (count = input.Read(buffer)) > 0;)
                {
                    serial.Write(buffer, 0, count);
                    serial.Flush();
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The machine is gone, or the input is: either way nothing more can come in.
        }
    }

    private static void End(Process process)
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
