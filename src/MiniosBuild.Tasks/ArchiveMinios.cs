using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Archiving;

namespace MiniosBuild.Tasks;

/// <summary>Makes one deterministic archive for each library.</summary>
[MSBuildMultiThreadableTask]
public sealed class ArchiveMinios : MiniosTask
{
    /// <summary>Objects, with metadata Library.</summary>
    [Required]
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>The libraries that must get an archive; one without objects is an error.</summary>
    [Required]
    public string[] Libraries { get; set; } = [];

    [Required]
    public string ArchiveFolder { get; set; } = "";

    /// <summary>Where the steps' records go.</summary>
    [Required]
    public string RecordFolder { get; set; } = "";

    /// <summary>The archives, in the order of the libraries, with metadata Library.</summary>
    [Output]
    public ITaskItem[] Archives { get; set; } = [];

    protected override void Run()
    {
        var archiver = new Archiver(TaskIdentity.Of<ArchiveMinios>());
        var archives = new List<ITaskItem>();
        foreach (string library in Libraries)
        {
            string[] objects = PathsOf(Objects.Where(o => o.GetMetadata("Library") == library));
            string name = $"libminios-{library}.a";
            if (objects.Length == 0)
            {
                throw new DiagnosticException(Diagnostic.Error(ToolchainCodes.EmptyLibrary, $"the library {library} has no objects; {name} would be empty"));
            }

            string archive = Path.Combine(PathOf(ArchiveFolder), name);
            string? reason = archiver.Make(archive, objects, Path.Combine(PathOf(RecordFolder), name + ".step"), Cancellation);
            if (reason is not null)
            {
                Say($"{name}: {reason}");
            }

            archives.Add(ItemOf(archive, ("Library", library)));
        }

        Archives = [.. archives];
    }
}
