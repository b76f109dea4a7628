using System.Globalization;

namespace MiniosBuild.Toolchain.Running;

/// <summary>How a guest that was started came to its end.</summary>
/// <param name="ExitCode">The guest's own exit code (0-127), or one of the constants here when <paramref name="Problem"/> is set.</param>
/// <param name="Problem">Why there is no exit code of the guest's own; null when there is one.</param>
public sealed record GuestResult(int ExitCode, Diagnostic? Problem)
{
    /// <summary>The guest was still running when its time was up.</summary>
    public const int TimedOut = 124;

    /// <summary>The guest could not be started.</summary>
    public const int NotStarted = 125;

    /// <summary>The guest crashed, or ended without an exit code. The reference kernel's panics use it as exit code too.</summary>
    public const int EndedWithoutCode = 126;

    /// <summary>The user ended the run.</summary>
    public const int Interrupted = 130;

    internal static GuestResult StoppedAfter(GuestRun run, string what) => new(TimedOut, Diagnostic.Error(
        ToolchainCodes.GuestTimeout,
        string.Create(CultureInfo.InvariantCulture, $"{what} after {run.Timeout!.Value.TotalSeconds} s, and was stopped. If it needs longer, raise the timeout"),
        run.Image));
}
