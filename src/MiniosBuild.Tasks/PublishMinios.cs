using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Copies what was built and validated to the output folder, and takes away what an earlier build left there.</summary>
[MSBuildMultiThreadableTask]
public sealed class PublishMinios : MiniosTask
{
    /// <summary>The files, with metadata PublishedPath: the path below the output folder.</summary>
    [Required]
    public ITaskItem[] Files { get; set; } = [];

    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The list of the files that the last build published, a path a line.</summary>
    [Required]
    public string Manifest { get; set; } = "";

    [Output]
    public string[] Outputs { get; set; } = [];

    protected override void Run()
    {
        string folder = Path.TrimEndingDirectorySeparator(PathOf(OutputFolder)), manifest = PathOf(Manifest);
        Outputs = [.. Files.Select(f => Path.Combine(folder, f.GetMetadata("PublishedPath")))];
        int changed = 0;
        for (int i = 0; i < Files.Length; i++)
        {
            changed += AtomicFile.Copy(PathOf(Files[i]), Outputs[i]) ? 1 : 0;
        }

        if (File.Exists(manifest))
        {
            foreach (string stale in File.ReadAllLines(manifest).Except(Outputs).Where(s => s.StartsWith(folder + "/", StringComparison.Ordinal)))
            {
                File.Delete(stale);
            }
        }

        Say(changed == 0 ? $"all {Files.Length} published files are up to date" : $"published {changed} of {Files.Length} files");
    }
}
