using System.Net.Sockets;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>Sockets that the emulator knows by a name in its working folder.</summary>
internal static class EmulatorSocket
{
    /// <summary>Connects to one that the emulator has made.</summary>
    /// <exception cref="SocketException">There is none.</exception>
    public static Socket Connect(string path) => Opened(s => s.Connect(new UnixDomainSocketEndPoint(path)));

    /// <summary>Makes one for the emulator to connect to.</summary>
    public static Socket Listen(string path) => Opened(s =>
    {
        s.Bind(new UnixDomainSocketEndPoint(path));
        s.Listen(1);
    });

    private static Socket Opened(Action<Socket> open)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            open(socket);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
