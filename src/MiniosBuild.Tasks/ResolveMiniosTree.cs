using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>Selects the sources of a tree that a project builds, and makes its include links and generated headers outside it.</summary>
[MSBuildMultiThreadableTask]
public sealed class ResolveMiniosTree : MiniosTask
{
    [Required]
    public string Root { get; set; } = "";

    [Required]
    public string Arch { get; set; } = "";

    /// <summary>Candidates, with metadata Library and, optionally, Config; other metadata is handed on.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    public ITaskItem[] Drivers { get; set; } = [];

    /// <summary>Switches, with metadata Value.</summary>
    public ITaskItem[] Config { get; set; } = [];

    /// <summary>Whether the tree's stub libc is built.</summary>
    public bool WithLibc { get; set; }

    [Required]
    public string XenHeaders { get; set; } = "";

    /// <summary>Where include links go, and headers that the tree wants generated.</summary>
    [Required]
    public string LinkFolder { get; set; } = "";

    /// <summary>What the generated list.h puts before the names of BSD's, as the tree's own makefile says it: <c>minios</c> gives MINIOS_LIST_HEAD.</summary>
    public string ListPrefix { get; set; } = "minios";

    /// <summary>The source of the entry object, which must be there; left out, none is needed.</summary>
    public string? EntrySource { get; set; }

    /// <summary>The sources to build, with metadata Library.</summary>
    [Output]
    public ITaskItem[] SelectedSources { get; set; } = [];

    [Output]
    public string[] Libraries { get; set; } = [];

    [Output]
    public string[] Defines { get; set; } = [];

    [Output]
    public string[] IncludeFolders { get; set; } = [];

    /// <summary>Public headers that the tree has no file of.</summary>
    [Output]
    public string[] GeneratedHeaders { get; set; } = [];

    /// <summary>The folder in which xen/xen.h is found.</summary>
    [Output]
    public string XenIncludeFolder { get; set; } = "";

    protected override void Run()
    {
        string root = PathOf(Root);
        var architecture = Architecture.Named(Arch);
        var selection = TreeSelector.Select(new TreeRequest(
            root,
            [.. Sources.Select(s => new TreeSource(PathOf(s), s.GetMetadata("Library"), s.GetMetadata("Config").Split(';', StringSplitOptions.RemoveEmptyEntries)))],
            [.. Drivers.Select(d => d.ItemSpec)],
            [.. Config.Select(c => (c.ItemSpec, c.GetMetadata("Value")))],
            WithLibc));
        if (!string.IsNullOrEmpty(EntrySource) && !File.Exists(PathOf(EntrySource)))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NoEntryObject,
                $"the entry source {PathOf(EntrySource)} does not exist; a tree has it as arch/{architecture.Family}/{architecture.Name}.S. Name another with the property MiniosEntrySource",
                PathOf(EntrySource)));
        }

        var links = TreeLinks.Make(root, architecture.Family, architecture.Name, PathOf(XenHeaders), PathOf(LinkFolder));
        var candidates = Sources.DistinctBy(PathOf).ToDictionary(PathOf);
        SelectedSources = [.. selection.Sources.Select(s => Selected(s, candidates.GetValueOrDefault(s.Path)))];
        Libraries = [.. selection.Libraries];
        Defines = [.. selection.Defines];
        IncludeFolders = [.. links.IncludeFolders];
        string generated = Path.Combine(PathOf(LinkFolder), "generated");
        if (GeneratedListHeader.Make(root, generated, source => QueueHeader.Prefix(source, MacroPrefix())) is { } list)
        {
            // Seen as <mini-os/list.h> and as <list.h>, like any other header of the tree.
            GeneratedHeaders = [list];
            IncludeFolders = [.. IncludeFolders, generated, Path.GetDirectoryName(list)!];
        }

        XenIncludeFolder = links.XenParent;
    }

    private string MacroPrefix() => Regex.IsMatch(ListPrefix, @"\A[A-Za-z_]\w*\z", RegexOptions.ECMAScript) ? ListPrefix.ToUpperInvariant() + "_" : throw new DiagnosticException(Diagnostic.Error(
        TaskCodes.NoListPrefix, $"'{ListPrefix}' cannot begin the names of the generated list.h: expected a C identifier such as minios", PathOf(Root)));

    private static ITaskItem Selected(TreeSource source, ITaskItem? candidate)
    {
        var item = candidate is null ? ItemOf(source.Path) : ItemOf(source.Path, candidate);
        item.SetMetadata("Library", source.Library);
        return item;
    }
}
