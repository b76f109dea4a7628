using MiniosBuild.TestUtilities;

namespace MiniosBuild.TaskTests;

/// <summary>What binutils says of a file that a task made.</summary>
internal static class Nm
{
    /// <summary>The names of an object or archive with the letter of their kind, <c>T minios_add</c>, sorted; those made for sections left out.</summary>
    public static IReadOnlyList<string> Names(string file) =>
    [
        .. RealTool.Run("nm", file).Split('\n')
            .Select(line => line.Length > 19 ? line[17..] : "").Where(l => l.Length > 2).Order(StringComparer.Ordinal),
    ];

    /// <summary>The members of an archive in their order.</summary>
    public static IReadOnlyList<string> Members(string archive) => RealTool.Run("ar", "t", archive).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
