using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using MiniosBuild.Toolchain.Caching;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>
/// A dom0 with Xen's toolstack and back ends, booted once in an emulator and saved. Any number of machines can be restored from
/// it, at once too: it is only read.
/// </summary>
public sealed class SavedDom0
{
    /// <summary>What a machine starts from, by the names that its arguments have for them.</summary>
    internal static readonly string[] MachineFiles = ["xen", "vmlinuz", "initramfs", "memory"];

    // Part of the names of what is made: a new one when it is made in another way that no argument and no file shows.
    private const string Version = "1";
    private const int NeededMiB = 128;

    // The machine may be slow and busy: this only ends what hangs.
    private static readonly TimeSpan s_bootLimit = TimeSpan.FromMinutes(15);

    private readonly string _folder;
    private readonly string _emulator;
    private readonly Dom0Setup _setup;
    private readonly int _memory;

    private SavedDom0(string folder, string emulator, Dom0Setup setup, int memory) => (_folder, _emulator, _setup, _memory) = (folder, emulator, setup, memory);

    /// <summary>Gives one from the cache, after making it if there is none of these versions of all its parts.</summary>
    /// <param name="setup">What it is made with.</param>
    /// <param name="guestMemory">In MiB, of all guests that are to run beside each other.</param>
    /// <param name="tell">Takes lines for the user.</param>
    /// <param name="cancellation">Ends the work; nothing is left of it.</param>
    /// <exception cref="DiagnosticException">MINIOS1710, 1711: no emulator, no hypervisor; MINIOS1721-1723, 1726; MINIOS1019.</exception>
    public static SavedDom0 Get(Dom0Setup setup, int guestMemory, Action<string> tell, CancellationToken cancellation)
    {
        int memory = Dom0Machine.MemoryFor(guestMemory);
        string emulator = setup.FindEmulator(), hypervisor = setup.Hypervisors.Find(setup.Hypervisor);
        var parts = Dom0Parts.Find(hypervisor, setup.Architecture, setup.Root);
        BuildCache cache = new(setup.CacheFolder);
        ToolRunner runner = new();
        var kernel = Dom0Kernel.Find(setup.Architecture, cache, runner, setup.Locator, tell, cancellation, setup.Root);
        string fingerprint = Fingerprint.OfContent(
        [
            Version, $"{emulator} {FileStamp.Of(emulator)}", $"{hypervisor} {FileStamp.Of(hypervisor)}", .. parts.Identity, kernel.Identity,
            .. Dom0Machine.Arguments(setup.Architecture, setup.Accelerator, memory, restored: false), .. s_scripts.Select(s => $"{s.Path} {Convert.ToBase64String(Script(s.Resource))}"),
        ]);
        string entry = cache.Entry(
            $"dom0-{memory.ToString(CultureInfo.InvariantCulture)}-{fingerprint[..16]}",
            (work, _) =>
            {
                var watch = Stopwatch.StartNew();
                RequireSpace(cache.Folder, memory);
                tell($"preparing dom0, once for these versions of Xen, Linux and QEMU: {Path.ChangeExtension(work, null)}");
                string made = Directory.CreateDirectory(Path.Combine(work, "made")).FullName;
                string modules = Directory.CreateDirectory(Path.Combine(work, "modules")).FullName;
                File.Copy(setup.Hypervisors.Unpacked(hypervisor, work), Path.Combine(made, "xen"));
                File.Copy(kernel.Image, Path.Combine(made, "vmlinuz"));
                kernel.CopyModules(new KernelModules(setup.Architecture, runner, setup.Locator), modules, cancellation);

                // The emulator waits for ever at a link to a file that it would have to make.
                File.WriteAllBytes(Path.Combine(made, "memory"), []);
                WriteRoot(Path.Combine(made, "initramfs"), parts, modules, runner, setup.Locator, cancellation);
                BootAndSave(emulator, Dom0Machine.Arguments(setup.Architecture, setup.Accelerator, memory, restored: false), made, setup.Locator, cancellation);
                tell(string.Create(CultureInfo.InvariantCulture, $"dom0 is prepared, in {watch.Elapsed.TotalSeconds:0} s"));
                return made;
            },
            tell,
            cancellation);
        return new SavedDom0(entry, emulator, setup, memory);
    }

