using MiniosBuild.TestUtilities;

namespace MiniosBuild.BuildTests;

/// <summary>Global symbols as nm, not our own reader, tells them.</summary>
internal static class Symbols
{
    /// <summary>Names of the globals that a file or an archive defines.</summary>
    public static IReadOnlyList<string> Of(string file) =>
        [.. RealTool.Run("nm", "-g", "--defined-only", file).Split('\n').Select(l => l.Split(' ')).Where(f => f.Length == 3).Select(f => f[2])];
}
