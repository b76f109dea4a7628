using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Tells files of the tree from those of Xen, the compiler and C libraries: the innermost folder that is known decides.</summary>
internal sealed class HeaderFolders
{
    private readonly (string Folder, bool IsTree)[] _folders;

    public HeaderFolders(IEnumerable<string> tree, IEnumerable<string> foreign, RealPath real) => _folders =
    [
        .. tree.Select(f => (Real(f, real), true)).Concat(foreign.Select(f => (Real(f, real), false))).OrderByDescending(f => f.Item1.Length),
    ];

    /// <summary>Whether a file is in any of the folders.</summary>
    public bool IsKnown(string file) => _folders.Any(f => file.StartsWith(f.Folder, StringComparison.Ordinal));

    public bool IsTree(string file) => _folders.FirstOrDefault(f => file.StartsWith(f.Folder, StringComparison.Ordinal)).IsTree;

    private static string Real(string folder, RealPath real) => real.Of(Path.Combine(folder, "x"))[..^1];
}
