namespace MiniosBuild.BootTests.DomU;

/// <summary>Why a domain ended (xen/sched.h).</summary>
internal enum ShutdownReason
{
    PowerOff = 0,
    Reboot = 1,
    Suspend = 2,
    Crash = 3,
}
