using MiniosBuild.TestUtilities;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests.DomU;

/// <summary>
/// A machine, emulated, with Xen and a dom0 that has the real toolstack, xenstore and back ends. Tests share one, and hand it
/// shell scripts through a folder that both sides see.
/// </summary>
public sealed class Dom0 : IDisposable
{
    // The machine of the tests may be slow and busy: these only end what hangs. The last is for an emulator that nobody ends.
    private static readonly TimeSpan BootLimit = TimeSpan.FromMinutes(15), ScriptLimit = TimeSpan.FromMinutes(10), MachineLimit = TimeSpan.FromHours(3);

    private readonly string _folder = Directory.CreateTempSubdirectory("minios-dom0-").FullName;
    private readonly Process? _machine;
    private readonly StringBuilder _errors = new();
    private int _scripts;

    /// <summary>Boots it.</summary>
    /// <exception cref="InvalidOperationException">A package is missing, or dom0 did not come up.</exception>
    public Dom0()
    {
        try
        {
            Directory.CreateDirectory(ConsolesFolder);
            Write(Dom0Kernel.Find(), XenTools.Find());
            _machine = Start();
            Run("xl list", BootLimit);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What dom0 has as /shared.</summary>
    internal string SharedFolder => Path.Combine(_folder, "shared");

    /// <summary>Where dom0 writes what the guests print, a file <c>guest-NAME.log</c> for each.</summary>
    internal string ConsolesFolder => Path.Combine(SharedFolder, "consoles");

    private string SerialLog => Path.Combine(_folder, "serial.log");

    /// <summary>Runs a shell script in dom0.</summary>
    /// <returns>Its standard output.</returns>
    /// <exception cref="InvalidOperationException">Its exit code is not 0, or it does not end.</exception>
    internal string Run(string script) => Run(script, ScriptLimit);

    /// <summary>Waits until a condition holds, as long as the machine runs and scripts are given time.</summary>
    internal void WaitFor(Func<bool> condition, string what) => WaitFor(condition, what, ScriptLimit);

    /// <summary>Ends the machine.</summary>
    public void Dispose()
    {
        if (_machine is not null)
        {
            // The wait is for the end of standard error too, which the emulator holds as long as it writes to the folder.
            _machine.Kill(entireProcessTree: true);
            _machine.WaitForExit();
            _machine.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private string Run(string script, TimeSpan limit)
    {
        string file = Path.Combine(SharedFolder, (++_scripts).ToString(CultureInfo.InvariantCulture));
        File.WriteAllText(file + ".new", script + "\n");
        File.Move(file + ".new", file + ".sh");
        WaitFor(() => File.Exists(file + ".code"), script, limit);
        string output = File.ReadAllText(file + ".out");
        string code = File.ReadAllText(file + ".code").Trim();
        return code == "0" ? output : throw Failure($"ended with {code}: {script}\n{output}{File.ReadAllText(file + ".err")}");
    }

    private void WaitFor(Func<bool> condition, string what, TimeSpan limit)
    {
        for (var watch = Stopwatch.StartNew(); !condition(); Thread.Sleep(20))
        {
            if (_machine!.HasExited)
            {
                throw Failure("the emulator ended during: " + what);
            }

            if (watch.Elapsed > limit)
            {
                throw Failure($"after {limit.TotalSeconds} s there is no end of: {what}");
            }
        }
    }

    /// <summary>An error with all that the machine, its guests and the emulator have printed.</summary>
    private InvalidOperationException Failure(string message)
    {
        StringBuilder text = new($"dom0: {message}\n");
        foreach (string log in Directory.GetFiles(ConsolesFolder).Prepend(SerialLog).Where(File.Exists))
        {
            text.Append($"---- {Path.GetFileName(log)}\n{File.ReadAllText(log)}");
        }

        lock (_errors)
        {
            return new InvalidOperationException(text.Append(_errors).ToString());
        }
    }

    private void Write(string kernel, XenTools tools)
    {
        tools.WriteHypervisor(Path.Combine(_folder, "xen"));
        File.CreateSymbolicLink(Path.Combine(_folder, "vmlinux"), Path.Combine(kernel, "vmlinux"));
        using Initramfs root = new(File.Create(Path.Combine(_folder, "initramfs")));
        foreach (string folder in new[] { "proc", "sys", "dev", "shared", "tmp", "run/xen", "run/xenstored", "run/lock", "var/log/xen", "var/lib/xen", "var/lib/xenstored" })
        {
            root.AddFolder(folder);
        }

        root.AddLink("var/run", "/run");
        root.AddLink("var/lock", "/run/lock");
        root.AddFile("bin/busybox", DebianPackage.File("/bin/busybox", "busybox-static"));
        tools.AddTo(root);
        foreach (string module in Directory.GetFiles(kernel, "*.ko"))
        {
            root.AddFile("lib/modules/" + Path.GetFileName(module), module);
        }

        string scripts = Path.Combine(Repository.Root, "tests", "MiniosBuild.BootTests", "DomU", "dom0");
        root.AddFile("init", Path.Combine(scripts, "init"));
        root.AddFile("etc/xen/scripts/block", Path.Combine(scripts, "block"));
        root.AddFile("etc/xen/scripts/vif-bridge", Path.Combine(scripts, "vif-bridge"));
    }

    /// <remarks>All paths are relative: the emulator splits these options at commas and blanks.</remarks>
    private Process Start()
    {
        // Not SMAP: the emulator applies it to an iretq of a PV kernel, which runs in ring 3. Eager: it does not trap at
        // XSAVE and XRSTOR, by which dom0's kernel would miss that the registers are another domain's.
        ProcessStartInfo start = new("timeout",
        [
            MachineLimit.TotalSeconds.ToString(CultureInfo.InvariantCulture), "qemu-system-x86_64", "-accel", "tcg", "-cpu", "max,-smap", "-m", "512", "-no-reboot",
            "-nodefaults", "-display", "none", "-monitor", "none", "-serial", "file:serial.log",
            "-virtfs", "local,path=shared,mount_tag=shared,security_model=none",
            "-kernel", "xen", "-initrd", "vmlinux console=hvc0 quiet panic=-1 mitigations=off nokaslr,initramfs",
            "-append", "console=com1 com1=115200,8n1 loglvl=warning guest_loglvl=all dom0_mem=256M dom0_max_vcpus=1 xpti=0 spec-ctrl=no,eager-fpu=yes",
        ])
        {
            WorkingDirectory = _folder,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        };
        var machine = Process.Start(start)!;
        machine.ErrorDataReceived += (_, e) =>
        {
            lock (_errors)
            {
                _errors.AppendLine(e.Data);
            }
        };
        machine.BeginErrorReadLine();
        return machine;
    }
}
