using System.Text.RegularExpressions;
using MiniosBuild.Toolchain.Caching;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>
/// A Linux kernel that can be an initial domain, with its modules: one that is installed, or Debian's, downloaded once into the
/// cache and only unpacked.
/// </summary>
/// <param name="Image">The bzImage.</param>
/// <param name="Modules">The folder that its modules are in.</param>
internal sealed partial record Dom0Kernel(string Image, string Modules)
{
    // The hypervisor unpacks the kernel by itself. The last three are for folders of the host, virtio-console for the ports.
    private static readonly string[] s_modules =
    [
        "xen-evtchn", "xen-gntdev", "xen-gntalloc", "xen-privcmd", "xenfs", "xen-blkback", "xen-netback", "loop",
        "virtio-pci", "virtio-console", "9pnet-virtio", "9p",
    ];

    // Debian's kernels for clouds cannot be one.
    private const string InitialDomainOption = "CONFIG_XEN_DOM0=y";

    /// <summary>What changes when it does.</summary>
    public string Identity => $"{Image} {FileStamp.Of(Image)} {string.Join(' ', s_modules)}";

    /// <summary>Finds one.</summary>
    /// <param name="architecture">The kernel's.</param>
    /// <param name="cache">Where a downloaded one is kept. Remove its folder there to get a newer one.</param>
    /// <param name="runner">Starts apt and dpkg.</param>
    /// <param name="locator">Finds them.</param>
    /// <param name="tell">Takes lines for the user.</param>
    /// <param name="cancellation">Ends what was started.</param>
    /// <param name="root">The folder that packages are installed into.</param>
    /// <exception cref="DiagnosticException">MINIOS1721, MINIOS1722, MINIOS1019.</exception>
    public static Dom0Kernel Find(Architecture architecture, BuildCache cache, ToolRunner runner, ToolLocator locator, Action<string> tell, CancellationToken cancellation, string root = "/")
    {
        if (Installed(root) is { } installed)
        {
            return installed;
        }

        string name = "dom0-kernel-" + Fingerprint.OfContent(s_modules)[..8];
        string entry = cache.Entry(name, (work, _) => Download(architecture, work, runner, locator, tell, cancellation), tell, cancellation);
        return new Dom0Kernel(Directory.GetFiles(entry, "vmlinuz-*").Single(), entry);
    }

    /// <summary>Copies the modules that a dom0 needs, see <see cref="KernelModules.Copy"/>.</summary>
    public void CopyModules(KernelModules modules, string target, CancellationToken cancellation) => modules.Copy(Modules, s_modules, target, cancellation);

    public static DiagnosticException Unfit(Architecture architecture, string why, string? file = null) => new(Diagnostic.Error(
        ToolchainCodes.Dom0KernelUnfit, $"there is no kernel for dom0: {why}. Install Debian's: apt-get install {PackageOf(architecture)}", file));

    private static string PackageOf(Architecture architecture) => $"linux-image-{architecture.DebianName}";

    private static Dom0Kernel? Installed(string root)
    {
        string boot = Path.Combine(root, "boot");
        string[] images = Directory.Exists(boot) ? Directory.GetFiles(boot, "vmlinuz-*") : [];
        return images
            .Select(i => (Image: i, Version: Path.GetFileName(i)["vmlinuz-".Length..]))
            .Where(k => IsFit(Path.Combine(boot, "config-" + k.Version)) && IsReadable(k.Image))
            .Select(k => new Dom0Kernel(k.Image, Path.Combine(root, "lib/modules", k.Version)))
            .Where(k => Directory.Exists(k.Modules))
            .MaxBy(k => Number().Replace(Path.GetFileName(k.Image), m => m.Value.PadLeft(8, '0')), StringComparer.Ordinal);

        static bool IsFit(string configuration) => File.Exists(configuration) && File.ReadLines(configuration).Contains(InitialDomainOption);
    }

    // Some distributions keep it from users.
    private static bool IsReadable(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Download(Architecture architecture, string work, ToolRunner runner, ToolLocator locator, Action<string> tell, CancellationToken cancellation)
    {
        const string Depends = "Depends: ";
        string metapackage = PackageOf(architecture);
        string made = Directory.CreateDirectory(Path.Combine(work, "made")).FullName, unpacked = Path.Combine(work, "unpacked"), chosen = Path.Combine(work, "chosen");
        string package = Run("apt-cache", "depends", "--important", metapackage).Split('\n').Select(l => l.Trim())
            .FirstOrDefault(l => l.StartsWith(Depends, StringComparison.Ordinal))?[Depends.Length..] ?? throw Unfit(architecture, $"apt-cache depends {metapackage} names none");
        tell($"no kernel that is installed can be a dom0's: downloading the package {package}, once; it is only unpacked");
        Run("apt-get", "-qq", "download", package);
        Run("dpkg-deb", "-x", Directory.GetFiles(work, "*.deb").Single(), unpacked);
        string image = Directory.GetFiles(Path.Combine(unpacked, "boot"), "vmlinuz-*").Single();
        Directory.CreateDirectory(chosen);
        new KernelModules(architecture, runner, locator).Copy(unpacked, s_modules, chosen, cancellation);
        File.Move(image, Path.Combine(made, Path.GetFileName(image)));
        foreach (string module in Directory.GetFiles(chosen))
        {
            // Without the number: the order is found anew.
            string name = Path.GetFileName(module);
            File.Move(module, Path.Combine(made, name[(name.IndexOf('-') + 1)..]));
        }

        File.WriteAllLines(
            Path.Combine(made, "modules.builtin"),
            Directory.EnumerateFiles(unpacked, "modules.builtin", SearchOption.AllDirectories).SelectMany(File.ReadLines));
        return made;

        string Run(string tool, params string[] arguments)
        {
            string program = locator.Find(tool) ?? throw Unfit(architecture, $"none that is installed in /boot has {InitialDomainOption}, and there is no {tool} to get one with");
            var result = runner.Run(new ToolCommand(program, arguments, work), cancellation);
            return result.ExitCode == 0
                ? result.Output
                : throw Unfit(architecture, $"none that is installed in /boot has {InitialDomainOption}, and '{tool} {string.Join(' ', arguments)}' ended with {result.ExitCode}: {result.Errors.Trim()}. If the package lists are old, run apt-get update");
        }
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
