using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>
/// How staged headers must include each other. In a tree one header may go by several names, <c>&lt;types.h&gt;</c> and
/// <c>&lt;mini-os/types.h&gt;</c>; where headers are staged it goes by one. What a name means is what it means when the tree itself
/// is compiled: the first match along the tree's include folders, in which its own headers come before its libc's. In a header
/// of the libc, a name that the libc has means the libc's.
/// </summary>
public sealed class StagedIncludes
{
    /// <summary>The folder from which a tree's sources include its headers.</summary>
    public const string TreeFolder = "mini-os";

    /// <summary>The folder of staged headers in which those of the tree's libc are, and none of the tree's own.</summary>
    public const string LibcFolder = "minios-libc";

    private readonly IReadOnlyList<string> _includeFolders;
    private readonly RealPath _real = new();
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);
    private readonly HashSet<string> _staged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <param name="includeFolders">Absolute include folders of the tree, in search order.</param>
    /// <param name="staged">Absolute path of each staged header, and its path below the folder of staged headers.</param>
    public StagedIncludes(IReadOnlyList<string> includeFolders, IEnumerable<(string Source, string Place)> staged)
    {
        _includeFolders = includeFolders;
        foreach (var (source, place) in staged)
        {
            _staged.Add(place);
            if (!IsOfLibc(place))
            {
                _places.TryAdd(Resolve(source), place);
            }
        }
    }

    /// <summary>Whether a header is one of the tree's libc, by where it is staged.</summary>
    public static bool IsOfLibc(string place) => place.StartsWith(LibcFolder + "/", StringComparison.Ordinal);

    /// <summary>
    /// The spelling that finds the same header where it is staged; null when the old one does, or when it is no public
    /// header of the tree (the compiler's, Xen's, a libc's: those are the consumer's to choose).
    /// </summary>
    /// <param name="source">Absolute path of the header that includes.</param>
    /// <param name="place">That header's path below the folder of staged headers.</param>
    /// <param name="spelling">The header name with its delimiters.</param>
    public string? NewSpelling(string source, string place, string spelling)
    {
        string name = spelling[1..^1];
        if (IsOfLibc(place) && _staged.Contains($"{LibcFolder}/{name}"))
        {
            return null;
        }

        string? target = spelling[0] == '"' ? Existing(Path.GetDirectoryName(source)!, name) : null;
        bool isBeside = target is not null;
        target ??= Find(name);
        if (target is null || !_places.TryGetValue(target, out string? now))
        {
            return null;
        }

        string kept = isBeside ? Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(place)!, name))) : name;
        return kept == now ? null : $"<{now}>";
    }

    private string? Find(string name)
    {
        if (!_found.TryGetValue(name, out string? path))
        {
            _found.Add(name, path = _includeFolders.Select(f => Existing(f, name)).FirstOrDefault(p => p is not null));
        }

        return path;
    }

    private string? Existing(string folder, string name)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name));
        return File.Exists(path) ? Resolve(path) : null;
    }

    private string Resolve(string path) => _real.Of(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path);
}
