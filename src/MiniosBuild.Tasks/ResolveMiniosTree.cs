using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
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

    /// <summary>Candidates, with metadata Library and, optionally, Config and what CompileMinios reads.</summary>
    public ITaskItem[] Sources { get; set; } = [];

    public ITaskItem[] Drivers { get; set; } = [];

    /// <summary>Switches, with metadata Value.</summary>
    public ITaskItem[] Config { get; set; } = [];

    /// <summary>Whether the tree's stub libc is built.</summary>
    public bool WithLibc { get; set; }

    [Required]
    public string XenHeaders { get; set; } = "";

    /// <summary>Where include links go.</summary>
    [Required]
    public string LinkFolder { get; set; } = "";

    /// <summary>Where headers go that the tree wants generated.</summary>
    [Required]
    public string GeneratedFolder { get; set; } = "";

    /// <summary>The source of the entry object.</summary>
    [Required]
    public string EntrySource { get; set; } = "";

    /// <summary>The sources to build, with metadata Library and all that they came with.</summary>
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
        string entry = PathOf(EntrySource);
        if (!File.Exists(entry))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NoEntryObject,
                $"the entry source {entry} does not exist; a tree has it as arch/{architecture.Family}/{architecture.Name}.S. Name another with the property MiniosEntrySource",
                entry));
        }

        var links = TreeLinks.Make(root, architecture.Family, architecture.Name, PathOf(XenHeaders), PathOf(LinkFolder));
        SelectedSources = [.. selection.Sources.Select(Item)];
        Libraries = [.. selection.Libraries];
        Defines = [.. selection.Defines];
        IncludeFolders = [.. links.IncludeFolders];
        if (GeneratedListHeader.Make(root, PathOf(GeneratedFolder), source => QueueHeader.Prefix(source, "MINIOS_")) is { } list)
        {
            // Seen as <mini-os/list.h> and as <list.h>, like any other header of the tree.
            GeneratedHeaders = [list];
            IncludeFolders = [.. IncludeFolders, PathOf(GeneratedFolder), Path.GetDirectoryName(list)!];
        }

        XenIncludeFolder = links.XenParent;
    }

    // With the metadata that the project gave it, such as AdditionalOptions.
    private ITaskItem Item(TreeSource source)
    {
        var given = Sources.FirstOrDefault(s => PathOf(s) == source.Path);
        var item = given is null ? new TaskItem() : new TaskItem(given);
        item.ItemSpec = source.Path;
        item.SetMetadata("Library", source.Library);
        return item;
    }
}
