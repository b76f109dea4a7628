using System.Runtime.InteropServices;

namespace MiniosBuild.Tool;

/// <summary>
/// Turns the first interrupt, hang-up or request to end into a cancellation, so that programs that were started and files that are half
/// written can be put away. The second one ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly PosixSignalRegistration[] _registrations;

    public Interruption() => _registrations =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }
            .Select(signal => PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = !_cancellation.IsCancellationRequested;
                _cancellation.Cancel();
            })),
    ];

    public CancellationToken Token => _cancellation.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _cancellation.Dispose();
    }
}
