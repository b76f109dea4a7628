using Microsoft.Build.Framework;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.ObjectFormats;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>The files of a link, mapped for reading until it is disposed of, in the order in which they are added.</summary>
/// <param name="pathOf">Makes an item's path absolute.</param>
/// <param name="folder">Where the linker runs: what relative paths in options and scripts start from.</param>
internal sealed class LinkFiles(Func<ITaskItem, string> pathOf, string folder) : IDisposable
{
    private const int Group = 1;

    private readonly Dictionary<string, MappedFile> _maps = new(StringComparer.Ordinal);
    private readonly List<LinkInput> _inputs = [];
    private readonly List<string> _others = [];

    public IReadOnlyList<LinkInput> Inputs => _inputs;

    /// <summary>The files that no item names: those of options, and those that linker scripts lead to once these were followed.</summary>
    public IEnumerable<string> Others => _others.Distinct(StringComparer.Ordinal);

    /// <summary>The first file among the options that is not there, as the option has it; null for none.</summary>
    public string? Absent { get; private set; }

    /// <summary>Reads options as the linker gets them, with those of response files, which become others of the link.</summary>
    public LinkerOptions Options(IReadOnlyList<string> words)
    {
        var (options, files) = ResponseFiles.Expand(words, folder);
        _others.AddRange(files);
        // Guests are linked with it.
        return LinkerOptions.Parse(["-nostdlib", .. options]);
    }

    /// <summary>Goes where linker scripts lead, so that <see cref="Others"/> has all files.</summary>
    public void Follow(LinkerOptions options) => LinkLine.Follow(_inputs, new LinkSettings { Options = options, Files = Find });

    /// <summary>The file of a path that a linker script has; null when it is not there.</summary>
    public LinkFile? Find(string path)
    {
        string full = Path.GetFullPath(path, folder);
        if (!File.Exists(full))
        {
            return null;
        }

        _others.Add(full);
        return new LinkFile(full, Open(full));
    }

    /// <summary>Adds the linker script.</summary>
    public void AddScript(string path) => _inputs.Add(new LinkInput(LinkParty.Framework, "script", path, Open(path)) { IsScript = true });

    /// <summary>Adds files that stand outside the group of archives.</summary>
    public void Add(LinkParty party, string library, IEnumerable<ITaskItem> files, LinkOrigin origin = LinkOrigin.Here)
    {
        foreach (var file in files)
        {
            Add(party, library, pathOf(file), origin: origin);
        }
    }

    /// <summary>Adds archives. A library is named by its metadata, or else by the archive: <c>libm.a</c> is m.</summary>
    /// <param name="party">Who brings them; a library libc of the set is the libc's party in any case.</param>
    /// <param name="archives">The archives.</param>
    /// <param name="isWhole">Whether every member counts, and not only those that are asked for.</param>
    /// <param name="inGroup">Whether they stand in the group of archives, or behind it.</param>
    /// <param name="origin">Where they were compiled.</param>
    public void AddArchives(LinkParty party, IEnumerable<ITaskItem> archives, bool isWhole = false, bool inGroup = true, LinkOrigin origin = LinkOrigin.Here)
    {
        foreach (var archive in archives)
        {
            string library = archive.GetMetadata("Library") is { Length: > 0 } named ? named : LinkInput.LibraryOf(archive.ItemSpec);
            Add(library == NamespacePolicy.LibcLibrary ? LinkParty.Libc : party, library, pathOf(archive), inGroup ? Group : 0, isWhole, origin);
        }
    }

    /// <summary>Adds what an option list names; a file that is not there is left to the linker.</summary>
    public void Add(LinkerOptions options)
    {
        foreach (var input in options.Inputs)
        {
            string name = !input.IsLibrary ? input.Text : input.Text.StartsWith(':') ? input.Text[1..] : $"lib{input.Text}.a";
            bool isSearched = input.IsLibrary || input.IsScript;
            if (Found(name, isSearched ? options.SearchFolders : [], isHere: !input.IsLibrary) is { } path)
            {
                _others.Add(path);
                Add(input, path);
            }
            else if (!(input.IsSymbolsOnly && Directory.Exists(Path.GetFullPath(input.Text, folder))))
            {
                Absent ??= input.IsLibrary ? "-l" + input.Text : input.Text;
            }
        }

        _others.AddRange(options.Files.Select(f => Found(f.Text, f.IsSearched ? options.SearchFolders : [], isHere: true)).OfType<string>());
    }

    public void Dispose()
    {
        foreach (IDisposable map in _maps.Values)
        {
            map.Dispose();
        }
    }

    private string? Found(string name, IEnumerable<string> folders, bool isHere) =>
        folders.Select(f => Path.Combine(f, name)).Prepend(isHere ? name : null).OfType<string>().Select(c => Path.GetFullPath(c, folder)).FirstOrDefault(File.Exists);

    private void Add(LinkerOptionInput input, string path)
    {
        // Not the number of the set's own group.
        int group = input.Group == 0 ? 0 : input.Group + Group;
        string library = LinkInput.LibraryOf(path);
        _inputs.Add(input.IsBinary
            ? LinkInput.OfNames(input.BinaryNames(LinkParty.Guest, library), path)
            : new LinkInput(LinkParty.Guest, library, path, Open(path)) { Group = group, IsWhole = input.IsWhole, IsScript = input.IsScript, IsSymbolsOnly = input.IsSymbolsOnly, Origin = LinkOrigin.Elsewhere });
    }

    private void Add(LinkParty party, string library, string path, int group = 0, bool isWhole = false, LinkOrigin origin = LinkOrigin.Here) =>
        _inputs.Add(new LinkInput(party, library, path, Open(path)) { Group = group, IsWhole = isWhole, Origin = origin });

    private ReadOnlyMemory<byte> Open(string path)
    {
        if (!_maps.TryGetValue(path, out var map))
        {
            _maps.Add(path, map = MappedFile.Open(path));
        }

        return map.Memory;
    }
}
