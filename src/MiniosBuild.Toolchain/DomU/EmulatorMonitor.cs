using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>QEMU's monitor (QEMU, "QMP Reference"), for saving a machine and starting a saved one.</summary>
internal sealed class EmulatorMonitor : IDisposable
{
    private readonly NetworkStream _stream;
    private readonly StreamReader _reader;

    /// <param name="socket">Connected to the emulator; owned by the monitor.</param>
    /// <exception cref="IOException">The emulator ended, or does not know what a saved machine needs.</exception>
    public EmulatorMonitor(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
        ReadLine(); // The greeting.
        Execute("qmp_capabilities");

        // The memory is a file of its own, which a restored machine maps: what it writes stays in its own copy.
        Execute("migrate-set-capabilities", new JsonObject
        {
            ["capabilities"] = new JsonArray(new JsonObject { ["capability"] = "x-ignore-shared", ["state"] = true }),
        });
    }

    /// <summary>Writes the state of a machine, all but its memory, to a file.</summary>
    /// <param name="file">A new file.</param>
    /// <param name="socketPath">Where the emulator is to send it: a path in its working folder.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public void Save(string file, string socketPath, CancellationToken cancellation)
    {
        using var listener = EmulatorSocket.Listen(socketPath);
        Execute("migrate", new JsonObject { ["uri"] = "unix:" + Path.GetFileName(socketPath) });
        while (!listener.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfFailed(Execute("query-migrate")!);
        }

        using (var source = new NetworkStream(listener.Accept(), ownsSocket: true))
        using (var target = File.Create(file))
        {
            source.CopyTo(target);
        }

        for (string? status = null; status != "completed"; cancellation.WaitHandle.WaitOne(10))
        {
            cancellation.ThrowIfCancellationRequested();
            var state = Execute("query-migrate")!;
            ThrowIfFailed(state);
            status = (string?)state["status"];
        }
    }

    /// <summary>Starts a machine from a saved state.</summary>
    public void Restore(string file, string socketPath, CancellationToken cancellation)
    {
        Execute("migrate-incoming", new JsonObject { ["uri"] = "unix:" + Path.GetFileName(socketPath) });
        using (var target = new NetworkStream(EmulatorSocket.Connect(socketPath), ownsSocket: true))
        using (var source = File.OpenRead(file))
        {
            source.CopyTo(target);
        }

        while (!(bool)Execute("query-status")!["running"]!)
        {
            cancellation.WaitHandle.WaitOne(5);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public void Quit()
    {
        try
        {
            Execute("quit");
        }
        catch (IOException)
        {
            // It may be gone before it answers.
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private JsonNode? Execute(string command, JsonObject? arguments = null)
    {
        var request = new JsonObject { ["execute"] = command };
        if (arguments is not null)
        {
            request["arguments"] = arguments;
        }

        _stream.Write(Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"));
        for (; ;)
        {
            var answer = JsonNode.Parse(ReadLine())!.AsObject();
            if (answer.TryGetPropertyValue("return", out var value))
            {
                return value;
            }

            if (answer["error"] is { } error)
            {
                throw new IOException($"the emulator refused {command}: {(string?)error["desc"]}");
            }
        }
    }

    private static void ThrowIfFailed(JsonNode state)
    {
        if ((string?)state["status"] is "failed" or "cancelled")
        {
            throw new IOException($"the emulator could not save the machine: {(string?)state["error-desc"] ?? "it says no reason"}");
        }
    }

    private string ReadLine() => _reader.ReadLine() ?? throw new IOException("the emulator ended");
}
