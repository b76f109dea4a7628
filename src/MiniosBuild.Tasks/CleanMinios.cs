using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Deletes what builds of a project put into output folders.</summary>
[MSBuildMultiThreadableTask]
public sealed class CleanMinios : MiniosTask
{
    /// <summary>The list that the builds kept.</summary>
    [Required]
    public string OutputList { get; set; } = "";

    [Required]
    public string OutputFolder { get; set; } = "";

    protected override void Run() => new OutputList(PathOf(OutputList), PathOf(OutputFolder)).DeleteAll();
}
