using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;

namespace MiniosBuild.Tasks;

/// <summary>The files of a link, mapped for reading until it is disposed of, in the order in which they are added.</summary>
/// <param name="pathOf">Makes an item's path absolute.</param>
internal sealed class LinkFiles(Func<ITaskItem, string> pathOf) : IDisposable
{
    private const int Group = 1;

    private readonly List<MappedFile> _maps = [];
    private readonly List<LinkInput> _inputs = [];

    public IReadOnlyList<LinkInput> Inputs => _inputs;

    /// <summary>Adds files that stand outside the group of archives.</summary>
    public void Add(LinkParty party, string library, IEnumerable<ITaskItem> files)
    {
        foreach (var file in files)
        {
            Add(party, library, pathOf(file));
        }
    }

    /// <summary>Adds archives. A library is named by its metadata, or else by the archive: <c>libm.a</c> is m.</summary>
    /// <param name="party">Who brings them; a library libc of the set is the libc's party in any case.</param>
    /// <param name="archives">The archives.</param>
    /// <param name="isWhole">Whether every member counts, and not only those that are asked for.</param>
    /// <param name="inGroup">Whether they stand in the group of archives, or behind it.</param>
    public void AddArchives(LinkParty party, IEnumerable<ITaskItem> archives, bool isWhole = false, bool inGroup = true)
    {
        foreach (var archive in archives)
        {
            string library = archive.GetMetadata("Library") is { Length: > 0 } named ? named : LibraryOf(archive.ItemSpec);
            Add(library == NamespacePolicy.LibcLibrary ? LinkParty.Libc : party, library, pathOf(archive), inGroup ? Group : 0, isWhole);
        }
    }

    /// <summary>Adds what an option list names; a file that is not there is left to the linker.</summary>
    /// <param name="options">The options.</param>
    /// <param name="folder">What relative paths start from.</param>
    public void Add(LinkerOptions options, string folder)
    {
        foreach (var (input, path) in Named(options, folder))
        {
            if (input.IsBinary)
            {
                _inputs.Add(LinkInput.OfNames(input.BinaryNames(LinkParty.Guest, LibraryOf(path)), path));
                continue;
            }

            // Not the number of the set's own group.
            Add(LinkParty.Guest, LibraryOf(path), path, input.Group == 0 ? 0 : input.Group + Group, input.IsWhole);
        }
    }

    /// <summary>The files that an option list names, as far as they are there.</summary>
    /// <param name="options">The options.</param>
    /// <param name="folder">What relative paths start from.</param>
    public static IEnumerable<(LinkerOptionInput Input, string Path)> Named(LinkerOptions options, string folder)
    {
        foreach (var input in options.Inputs)
        {
            string[] candidates = input.IsLibrary
                ? [.. options.SearchFolders.Select(f => Path.Combine(f, input.Text.StartsWith(':') ? input.Text[1..] : $"lib{input.Text}.a"))]
                : [input.Text];
            if (candidates.Select(c => Path.GetFullPath(c, folder)).FirstOrDefault(File.Exists) is { } path)
            {
                yield return (input, path);
            }
        }
    }

    public void Dispose() => _maps.ForEach(map => ((IDisposable)map).Dispose());

    private static string LibraryOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.StartsWith("lib", StringComparison.Ordinal) && name.Length > 3 ? name[3..] : name;
    }

    private void Add(LinkParty party, string library, string path, int group = 0, bool isWhole = false)
    {
        var map = MappedFile.Open(path);
        _maps.Add(map);
        _inputs.Add(new LinkInput(party, library, path, map.Memory) { Group = group, IsWhole = isWhole });
    }
}
