using Microsoft.Build.Framework;
using MiniosBuild.ObjectFormats;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Makes one definition of the common symbols of each name, over all objects of the set; the objects that change are written anew.</summary>
[MSBuildMultiThreadableTask]
public sealed class AllocateMiniosCommons : MiniosTask
{
    /// <summary>False leaves all objects as they are.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>All objects of the set, with metadata Library.</summary>
    [Required]
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>The folder that the objects are in; their paths in it are kept.</summary>
    [Required]
    public string ObjectFolder { get; set; } = "";

    /// <summary>The folder of those that change.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>Folders and their names in objects, <c>FOLDER=NAME</c>: warnings are given at the real sources.</summary>
    public string[] PathMap { get; set; } = [];

    /// <summary>Remembers what was done.</summary>
    [Required]
    public string List { get; set; } = "";

    /// <summary>The objects in their order, with their metadata; those that changed in the output folder.</summary>
    [Output]
    public ITaskItem[] AllocatedObjects { get; set; } = [];

    /// <summary>The names that several objects had, or a header.</summary>
    [Output]
    public string[] TentativeNames { get; set; } = [];

    protected override void Run()
    {
        AllocatedObjects = Objects;
        if (!Enabled)
        {
            return;
        }

        string list = PathOf(List), record = list + ".step", from = PathOf(ObjectFolder), to = PathOf(OutputFolder);
        string[] objects = PathsOf(Objects);
        string[] outputs = [.. objects.Select(o => Path.Combine(to, Path.GetRelativePath(from, o)))];
        string fingerprint = Fingerprint.Of(
            [TaskIdentity.Of<AllocateMiniosCommons>(), list, .. outputs, .. Objects.Select(o => o.GetMetadata("Library")), .. objects, "paths", .. PathMap]);
        RunStep("common symbols", record, fingerprint, () => Allocate(objects, outputs, list));
        if (Log.HasLoggedErrors)
        {
            return;
        }

        var allocated = AllocatedCommons.Load(list);
        TentativeNames = [.. allocated.Tentative];
        var changed = allocated.Objects.ToHashSet(StringComparer.Ordinal);
        AllocatedObjects = [.. Objects.Select((o, i) => changed.Contains(outputs[i]) ? ItemOf(outputs[i], o) : o)];
    }

    private StepResult Allocate(string[] objects, string[] outputs, string list)
    {
        var maps = objects.Select(MappedFile.Open).ToList();
        try
        {
            var inputs = Objects.Select((o, i) => new CensusInput(o.GetMetadata("Library"), objects[i], maps[i].Memory)).ToList();
            var allocation = CommonAllocation.Of(inputs, [.. PathMapEntries.Parse(PathMap, PathOf).Select(e => (e.Name, e.Folder))]);
            var real = new RealPath();
            Diagnostic[] diagnostics = [.. allocation.Diagnostics.Select(real.Of)];
            Report(diagnostics);
            int[] changed = [.. Enumerable.Range(0, objects.Length).Where(allocation.Changes)];
            foreach (int i in changed)
            {
                AtomicFile.Write(outputs[i], allocation.Data(i).Span);
            }

            new AllocatedCommons([.. allocation.Tentative], [.. changed.Select(i => outputs[i])]).Save(list);
            Say($"{allocation.Names.Count} names of common symbols have a place now; {changed.Length} of {objects.Length} objects changed");
            return new StepResult(objects, [list, .. changed.Select(i => outputs[i])], diagnostics);
        }
        finally
        {
            maps.ForEach(m => ((IDisposable)m).Dispose());
        }
    }
}
