using System.Globalization;
using System.Net.Sockets;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>A dom0 at work: it runs shell scripts, and sees a folder of the host.</summary>
/// <remarks>For one thread at a time.</remarks>
public sealed class Dom0 : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);

    private readonly Dom0Machine _machine;
    private int _scripts;

    internal Dom0(Dom0Machine machine)
    {
        _machine = machine;

        // A saved machine's clock stands still; this is the time that its wait ends with.
        machine.Send(DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What a script left.</summary>
    public sealed record ScriptResult(int ExitCode, string Output, string Errors);

    /// <summary>What dom0 has as /shared.</summary>
    public string SharedFolder => _machine.SharedFolder;

    /// <summary>Where the hypervisor and dom0's kernel write their lines to.</summary>
    public string SerialLog => _machine.SerialLog;

    /// <summary>Runs a shell script in dom0, and waits for its end.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="meanwhile">Called from time to time while it runs.</param>
    /// <param name="cancellation">Ends the wait, not the script.</param>
    /// <exception cref="DiagnosticException">MINIOS1717: the machine ended.</exception>
    public ScriptResult Run(string script, Action meanwhile, CancellationToken cancellation)
    {
        string number = (++_scripts).ToString(CultureInfo.InvariantCulture), file = Path.Combine(SharedFolder, number);
        File.WriteAllText(file + ".sh", script + "\n");
        try
        {
            _machine.Send(number);
        }
        catch (IOException)
        {
            // The wait tells that the machine is gone, and why.
        }

        WaitFor(() => File.Exists(file + ".code"), meanwhile, cancellation);
        return new(int.Parse(File.ReadAllText(file + ".code"), CultureInfo.InvariantCulture), File.ReadAllText(file + ".out"), File.ReadAllText(file + ".err"));
    }

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">Asked from time to time.</param>
    /// <param name="meanwhile">Called before.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DiagnosticException">MINIOS1717: the machine ended.</exception>
    public void WaitFor(Func<bool> condition, Action meanwhile, CancellationToken cancellation)
    {
        for (; ; cancellation.WaitHandle.WaitOne(s_pause))
        {
            cancellation.ThrowIfCancellationRequested();
            meanwhile();
            if (condition())
            {
                return;
            }

            _machine.ThrowIfExited();
        }
    }

    /// <summary>Ends the machine.</summary>
    public void Dispose() => _machine.Dispose();

    /// <summary>Where bytes go that scripts read from the second port, /dev/vport*p2; closing it is their end, and may lose what they have not read.</summary>
    /// <exception cref="SocketException">The machine is gone.</exception>
    internal Stream OpenInput() => new NetworkStream(EmulatorSocket.Connect(_machine.InputSocket), ownsSocket: true);
}
