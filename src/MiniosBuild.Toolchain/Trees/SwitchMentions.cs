using System.Text.RegularExpressions;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>The switches that sources and headers ask for, whether or not a makefile knows them.</summary>
public static partial class SwitchMentions
{
    private const long LargestSource = 1 << 20;

    /// <summary>Names without CONFIG_ that stand in any C, assembly, header or make file below the folders; links are not followed.</summary>
    public static IReadOnlySet<string> In(IEnumerable<string> folders)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in folders.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, "*", options)).Where(IsText).Distinct(StringComparer.Ordinal))
        {
            foreach (Match match in Mention().Matches(File.ReadAllText(file)))
            {
                names.Add(match.Groups[1].Value);
            }
        }

        return names;
    }

    private static bool IsText(string file) =>
        (Path.GetExtension(file) is ".c" or ".S" or ".h" or ".mk" || Path.GetFileName(file) == "Makefile") && new FileInfo(file).Length <= LargestSource;

    [GeneratedRegex(@"\bCONFIG_([A-Za-z0-9_]+)")]
    private static partial Regex Mention();
}
