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

    /// <summary>The list of what this project's builds made, see <see cref="Toolchain.Files.OutputList"/>.</summary>
    [Required]
    public string OutputList { get; set; } = "";

    /// <summary>What was made, as absolute paths.</summary>
    [Output]
    public string[] Outputs { get; set; } = [];

    protected override void Run()
    {
        string folder = PathOf(OutputFolder);
        string[] outputs = [.. Files.Select(f => Path.Combine(folder, f.GetMetadata("PublishedPath")))];
        RequireOwnPlaces();
        var list = new OutputList(PathOf(OutputList), folder);
        list.Add(outputs);
        int changed = 0;
        for (int i = 0; i < Files.Length; i++)
        {
            changed += AtomicFile.Copy(PathOf(Files[i]), outputs[i]) ? 1 : 0;
        }

        list.KeepOnly(outputs);
        Outputs = outputs;
        Say(changed == 0 ? $"all {Files.Length} published files are up to date" : $"published {changed} of {Files.Length} files");
    }

    // Only a libc's provider brings archives that nobody here named.
    private void RequireOwnPlaces()
    {
        var same = Files.GroupBy(f => f.GetMetadata("PublishedPath")).FirstOrDefault(g => g.Select(PathOf).Distinct().Count() > 1);
        if (same is not null)
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.UnfitProvider, $"{string.Join(" and ", same.Select(PathOf).Distinct())} would both be published as {same.Key}; rename one of them", PathOf(same.First())));
        }
    }
}
