using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Sources;

/// <summary>The table of old and new names that a build leaves beside its archives.</summary>
internal static class NameTableFile
{
    /// <summary>Where the table of a set is: <c>share/minios/names.txt</c> below its folder.</summary>
    public static string In(string set) => Path.Combine(set, "share", "minios", "names.txt");

    /// <exception cref="DiagnosticException">MINIOS1519 no such table, 1801 unreadable.</exception>
    public static NameMap Load(string path) => NameMap.Parse(InputText.Read(path), path);
}
