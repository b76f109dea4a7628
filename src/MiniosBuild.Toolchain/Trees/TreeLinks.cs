using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>
/// The include folders through which a tree's headers are seen as <c>&lt;mini-os/…&gt;</c> and Xen's as
/// <c>&lt;xen/…&gt;</c>. Upstream's makefile puts such links into the tree itself; these go to a folder outside it.
/// </summary>
public sealed class TreeLinks
{
    private TreeLinks(IReadOnlyList<string> includeFolders, string xenParent)
    {
        IncludeFolders = includeFolders;
        XenParent = xenParent;
    }

    /// <summary>Include folders for the tree's own sources, in search order.</summary>
    public IReadOnlyList<string> IncludeFolders { get; }

    /// <summary>The folder in which <c>xen/xen.h</c> is found.</summary>
    public string XenParent { get; }

    /// <summary>Makes the links that are missing.</summary>
    /// <param name="family">The architecture's folder name, for example x86.</param>
    /// <param name="arch">The architecture's name, for example x86_64.</param>
    /// <param name="xenHeaders">The folder of xen.h, used if the tree has no include/xen of its own.</param>
    /// <param name="folder">Where the links go.</param>
    /// <param name="headers">Absolute path of the folder of the tree's headers, which may lie beside the tree.</param>
    /// <param name="searched">Absolute include folders that the tree's own makefiles name, in their order; null for those that trees have.</param>
    /// <param name="root">Absolute path of the tree: those of the named folders that are in it are seen as <c>&lt;mini-os/…&gt;</c> too.</param>
    /// <exception cref="DiagnosticException">MINIOS1005.</exception>
    public static TreeLinks Make(
        string family, string arch, string xenHeaders, string folder, string headers, IReadOnlyList<string>? searched = null, string? root = null)
    {
        string include = headers;
        string xen = Path.Combine(include, "xen");
        if (!File.Exists(Path.Combine(xen, "xen.h")))
        {
            if (!File.Exists(Path.Combine(xenHeaders, "xen.h")))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    ToolchainCodes.XenHeadersNotFound,
                    $"Xen's public headers were not found: neither {include}/xen/xen.h nor {xenHeaders}/xen.h exists. Install them (on Debian and Ubuntu: apt-get install libxen-dev) or name their folder with the property MiniosXenHeaders",
                    xenHeaders));
            }

            xen = xenHeaders;
        }

        // Also for the tree's own: a guest that is to see <xen/…> must not see all of the tree's include folder with it.
        string xenParent = Link(Path.Combine(folder, "xen"), "xen", xen);
        var folders = new List<string>();
        string nested = Path.Combine(include, "mini-os");
        if (Directory.Exists(nested) && new DirectoryInfo(nested).LinkTarget is null)
        {
            // An older tree: a real include/mini-os, in which <mini-os/machine/…> is the family's folder.
            folders.Add(Link(Path.Combine(folder, "tree"), "mini-os", nested));
            if (Directory.Exists(Path.Combine(nested, family)))
            {
                folders.Add(Link(Path.Combine(folder, "machine"), "mini-os/machine", Path.Combine(nested, family)));
            }
        }
        else
        {
            // As upstream has them: an architecture's header may include its namesake of all, and have no more in it.
            string[] usual = [include, Path.Combine(include, family), Path.Combine(include, family, arch)];
            foreach (string target in usual.Concat((searched ?? []).Where(f => root is not null && f.StartsWith(root + "/", StringComparison.Ordinal))).Select(f => f.TrimEnd('/')).Distinct().Where(Directory.Exists))
            {
                int place = Array.IndexOf(usual, target);
                string name = place < 0 ? "named-" + Fingerprint.Of([target])[..8] : new[] { "common", family, arch }[place];
                folders.Add(Link(Path.Combine(folder, name), "mini-os", target));
            }
        }

        folders.Add(xenParent);
        folders.AddRange((searched ?? [include, Path.Combine(include, family), Path.Combine(include, family, arch)]).Where(Directory.Exists));
        return new([.. folders.Distinct()], xenParent);
    }

    /// <summary>Makes one link, unless it is there.</summary>
    /// <returns>The include folder.</returns>
    private static string Link(string includeFolder, string name, string target)
    {
        string path = Path.Combine(includeFolder, name);
        if (new FileInfo(path).LinkTarget != target)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            File.CreateSymbolicLink(path, target);
        }

        return includeFolder;
    }
}
