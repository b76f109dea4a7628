namespace MiniosBuild.Linking;

/// <summary>What a check of a link says.</summary>
/// <param name="Forecast">What the linker would do.</param>
/// <param name="Findings">What is wrong, in a stable order: damage, missing names, collisions, machine code.</param>
/// <param name="Libraries">What the link takes of each library, in the order of the inputs.</param>
public sealed record LinkCheckResult(LinkForecast Forecast, IReadOnlyList<Finding> Findings, IReadOnlyList<LinkedLibrary> Libraries);
