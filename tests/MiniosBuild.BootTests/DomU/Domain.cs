using System.Globalization;

namespace MiniosBuild.BootTests.DomU;

/// <summary>A guest under dom0's toolstack, created from the image and the xl configuration that its build left.</summary>
internal sealed class Domain : IDisposable
{
    private static int s_count;

    private readonly Dom0 _dom0;
    private readonly string _id;

    /// <summary>Creates a guest from an image and the files beside it.</summary>
    public Domain(Dom0 dom0, string image)
    {
        _dom0 = dom0;
        string built = Path.GetFileName(image);
        Name = built + Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture);
        string shared = Directory.CreateDirectory(Path.Combine(dom0.SharedFolder, Name)).FullName;
        File.Copy(image + ".gz", Path.Combine(shared, built + ".gz"));
        File.Copy(image + ".cfg", Path.Combine(shared, built + ".cfg"));

        // A domain that has ended stays, so that what it left in xenstore can be read.
        dom0.Run($"""
            cp -r /shared/{Name} /tmp && cd /tmp/{Name} &&
            xl create {built}.cfg 'name = "{Name}"' 'on_poweroff = "preserve"' 'on_reboot = "preserve"' 'on_crash = "preserve"'
            """);
        _id = dom0.Run($"xl domid {Name}").Trim();
    }

    /// <summary>The domain's name, which is the image's with a number.</summary>
    public string Name { get; }

    /// <summary>The guest's place in xenstore.</summary>
    public string StorePath => "/local/domain/" + _id;

    /// <summary>What the guest has printed so far.</summary>
    public string Console => File.Exists(ConsoleLog) ? File.ReadAllText(ConsoleLog) : "";

    private string ConsoleLog => Path.Combine(_dom0.ConsolesFolder, $"guest-{Name}.log");

    public void WaitForConsole(string text) => _dom0.WaitFor(() => Console.Contains(text, StringComparison.Ordinal), $"the wait for {Name} to print '{text}'");

    /// <summary>Types on the guest's console.</summary>
    /// <param name="text">For printf: without % and apostrophes, and with \n for the end of a line.</param>
    public void Type(string text) => _dom0.Run($"printf '{text}' > $(xenstore-read {StorePath}/console/tty)");

    /// <summary>Has the toolstack ask the guest to end.</summary>
    public void RequestShutdown() => _dom0.Run($"xl shutdown {Name}");

    /// <summary>Has the toolstack ask the guest to end and to be started again.</summary>
    public void RequestReboot() => _dom0.Run($"xl reboot {Name}");

    /// <summary>Waits until the guest has ended.</summary>
    public DomainEnd WaitForEnd()
    {
        // Lines of xl's log: Domain 3 has shut down, reason code 0 0x0. The daemon tells the guest that it has read before it
        // writes to its own log: what it has read last is there when it sleeps, waiting for more.
        string reason = _dom0.Run($"""
            for i in $(seq 3000); do
                if sed -n 's/.*has shut down, reason code \([0-9]*\).*/\1/p' /var/log/xen/xl-{Name}.log | grep .; then
                    until grep -q '^State:.S' "/proc/$(cat /run/xen/xenconsoled.pid)/status"; do
                        sleep 0.05
                    done
                    exit
                fi
                sleep 0.1
            done
            xl list
            exit 1
            """);
        string code = _dom0.Run($"xenstore-read {StorePath}/data/exit-code 2>/dev/null || true").Trim();
        return new DomainEnd(
            (ShutdownReason)int.Parse(reason, CultureInfo.InvariantCulture),
            code.Length > 0 ? int.Parse(code, CultureInfo.InvariantCulture) : null,
            Console);
    }

    public void Dispose() => _dom0.Run($"xl destroy {Name} && rm -r /tmp/{Name}");
}
