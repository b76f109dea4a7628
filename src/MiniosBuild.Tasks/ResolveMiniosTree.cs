using Microsoft.Build.Framework;
using MiniosBuild.Policy.Names;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Trees;
using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.Tasks;

/// <summary>
/// Selects the sources of a tree that a project builds, and how they are compiled; makes the tree's include links and generated headers outside it.
/// A tree with makefiles is built as they say.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ResolveMiniosTree : MiniosTask
{
    [Required]
    public string Root { get; set; } = "";

    [Required]
    public string Arch { get; set; } = "";

    /// <summary>
    /// Candidates, with metadata Library and, optionally, Config and ByShape (they are there only because trees are like that); other metadata is
    /// handed on.
    /// </summary>
    public ITaskItem[] Sources { get; set; } = [];

    public ITaskItem[] Drivers { get; set; } = [];

    /// <summary>Switches, with metadata Value.</summary>
    public ITaskItem[] Config { get; set; } = [];

    /// <summary>Files of switches in make's form, <c>CONFIG_X = y</c>; of two that set one, the later has the say, and <see cref="Config"/> over both.</summary>
    public ITaskItem[] ConfigFiles { get; set; } = [];

    /// <summary>Whether what the tree's own makefiles say is taken into account.</summary>
    public bool UseMakefiles { get; set; } = true;

    /// <summary>Whether the tree's stub libc is built.</summary>
    public bool WithLibc { get; set; }

    /// <summary>The folder of the tree's headers.</summary>
    [Required]
    public string HeaderFolder { get; set; } = "";

    [Required]
    public string XenHeaders { get; set; } = "";

    /// <summary>The folder of the headers of the tree's libc, if it is known.</summary>
    public string? LibcHeaders { get; set; }

    /// <summary>Where include links go, and headers that the tree wants generated.</summary>
    [Required]
    public string LinkFolder { get; set; } = "";

    /// <summary>The file that keeps what the tree's makefiles say from build to build.</summary>
    [Required]
    public string Record { get; set; } = "";

    /// <summary>The sys/queue.h for a tree that has its list.h made of one that it does not bring, or whose libc is missing.</summary>
    public string? QueueHeader { get; set; }

    /// <summary>What the generated list.h puts before the names of BSD's: <c>minios</c> gives MINIOS_LIST_HEAD. Left out, what the tree's makefiles say, or that.</summary>
    public string? ListPrefix { get; set; }

    /// <summary>The source of the entry object, which must be there; left out, the one that the tree's makefiles name, or the usual one.</summary>
    public string? EntrySource { get; set; }

    /// <summary>Where a tree without makefiles has the source of the entry object; left out, none is needed.</summary>
    public string? UsualEntrySource { get; set; }

    /// <summary>The linker script's source; left out, the one that the tree's makefiles name.</summary>
    public string? LinkerScript { get; set; }

    /// <summary>Options of the architecture.</summary>
    public string[] ArchOptions { get; set; } = [];

    /// <summary>Options of every source; left out, what the tree's makefiles say, or <see cref="UsualOptions"/>.</summary>
    public string[] GivenOptions { get; set; } = [];

    /// <summary>Options of every source of a tree without makefiles.</summary>
    public string[] UsualOptions { get; set; } = [];

    /// <summary>What a tree without makefiles gets of -fcommon and -fno-common.</summary>
    public string? CommonOption { get; set; }

    /// <summary>Whether tentative definitions are common symbols: true, false, or empty to judge by the tree's age.</summary>
    public string? Common { get; set; }

    /// <summary>The sources to build, with metadata Library.</summary>
    [Output]
    public ITaskItem[] SelectedSources { get; set; } = [];

    [Output]
    public string[] Libraries { get; set; } = [];

    /// <summary>The source of the entry object.</summary>
    [Output]
    public string EntrySourceFile { get; set; } = "";

    /// <summary>The source of the linker script; empty if neither the project nor a makefile names it.</summary>
    [Output]
    public string LinkerScriptFile { get; set; } = "";

    /// <summary>Definitions for whoever compiles against the tree's headers.</summary>
    [Output]
    public string[] Defines { get; set; } = [];

    [Output]
    public string[] IncludeFolders { get; set; } = [];

    /// <summary>Options of every source of the tree.</summary>
    [Output]
    public string[] Options { get; set; } = [];

    /// <summary>Options of the image's link.</summary>
    [Output]
    public string[] LinkerOptions { get; set; } = [];

    /// <summary>The value of __XEN_INTERFACE_VERSION__ that the tree's makefiles give; empty if they give none.</summary>
    [Output]
    public string XenInterfaceVersion { get; set; } = "";

    /// <summary>Folders of a tree that is built as its makefiles say: its warnings are given once, and it may use the machine's headers.</summary>
    [Output]
    public string[] ForeignTree { get; set; } = [];

    /// <summary>The switches and their values, <c>NAME=VALUE</c>.</summary>
    [Output]
    public string[] Switches { get; set; } = [];

    /// <summary>Public headers that the tree has no file of.</summary>
    [Output]
    public string[] GeneratedHeaders { get; set; } = [];

    /// <summary>Folders of C headers that the tree's makefiles name and that are not the tree's own, where they want no other headers.</summary>
    [Output]
    public string[] OutsideFolders { get; set; } = [];

    /// <summary>The folder in which xen/xen.h is found.</summary>
    [Output]
    public string XenIncludeFolder { get; set; } = "";

    protected override void Run()
    {
        string root = PathOf(Root);
        var architecture = Architecture.Named(Arch);
        var files = ConfigFiles.Select(f => ReadFile(PathOf(f), architecture)).ToList();
        List<(string Name, string Value)> config = [.. files.SelectMany(f => f.Switches).Select(s => (s.Name, s.Value)), .. ConfigItems()];
        string[] drivers = [.. Drivers.Select(d => d.ItemSpec)];
        var variables = files.SelectMany(f => f.Variables).Select(v => (v.Name, v.Value));
        var recipe = UseMakefiles ? TreeRecipe.Read(root, architecture.Family, architecture.Name, [.. variables, .. TreeSelector.Settings(files.SelectMany(f => f.Switches).Select(s => (s.Name, s.Value)), drivers, ConfigItems())], PathOf(Record)) : null;
        var selection = TreeSelector.Select(new TreeRequest(
            root,
            [.. Sources.Select(s => new TreeSource(PathOf(s), s.GetMetadata("Library"), s.GetMetadata("Config").Split(';', StringSplitOptions.RemoveEmptyEntries), s.GetMetadata("ByShape") == "true"))],
            drivers,
            config,
            WithLibc,
            recipe));
        EntrySourceFile = (Given(EntrySource) ?? recipe?.EntrySource ?? Given(UsualEntrySource)) is { } entry ? PathOf(entry) : "";
        if (EntrySourceFile.Length > 0 && !File.Exists(EntrySourceFile))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NoEntryObject,
                $"the entry source {EntrySourceFile} does not exist; a tree has it as arch/{architecture.Family}/{architecture.Name}.S. Name another with the property MiniosEntrySource",
                EntrySourceFile));
        }

        LinkerScriptFile = Given(LinkerScript) ?? recipe?.LinkerScript ?? "";
        string headers = PathOf(HeaderFolder);
        var links = TreeLinks.Make(architecture.Family, architecture.Name, PathOf(XenHeaders), PathOf(LinkFolder), headers, recipe?.IncludeFolders, root);
        var candidates = Sources.DistinctBy(PathOf).ToDictionary(PathOf);
        SelectedSources = [.. selection.Sources.Where(s => s.Path != EntrySourceFile).Select(s => Selected(s, candidates.GetValueOrDefault(s.Path)))];
        Libraries = [.. selection.Libraries];
        TakeDefines(selection.Defines);
        Switches = [.. selection.Switches.Select(s => $"{s.Key}={s.Value}")];
        IncludeFolders = [.. links.IncludeFolders];
        string generated = Path.Combine(PathOf(LinkFolder), "generated");
        if (GeneratedListHeader.Make(headers, generated, UsualQueueHeader(recipe), source => Renaming.Headers.QueueHeader.Prefix(source, MacroPrefix(recipe))) is { } list)
        {
            // Seen as <mini-os/list.h> and as <list.h>, like any other header of the tree.
            GeneratedHeaders = [list];
            IncludeFolders = [.. IncludeFolders, generated, Path.GetDirectoryName(list)!];
        }

        XenIncludeFolder = links.XenParent;
        TakeOptions(recipe, root, headers);
        WarnOfWhatIsNotThere(recipe);
        WarnOfUnknown(config, recipe, selection, root);
        if (recipe is not null)
        {
            ForeignTree = [root, headers, generated];
            Log.LogMessage(MessageImportance.High, "{0}", $"{root}: {string.Join(' ', Switches)}");
        }
    }

    // Older makefiles make it of a header of Xen's own tree, in which they expect to lie.
    private string? UsualQueueHeader(TreeRecipe? recipe) =>
        recipe is not null && Given(QueueHeader) is { } header && GeneratedListHeader.IsMadeBy(recipe.Files) ? PathOf(header) : null;

    private static ConfigFile ReadFile(string file, Architecture architecture) => File.Exists(file) ? ConfigFile.Read(file) : throw new DiagnosticException(Diagnostic.Error(
        ToolchainCodes.NoConfigurationFile, $"MiniosConfigFile names {file}, and there is no such file; a tree has some in arch/{architecture.Family}/testbuild", file));

    private IEnumerable<(string Name, string Value)> ConfigItems() => Config.Select(c => (c.ItemSpec, c.GetMetadata("Value")));

    // What the framework defines for every tree is not the recipe's.
    private void TakeDefines(IReadOnlyList<string> defines)
    {
        const string version = "__XEN_INTERFACE_VERSION__=";
        XenInterfaceVersion = defines.LastOrDefault(d => d.StartsWith(version, StringComparison.Ordinal))?[version.Length..] ?? "";
        Defines = [.. defines.Where(d => d is not ("__MINIOS__" or "__INSIDE_MINIOS__") && !d.StartsWith(version, StringComparison.Ordinal)).Distinct()];
    }

    private void TakeOptions(TreeRecipe? recipe, string root, string headers)
    {
        if (GivenOptions.Length > 0 || recipe is null)
        {
            Options = [.. ArchOptions, .. Given(CommonOption) is { } option ? [option] : Array.Empty<string>(), .. GivenOptions.Length > 0 ? GivenOptions : UsualOptions];
            return;
        }

        var missing = recipe.NoStandardIncludes && string.IsNullOrEmpty(LibcHeaders) ? recipe.IncludeFolders.Where(f => !Directory.Exists(f) && !IsBelow(f, root)).ToList() : [];
        if (missing.Count > 0)
        {
            Report(new Diagnostic(
                ToolchainCodes.IncludeFolderMissing, DiagnosticSeverity.Message,
                $"the tree's makefiles want only headers of {string.Join(", ", missing)}, and there is no such folder; headers of this machine are taken instead", root));
            if (Given(QueueHeader) is { } queue)
            {
                // BSD's has more in it than this machine's.
                IncludeFolders = [.. IncludeFolders, Path.GetDirectoryName(Path.GetDirectoryName(PathOf(queue)))!];
            }
        }
        else if (recipe.NoStandardIncludes)
        {
            OutsideFolders = [.. recipe.IncludeFolders.Where(f => Directory.Exists(f) && !IsBelow(f, root) && !IsBelow(f, headers)).Distinct()];
        }

        bool common = string.IsNullOrEmpty(Common) ? TreeOptions.IsOfCommonAge(recipe) : Common == "true";
        Options = [.. TreeOptions.Compiler(recipe, ArchOptions, common, recipe.NoStandardIncludes && missing.Count == 0)];
        LinkerOptions = [.. TreeOptions.Linker(recipe)];
    }

    // Not an error: a tree that is part of another one is built without it all the same.
    private void WarnOfWhatIsNotThere(TreeRecipe? recipe)
    {
        foreach (var note in recipe?.Notes.Where(n => n.Kind is MakefileNoteKind.MissingInclude or MakefileNoteKind.Error) ?? [])
        {
            string what = note.Kind == MakefileNoteKind.Error ? $"it says '{note.Text}'" : $"it includes {note.Text}, and there is no such file; what that sets is not set";
            Report(Diagnostic.Warning(ToolchainCodes.MakefileSyntax, "make would stop at this makefile: " + what, note.Position.File, note.Position.Line));
        }
    }

    // Not an error: a source of the guest's own may ask for it.
    private void WarnOfUnknown(IEnumerable<(string Name, string Value)> config, TreeRecipe? recipe, TreeSelection selection, string root)
    {
        var known = (recipe?.Switches.Select(s => s.Name) ?? [])
            .Concat(Sources.SelectMany(s => s.GetMetadata("Config").Split(';', StringSplitOptions.RemoveEmptyEntries)))
            .Concat(Sources.Select(s => s.GetMetadata("Library").ToUpperInvariant())).Concat(selection.Switches.Keys.Except(config.Select(c => c.Name)))
            .Where(n => n is not ("CORE" or "LIBC" or "")).ToHashSet(StringComparer.Ordinal);
        var unknown = config.Select(c => c.Name).Distinct().Where(n => !known.Contains(n)).ToList();
        if (unknown.Count == 0)
        {
            return;
        }

        var mentioned = SwitchMentions.In([root, PathOf(HeaderFolder)]);
        foreach (string name in unknown.Where(n => !mentioned.Contains(n)))
        {
            string? near = NearestName.Find(name, known.Concat(mentioned).Order(StringComparer.Ordinal));
            Report(Diagnostic.Warning(
                ToolchainCodes.UnknownSwitch,
                $"MiniosConfig '{name}' is no switch of the tree {root}: nothing in it asks for CONFIG_{name}{(near is null ? "" : $"; did you mean {near}?")}",
                root));
        }
    }

    private static bool IsBelow(string path, string folder) => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private string MacroPrefix(TreeRecipe? recipe)
    {
        string prefix = Given(ListPrefix) ?? GeneratedListHeader.PrefixOf(recipe?.Files ?? []);
        return prefix.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(prefix[0]) ? prefix.ToUpperInvariant() + "_" : throw new DiagnosticException(Diagnostic.Error(
            TaskCodes.NoListPrefix, $"'{prefix}' cannot begin the names of the generated list.h: expected a C identifier such as minios", PathOf(Root)));
    }

    private static ITaskItem Selected(TreeSource source, ITaskItem? candidate)
    {
        var item = candidate is null ? ItemOf(source.Path) : ItemOf(source.Path, candidate);
        item.SetMetadata("Library", source.Library);
        return item;
    }
}
