namespace MiniosBuild.BootTests;

internal static class Output
{
    /// <summary>The lines that a guest printed, without the ends that a console gives them.</summary>
    public static string[] Lines(string text) => [.. text.Split('\n').Select(l => l.TrimEnd('\r'))];
}
