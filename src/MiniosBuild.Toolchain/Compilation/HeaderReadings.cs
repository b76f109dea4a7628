namespace MiniosBuild.Toolchain.Compilation;

/// <summary>What the preprocessor makes of a set of headers.</summary>
/// <param name="Outside">Each header as it is read alone, in the order asked for.</param>
/// <param name="Inside">The same with the macro defined that headers have texts for; null when none of them mentions it.</param>
/// <param name="Inputs">Every file that was read.</param>
/// <param name="RunCount">How often the preprocessor was started.</param>
public sealed record HeaderReadings(
    IReadOnlyList<HeaderReading> Outside, IReadOnlyList<HeaderReading>? Inside, IReadOnlyList<string> Inputs, int RunCount);