    /// <summary>Starts a machine that goes on where this one was saved.</summary>
    /// <param name="hostFolder">Absolute path of a folder in which guests' disks may lie.</param>
    /// <param name="cancellation">Ends the wait; the machine is gone then.</param>
    /// <exception cref="DiagnosticException">MINIOS1717, MINIOS1723.</exception>
    public Dom0 Restore(string hostFolder, CancellationToken cancellation)
    {
        var machine = Dom0Machine.Start(_emulator, Dom0Machine.Arguments(_setup.Architecture, _setup.Accelerator, _memory, restored: true), _folder, hostFolder, _setup.Locator);
        try
        {
            try
            {
                using var end = cancellation.Register(machine.End);
                using var monitor = machine.Monitor(cancellation);
                monitor.Restore(Path.Combine(_folder, "state"), machine.MigrationSocket, cancellation);
                return new Dom0(machine);
            }
            catch (IOException e)
            {
                cancellation.ThrowIfCancellationRequested();
                throw NotUp($"a saved dom0 could not be restored ({e.Message}): the emulator ended", machine);
            }
        }
        catch
        {
            machine.Dispose();
            throw;
        }
    }

    private static readonly (string Path, string Resource)[] s_scripts =
        [("init", "init"), ("etc/xen/scripts/block", "block"), ("etc/xen/scripts/vif-bridge", "vif-bridge")];

    private static byte[] Script(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("dom0/" + resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    private static void RequireSpace(string folder, int memory)
    {
        long free = new DriveInfo(folder).AvailableFreeSpace >> 20;
        if (free < memory + NeededMiB)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.CacheTooSmall,
                string.Create(CultureInfo.InvariantCulture, $"the saved dom0 may need {memory + (long)NeededMiB} MiB, and the cache folder {folder} has {free} MiB left. Make room, set MiniosCacheFolder (--cache) to a folder elsewhere, or give the guest less memory"),
                folder));
        }
    }

    private static void WriteRoot(string file, Dom0Parts parts, string modules, ToolRunner runner, ToolLocator locator, CancellationToken cancellation)
    {
        using Initramfs root = new(File.Create(file));
        foreach (string folder in new[] { "proc", "sys", "dev", "shared", "host", "tmp", "run/xen", "run/xenstored", "run/lock", "var/log", "var/lib/xen", "var/lib/xenstored" })
        {
            root.AddFolder(folder);
        }

        root.AddLink("var/run", "/run");
        root.AddLink("var/lock", "/run/lock");
        root.AddLink("var/log/xen", "/shared/log");
        parts.AddTo(root, runner, locator, cancellation);
        foreach (string module in Directory.GetFiles(modules))
        {
            root.AddFile("lib/modules/" + Path.GetFileName(module), module);
        }

        foreach (var (path, resource) in s_scripts)
        {
            root.AddFile(path, Script(resource));
        }
    }

    private static void BootAndSave(string emulator, IReadOnlyList<string> arguments, string files, ToolLocator locator, CancellationToken cancellation)
    {
        using var machine = Dom0Machine.Start(emulator, arguments, files, files, locator);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_bootLimit);
        try
        {
            using var end = limit.Token.Register(machine.End);
            using var monitor = machine.Monitor(limit.Token);
            if (!machine.WaitUntilReady(limit.Token) && !limit.IsCancellationRequested)
            {
                throw NotUp("a dom0 could not be prepared: the emulated machine ended before dom0 was up", machine);
            }

            monitor.Save(Path.Combine(files, "state"), machine.MigrationSocket, limit.Token);
            monitor.Quit();
            machine.WaitForExit();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw limit.IsCancellationRequested
                ? NotUp($"a dom0 could not be prepared: it was not up after {s_bootLimit.TotalMinutes} minutes, and the machine was ended", machine)
                : NotUp($"a dom0 could not be prepared ({e.Message}): the emulator ended", machine);
        }
        catch (IOException)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private static Exception NotUp(string what, Dom0Machine machine)
    {
        machine.End();
        return machine.Ended(why => Diagnostic.Error(ToolchainCodes.Dom0NotUp, what + why));
    }
}
