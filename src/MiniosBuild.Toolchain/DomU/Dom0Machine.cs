using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>The emulated machine that a dom0 runs in: to be booted and saved once, or restored. Nothing of it is left when it is put away.</summary>
internal sealed class Dom0Machine : IDisposable
{
    private const int QuotedLines = 12;

    // The longest address of a socket has 107 bytes (unix(7)).
    private const int LongestFolder = 90;

    private const int Dom0Memory = 256;

    private static readonly TimeSpan s_exitLimit = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly Task<string?> _ready;
    private readonly Thread _keeper;

    private Dom0Machine(string folder, ProcessStartInfo start)
    {
        Folder = folder;
        _process = new Process { StartInfo = start };

        // A program that was started with a signal for its parent's end gets it when the thread ends that started it.
        TaskCompletionSource started = new();
        _keeper = new Thread(() => Keep(started)) { IsBackground = true };
        _keeper.Start();
        try
        {
            started.Task.GetAwaiter().GetResult();
        }
        catch (Win32Exception e)
        {
            throw new DiagnosticException(Diagnostic.Error(ToolchainCodes.EmulatorFailed, $"cannot start the emulator: {e.Message}", start.FileName), e);
        }

        _errors = _process.StandardError.ReadToEndAsync(CancellationToken.None);
        _ready = _process.StandardOutput.ReadLineAsync();
    }

    /// <summary>The machine's own folder: its files, its sockets, and what it shares with the host.</summary>
    public string Folder { get; }

    public string SharedFolder => Path.Combine(Folder, "shared");

    public string SerialLog => Path.Combine(Folder, "serial.log");

    public string InputSocket => Path.Combine(Folder, "input");

    public string MigrationSocket => Path.Combine(Folder, "migration");

    /// <summary>
    /// Arguments for the emulator. All files are named relative to the machine's folder: it splits some options at commas and blanks.
    /// </summary>
    /// <param name="architecture">The machine's.</param>
    /// <param name="accelerator">QEMU's accelerator, with its options.</param>
    /// <param name="memory">In MiB.</param>
    /// <param name="restored">Whether the machine starts from a saved state.</param>
    public static IReadOnlyList<string> Arguments(Architecture architecture, string accelerator, int memory, bool restored) =>
    [
        // Not scrubbed: memory that nobody wrote to is a hole in the file.
        "-accel", accelerator, "-cpu", architecture.Processor, "-m", Text(memory), "-M", $"{architecture.Board},memory-backend=ram",
        "-object", $"memory-backend-file,id=ram,size={Text(memory)}M,mem-path=memory,share={(restored ? "off" : "on")}",
        "-no-user-config", "-nodefaults", "-no-reboot", "-display", "none", "-monitor", "none", "-serial", "file:serial.log",
        "-qmp", "unix:monitor,server=on,wait=off",
        "-device", "virtio-serial-pci",
        "-chardev", "stdio,id=control,signal=off", "-device", "virtserialport,chardev=control,name=control,nr=1",
        "-chardev", "socket,id=input,path=input,server=on,wait=off", "-device", "virtserialport,chardev=input,name=input,nr=2",
        "-virtfs", "local,path=shared,mount_tag=shared,security_model=none",
        "-virtfs", "local,path=host,mount_tag=host,security_model=none",
        .. architecture.Boot("xen", ["vmlinuz console=hvc0 quiet panic=-1 mitigations=off nokaslr", "initramfs"]),
        "-append", $"{architecture.HypervisorConsole} loglvl=warning guest_loglvl=warning dom0_mem={Text(Dom0Memory)}M dom0_max_vcpus=1 {architecture.DomUHypervisorOptions} bootscrub=0",
        .. restored ? (IEnumerable<string>)["-incoming", "defer"] : [],
    ];

    /// <summary>The memory of a machine whose guests may have that much in all, a power of two in MiB: guests of many sizes share one.</summary>
    public static int MemoryFor(int guests)
    {
        // The hypervisor keeps part of the memory for itself, and tables of what it gives away.
        long needed = Dom0Memory + 96L + guests + guests / 32;
        int memory = 512;
        while (memory < needed && memory < 1 << 30)
        {
            memory *= 2;
        }

        return memory;
    }

