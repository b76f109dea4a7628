using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Caching;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Libc;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tasks;

/// <summary>Gives a newlib for guests: one that the user names, or one that is built from source once for the machine.</summary>
[MSBuildMultiThreadableTask]
public sealed class BuildMiniosNewlib : MiniosTask
{
    /// <summary>The folder of a newlib that is built already, with include/ and lib/; nothing is built then.</summary>
    public string? Prebuilt { get; set; }

    /// <summary>The source archive; empty for the newest in <see cref="SourceFolder"/>.</summary>
    public string? Source { get; set; }

    public string SourceFolder { get; set; } = "/usr/src/newlib";

    /// <summary>The architecture's name.</summary>
    [Required]
    public string Arch { get; set; } = "";

    [Required]
    public string Compiler { get; set; } = "";

    [Required]
    public string Archiver { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    /// <summary>The folder of the compiler's own headers.</summary>
    [Required]
    public string CompilerIncludeFolder { get; set; } = "";

    /// <summary>What this compiler needs for equal bytes from any folder.</summary>
    public string[] CompilerOptions { get; set; } = [];

    /// <summary>Optimisation and debug information.</summary>
    public string[] Options { get; set; } = [];

    /// <summary>Where what is built is kept for all projects.</summary>
    [Required]
    public string CacheFolder { get; set; } = "";

    [Output]
    public string HeaderFolder { get; set; } = "";

    /// <summary>In the order in which they are linked.</summary>
    [Output]
    public ITaskItem[] Archives { get; set; } = [];

    protected override void Run()
    {
        var newlib = InstalledNewlib.In(string.IsNullOrEmpty(Prebuilt) ? Built() : PathOf(Prebuilt));
        HeaderFolder = newlib.HeaderFolder;
        Archives = [.. newlib.Archives.Select(a => ItemOf(a))];
    }

    private string Built()
    {
        var source = NewlibSource.Find(string.IsNullOrEmpty(Source) ? null : PathOf(Source), PathOf(SourceFolder));
        var recipe = new NewlibRecipe(Architecture.Named(Arch), Compiler, Archiver, Identity, CompilerIncludeFolder, CompilerOptions, Options);
        var cache = new BuildCache(PathOf(CacheFolder));
        var runner = new ToolRunner(NewlibBuilder.Variables(TaskEnvironment.GetEnvironmentVariables()));
        string searchPath = TaskEnvironment.GetEnvironmentVariable("PATH") ?? "", folder = "";
        WithCores(
            Environment.ProcessorCount,
            cores => folder = new NewlibBuilder(runner, () => NewlibTools.Find(searchPath, source), cores, Tell).Build(source, recipe, cache, Cancellation));
        Say($"newlib {source.Version}: {folder}");
        return folder;
    }

    private void Tell(string line) => Log.LogMessage(MessageImportance.High, "{0}", line);
}
