namespace MiniosBuild.BootTests.DomU;

/// <summary>How a guest ended.</summary>
/// <param name="Reason">The reason, as the toolstack saw it.</param>
/// <param name="ExitCode">What the guest left in data/exit-code; null if nothing.</param>
/// <param name="Console">All that it printed.</param>
internal sealed record DomainEnd(ShutdownReason Reason, int? ExitCode, string Console);