    /// <summary>Starts the emulator.</summary>
    /// <param name="emulator">Its absolute path.</param>
    /// <param name="arguments">See <see cref="Arguments"/>.</param>
    /// <param name="files">The folder that has the machine's files, or is to get them.</param>
    /// <param name="hostFolder">The folder of the host that dom0 sees.</param>
    /// <param name="locator">Finds the program that ties the emulator to this process.</param>
    /// <exception cref="DiagnosticException">MINIOS1717.</exception>
    public static Dom0Machine Start(string emulator, IReadOnlyList<string> arguments, string files, string hostFolder, ToolLocator locator)
    {
        string folder = Directory.CreateTempSubdirectory("minios-").FullName;
        try
        {
            if (Encoding.UTF8.GetByteCount(folder) > LongestFolder)
            {
                throw new IOException($"the path of the folder for temporary files is too long for sockets: {folder}. Set TMPDIR to a shorter one.");
            }

            Directory.CreateDirectory(Path.Combine(folder, "shared", "consoles"));
            Directory.CreateDirectory(Path.Combine(folder, "shared", "log"));
            foreach (string name in SavedDom0.MachineFiles)
            {
                File.CreateSymbolicLink(Path.Combine(folder, name), Path.Combine(files, name));
            }

            File.CreateSymbolicLink(Path.Combine(folder, "host"), hostFolder);
            File.WriteAllText(Path.Combine(folder, "shared", "folder"), hostFolder);
            var command = EmulatorProcess.Tied(new(emulator, arguments, folder), locator);
            return new(folder, EmulatorProcess.StartInfo(command));
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Connects to the emulator's monitor, when it has started.</summary>
    /// <exception cref="IOException">The emulator does not know what a saved machine needs, or ended.</exception>
    public EmulatorMonitor Monitor(CancellationToken cancellation)
    {
        for (; ; cancellation.WaitHandle.WaitOne(5))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return new EmulatorMonitor(EmulatorSocket.Connect(Path.Combine(Folder, "monitor")));
            }
            catch (SocketException)
            {
                // The socket is not there yet, or does not listen yet.
                if (_process.HasExited)
                {
                    throw new IOException("its monitor never answered");
                }
            }
        }
    }

    /// <summary>Waits until dom0 says that it is up.</summary>
    /// <returns>False if the machine ended before.</returns>
    public bool WaitUntilReady(CancellationToken cancellation)
    {
        _ready.Wait(cancellation);
        return _ready.Result is not null;
    }

    /// <summary>Sends dom0 a line.</summary>
    /// <exception cref="IOException">The machine ended.</exception>
    public void Send(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
    }

    /// <exception cref="DiagnosticException">MINIOS1717: the machine ended.</exception>
    /// <exception cref="OperationCanceledException">A signal of the user ended it.</exception>
    public void ThrowIfExited()
    {
        if (_process.HasExited)
        {
            throw Ended(why => Diagnostic.Error(ToolchainCodes.EmulatorFailed, $"the emulated machine ended{why}"));
        }
    }

    /// <summary>The error for a machine that ended, or should do so now.</summary>
    /// <param name="error">Makes it of a clause with what the emulator and the machine said.</param>
    public Exception Ended(Func<string, Diagnostic> error)
    {
        bool exited = _process.WaitForExit(s_exitLimit);
        string errors = exited ? _errors.GetAwaiter().GetResult().Trim() : "";

        // Ctrl-C reaches the emulator too, which may end before this process hears of it.
        if (errors.Contains(EmulatorProcess.SignalMessage, StringComparison.Ordinal))
        {
            return new OperationCanceledException();
        }

        string code = exited ? $" with exit code {Text(_process.ExitCode)}" : "";
        string said = errors.Length > 0 ? ": " + errors : "";
        return new DiagnosticException(error($"{code}{said}. On its serial line it said last: {LastLines()}"));
    }

    public void End() => EmulatorProcess.End(_process);

    /// <summary>Waits until the emulator is gone, which was told to go.</summary>
    public void WaitForExit() => _process.WaitForExit(s_exitLimit);

    private string LastLines()
    {
        var lines = File.Exists(SerialLog) ? File.ReadLines(SerialLog).Select(l => l.TrimEnd()).Where(l => l.Length > 0).TakeLast(QuotedLines).ToList() : [];
        return lines.Count == 0 ? "nothing" : "\n" + string.Join('\n', lines);
    }

    public void Dispose()
    {
        EmulatorProcess.End(_process);

        // The folder cannot go while the emulator writes to it.
        _keeper.Join();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private void Keep(TaskCompletionSource started)
    {
        try
        {
            _process.Start();
            started.SetResult();
        }
        catch (Exception e)
        {
            started.SetException(e);
            return;
        }

        _process.WaitForExit();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
