using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>What a dom0 is made with.</summary>
/// <param name="Locator">Finds programs.</param>
/// <param name="CacheFolder">Absolute path of the folder that keeps what is made once.</param>
/// <param name="Architecture">Of dom0 and its guests.</param>
public sealed record Dom0Setup(ToolLocator Locator, string CacheFolder, Architecture Architecture)
{
    /// <summary>The emulator, a name or a path; null for the architecture's.</summary>
    public string? Emulator { get; init; }

    /// <summary>QEMU's accelerator, with its options.</summary>
    public string Accelerator { get; init; } = "tcg";

    /// <summary>Absolute path of the hypervisor; null for the newest in the boot folder.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>The folder that packages are installed into.</summary>
    public string Root { get; init; } = "/";

    internal HypervisorImage Hypervisors => new(Path.Combine(Root, "boot"), CacheFolder, Architecture);

    internal string FindEmulator() => EmulatorProcess.Find(Locator, Emulator, Architecture);
}
