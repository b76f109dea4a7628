using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>The header list.h of a tree that has only what to make it from.</summary>
public static class GeneratedListHeader
{
    /// <summary>Makes it, or takes away one that the tree has a file for by now.</summary>
    /// <param name="root">Absolute path of the tree.</param>
    /// <param name="folder">An include folder outside the tree.</param>
    /// <param name="convert">Makes the header of the bytes of include/minios-external/bsd-sys-queue.h.</param>
    /// <returns>The header's absolute path, <c>mini-os/list.h</c> in the folder; null if the tree has a list.h, or nothing to make one from.</returns>
    public static string? Make(string root, string folder, Func<byte[], byte[]> convert)
    {
        string include = Path.Combine(root, "include");
        string source = Path.Combine(include, "minios-external", "bsd-sys-queue.h");
        string header = Path.Combine(folder, "mini-os", "list.h");
        if (!File.Exists(source) || File.Exists(Path.Combine(include, "list.h")) || File.Exists(Path.Combine(include, "mini-os", "list.h")))
        {
            if (File.Exists(header))
            {
                File.Delete(header);
            }

            return null;
        }

        AtomicFile.Write(header, convert(File.ReadAllBytes(source)));
        return header;
    }
}
