using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>
/// The names by which a tree's own sources reach its headers, <c>&lt;mini-os/os.h&gt;</c> and <c>&lt;mini-os/x86/os.h&gt;</c>: a header is staged under
/// one of them, and the others lead there.
/// </summary>
public sealed class StagedPlaces
{
    private readonly IReadOnlyList<string> _includeFolders;
    private readonly RealPath _real = new();
    private readonly List<(string Spelling, string Folder)> _roots = [];

    /// <param name="includeFolders">Absolute include folders of the tree, in search order.</param>
    public StagedPlaces(IReadOnlyList<string> includeFolders)
    {
        _includeFolders = includeFolders;
        foreach (string folder in includeFolders.Select(folder => Path.Combine(folder, StagedIncludes.TreeFolder)).Where(Directory.Exists))
        {
            AddRoot(StagedIncludes.TreeFolder, folder);
            foreach (string linked in Directory.EnumerateDirectories(folder).Where(inner => new DirectoryInfo(inner).LinkTarget is not null).Order(StringComparer.Ordinal))
            {
                AddRoot($"{StagedIncludes.TreeFolder}/{Path.GetFileName(linked)}", linked);
            }
        }
    }

    /// <summary>Where a header goes that is to be staged in a folder.</summary>
    /// <param name="folder">Below the folder of staged headers; <c>.</c> is that folder itself.</param>
    /// <param name="name">The header's file name, or its path below the folder.</param>
    /// <returns>The path below the folder of staged headers; null for a folder that is none there: absolute, empty, above it, or with a backslash.</returns>
    public static string? Of(string folder, string name)
    {
        if (folder.Length == 0 || folder[0] == '/' || folder.Contains('\\') || folder.Split('/').Contains(".."))
        {
            return null;
        }

        return string.Join('/', $"{folder}/{name}".Split('/').Where(part => part.Length > 0 && part != "."));
    }

    /// <summary>
    /// Parts headers that would be staged in one place. What the tree itself finds under that name has it; each other one gets the next name
    /// that leads to it, <c>mini-os/x86/asm_macros.h</c> beside <c>mini-os/asm_macros.h</c>.
    /// </summary>
    /// <param name="headers">Each header's absolute path, and where it is to be staged.</param>
    /// <returns>The places, in the same order; two headers that nothing parts have the same one still.</returns>
    public IReadOnlyList<string> Part(IReadOnlyList<(string File, string Place)> headers)
    {
        string[] places = [.. headers.Select(header => header.Place)];
        var taken = places.ToHashSet(StringComparer.Ordinal);
        foreach (var same in headers.Select((header, i) => (header.File, header.Place, Index: i)).GroupBy(header => header.Place, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            string? owner = Find(same.Key);
            if (!same.Any(header => Real(header.File) == owner))
            {
                continue;
            }

            foreach (var other in same.Where(header => Real(header.File) != owner))
            {
                places[other.Index] = SpellingsOf(other.File).FirstOrDefault(taken.Add) ?? other.Place;
            }
        }

        return places;
    }

    /// <summary>The names below <c>mini-os</c> by which the tree's sources find a header, the shortest first.</summary>
    public IReadOnlyList<string> SpellingsOf(string file)
    {
        string real = Real(file);
        return
        [
            .. _roots.Where(root => real.StartsWith(root.Folder + "/", StringComparison.Ordinal)).Select(root => root.Spelling + real[root.Folder.Length..])
                .Distinct(StringComparer.Ordinal).Where(spelling => Find(spelling) == real)
                .OrderBy(spelling => spelling.Length).ThenBy(spelling => spelling, StringComparer.Ordinal),
        ];
    }

    /// <summary>The names without <c>mini-os</c> by which the tree's sources find a header, <c>os.h</c> and <c>x86/os.h</c>.</summary>
    public IEnumerable<string> PlainSpellingsOf(string file)
    {
        string real = Real(file);
        return _includeFolders.Select(FolderOf).Distinct(StringComparer.Ordinal).Where(folder => real.StartsWith(folder + "/", StringComparison.Ordinal))
            .Select(folder => real[(folder.Length + 1)..])
            .Where(spelling => !spelling.StartsWith(StagedIncludes.TreeFolder + "/", StringComparison.Ordinal) && Find(spelling) == real);
    }

    private string? Find(string name) =>
        _includeFolders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } found ? Real(found) : null;

    // A link to a folder that is there already, such as upstream's include/mini-os, gives no names that anybody writes.
    private void AddRoot(string spelling, string folder)
    {
        string real = FolderOf(folder);
        if (_roots.All(root => root.Folder != real))
        {
            _roots.Add((spelling, real));
        }
    }

    private string FolderOf(string folder) => _real.Of(Path.Combine(folder, "x"))[..^2];

    private string Real(string path) => _real.Of(File.Exists(path) ? new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path : path);
}
