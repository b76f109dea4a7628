using System.Text.RegularExpressions;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>The header list.h of a tree that has only what to make it from.</summary>
public static partial class GeneratedListHeader
{
    /// <summary>What the tree's makefiles have its macros begin with, before an underscore; minios if they say nothing.</summary>
    public static string PrefixOf(IEnumerable<string> makefiles) => makefiles
        .Select(f => Prefix().Match(File.ReadAllText(f))).FirstOrDefault(m => m.Success)?.Groups[1].Value ?? "minios";

    /// <summary>Makes it, or takes away one that the tree has a file for by now.</summary>
    /// <param name="include">Absolute path of the folder of the tree's headers.</param>
    /// <param name="folder">An include folder outside the tree.</param>
    /// <param name="usual">Absolute path of the header to make it from when the tree has none, as those that expect to lie in Xen's own tree; null for none.</param>
    /// <param name="convert">Makes the header of the bytes of include/minios-external/bsd-sys-queue.h, or of the usual one.</param>
    /// <returns>The header's absolute path, <c>mini-os/list.h</c> in the folder; null if the tree has a list.h, or nothing to make one from.</returns>
    public static string? Make(string include, string folder, string? usual, Func<byte[], byte[]> convert)
    {
        string source = Path.Combine(include, "minios-external", "bsd-sys-queue.h");
        string header = Path.Combine(folder, "mini-os", "list.h");
        bool has = File.Exists(Path.Combine(include, "list.h")) || File.Exists(Path.Combine(include, "mini-os", "list.h"));
        if (has || (!File.Exists(source) && usual is null))
        {
            if (File.Exists(header))
            {
                File.Delete(header);
            }

            return null;
        }

        AtomicFile.Write(header, convert(File.ReadAllBytes(File.Exists(source) ? source : usual!)));
        return header;
    }

    /// <summary>Whether makefiles have a rule for it.</summary>
    public static bool IsMadeBy(IEnumerable<string> makefiles) => makefiles.Any(f => Rule().IsMatch(File.ReadAllText(f)));

    [GeneratedRegex(@"^\S*list\.h\s*:", RegexOptions.Multiline)]
    private static partial Regex Rule();

    // The option of the script by which upstream's makefile makes it.
    [GeneratedRegex("--prefix=([A-Za-z_][A-Za-z0-9_]*)")]
    private static partial Regex Prefix();
}
