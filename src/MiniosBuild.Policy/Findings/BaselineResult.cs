namespace MiniosBuild.Policy;

/// <summary>What a baseline leaves of a check's findings.</summary>
/// <param name="Remaining">Those that it does not accept, in their order.</param>
/// <param name="Stale">A finding (MINIOS1440) at each of its lines that accepts nothing, in the order of the lines.</param>
/// <param name="Accepted">How many findings it accepts.</param>
public sealed record BaselineResult(IReadOnlyList<Finding> Remaining, IReadOnlyList<Finding> Stale, int Accepted);
