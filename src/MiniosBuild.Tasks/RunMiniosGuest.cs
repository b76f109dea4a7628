using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.Tasks;

/// <summary>Boots a guest under Xen in QEMU; fails if its exit code is not 0.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunMiniosGuest : MiniosTask
{
    [Required]
    public string Image { get; set; } = "";

    public string CommandLine { get; set; } = "";

    [Required]
    public int MemoryMiB { get; set; }

    /// <summary>dom0 or domU.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>Where the hypervisor and dom0 are kept for all projects.</summary>
    [Required]
    public string CacheFolder { get; set; } = "";

    /// <summary>In seconds; 0 for no limit.</summary>
    public double Timeout { get; set; }

    /// <summary>The guest's exit code.</summary>
    [Output]
    public int ExitCode { get; set; }

    protected override void Run()
    {
        var run = new GuestRun(PathOf(Image))
        {
            Mode = RunModes.Parse(Mode, "MiniosRunMode"),
            HostFolder = ProjectFolder,
            Arguments = OptionList.Split(CommandLine),
            Memory = MemoryMiB,
            Timeout = Timeout > 0 ? TimeSpan.FromSeconds(Timeout) : null,
        };
        var locator = new ToolLocator(TaskEnvironment.GetEnvironmentVariable("PATH") ?? "", null, null, ProjectFolder);
        using var output = new LogWriter(line => Log.LogMessage(MessageImportance.High, "{0}", line));
        using var hypervisor = new LogWriter(Say);
        var result = new GuestRunner(locator, PathOf(CacheFolder), Say).Run(run, output, hypervisor, Cancellation);
        ExitCode = result.ExitCode;
        if (result.Problem is { } problem)
        {
            Report(problem);
        }
        else if (result.ExitCode != 0)
        {
            Report(Diagnostic.Error(ToolchainCodes.GuestFailed, $"the guest ended with exit code {result.ExitCode}", run.Image));
        }
    }
}
