using Microsoft.Build.Framework;

namespace MiniosBuild.Tasks;

/// <summary>Writes what a build found into a file that the tree's owner checks in.</summary>
[MSBuildMultiThreadableTask]
public sealed class UpdateMiniosFile : MiniosTask
{
    /// <summary>What the build found.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>The checked-in file.</summary>
    [Required]
    public string CheckedIn { get; set; } = "";

    protected override void Run()
    {
        string file = PathOf(CheckedIn);
        bool changed = AtomicFile.Write(file, File.ReadAllBytes(PathOf(Source)));
        Log.LogMessage(MessageImportance.High, "{0}", changed ? $"updated {file}" : $"{file} is up to date");
    }
}
