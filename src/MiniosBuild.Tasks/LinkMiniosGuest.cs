using Microsoft.Build.Framework;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Linking;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.Tasks;

/// <summary>Links a guest: the ELF image, its map, its compressed form and an xl configuration.</summary>
[MSBuildMultiThreadableTask]
public sealed class LinkMiniosGuest : MiniosTask
{
    [Required]
    public string Linker { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    [Required]
    public string Emulation { get; set; } = "";

    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>The archives of the set, where they are not all in the entry object, of the guest and of the libc.</summary>
    public ITaskItem[] Archives { get; set; } = [];

    /// <summary>Those of the objects and archives that were adopted.</summary>
    public ITaskItem[] Adopted { get; set; } = [];

    /// <summary>The compiler's run-time libraries, linked behind everything else.</summary>
    public ITaskItem[] CompilerLibraries { get; set; } = [];

    /// <summary>The entry object; exactly one.</summary>
    public ITaskItem[] EntryObjects { get; set; } = [];

    [Required]
    public string Script { get; set; } = "";

    public string? AdditionalOptions { get; set; }

    public string[] PathMap { get; set; } = [];

    /// <summary>The image; NAME.gz, NAME.map and NAME.cfg are made beside it.</summary>
    [Required]
    public string Image { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    [Required]
    public int MemoryMiB { get; set; }

    public string CommandLine { get; set; } = "";

    /// <summary>More lines of the xl configuration.</summary>
    public string[] XlLines { get; set; } = [];

    /// <summary>The table of old and new names: errors of old names tell the new ones.</summary>
    public string? Names { get; set; }

    /// <summary>The list of what this project's builds made, see <see cref="Toolchain.Files.OutputList"/>.</summary>
    [Required]
    public string OutputList { get; set; } = "";

    /// <summary>What was made, as absolute paths.</summary>
    [Output]
    public string[] Outputs { get; set; } = [];

    protected override void Run()
    {
        if (EntryObjects.Length != 1)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.NoEntryObject,
                $"the tree has {EntryObjects.Length} entry sources, arch/FAMILY/ARCH.S; exactly one is needed. Name it with the property MiniosEntrySource"));
        }

        if (Objects.Length == 0)
        {
            Report(Diagnostic.Error(
                ToolchainCodes.NoSources, "the guest has no sources: add a .c file with a function app_main beside the project file, or ClCompile items"));
            return;
        }

        string image = PathOf(Image);
        string name = Path.GetFileName(image);
        var options = OptionList.Split(AdditionalOptions);
        var link = new GuestLink(
            image, image + ".map", PathOf(Script), PathOf(EntryObjects[0]), PathsOf(Objects), PathsOf(Archives),
            PathsOf(CompilerLibraries), Emulation, options, OtherFiles(options), PathOf(Record));
        string[] outputs = [image, link.Map, image + ".gz", image + ".cfg"];
        var list = new OutputList(PathOf(OutputList), Path.GetDirectoryName(image)!);
        list.Add(outputs);
        var spellings = new NewSpellings(string.IsNullOrEmpty(Names) ? null : PathOf(Names));
        HashSet<string> known = [.. link.Objects, .. PathsOf(Adopted)];
        var (reason, succeeded, diagnostics) = new GuestLinker(NewToolRunner(), Linker, Identity, ProjectFolder)
            .Link(link, new PathMap(PathMapEntries.Parse(PathMap, PathOf)), (undefined, place) => spellings.ForLink(undefined, Elsewhere(place)), Cancellation);
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }

        // "archive(member)", or an object; the linker gives paths as it got them.
        string? Elsewhere(string place)
        {
            int member = place.EndsWith(')') ? place.LastIndexOf('(') : -1;
            string file = member < 0 ? place : place[..member];
            return file.Length == 0 || known.Contains(Path.GetFullPath(file, ProjectFolder)) ? null : file;
        }

        if (succeeded)
        {
            Say(reason is null ? $"{name} is up to date" : $"{name}: {reason}");
            AtomicFile.Write(image + ".cfg", new XlConfiguration(name, name + ".gz", GuestImage.TypeOf(image), MemoryMiB, CommandLine, XlLines).Text());
            list.KeepOnly(outputs);
            Outputs = outputs;
        }
    }

    /// <summary>What the linker reads and no parameter names: files of options, and those that linker scripts among the files lead to.</summary>
    private string[] OtherFiles(IReadOnlyList<string> words)
    {
        using var files = new LinkFiles(PathOf, ProjectFolder);
        var options = files.Options(words);
        files.Add(options);
        if (File.Exists(PathOf(Script)))
        {
            files.AddScript(PathOf(Script));
        }

        // One that is missing is for the linker to tell.
        files.AddArchives(LinkParty.Guest, Archives.Where(a => File.Exists(PathOf(a))));
        files.Follow(options);
        return [.. files.Others];
    }
}
