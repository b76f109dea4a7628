namespace MiniosBuild.Tool.Sources;

/// <summary>Names on a command line, with commas between them.</summary>
internal static class CommaSeparated
{
    public static IEnumerable<string> Of(string[]? values) =>
        (values ?? []).SelectMany(value => value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
