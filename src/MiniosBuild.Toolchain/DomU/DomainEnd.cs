namespace MiniosBuild.Toolchain.DomU;

/// <summary>How a guest ended.</summary>
/// <param name="Reason">The reason, as the toolstack saw it.</param>
/// <param name="ExitCode">What the guest left in data/exit-code; null if nothing.</param>
public sealed record DomainEnd(ShutdownReason Reason, int? ExitCode);

/// <summary>Why a domain ended (xen/sched.h).</summary>
public enum ShutdownReason
{
    PowerOff = 0,
    Reboot = 1,
    Suspend = 2,
    Crash = 3,
    Watchdog = 4,
    SoftReset = 5,
}
