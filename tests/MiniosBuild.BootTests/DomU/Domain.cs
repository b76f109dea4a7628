using System.Globalization;
using MiniosBuild.TestUtilities.Builds;

namespace MiniosBuild.BootTests.DomU;

/// <summary>A guest under dom0's toolstack, created from the image and the xl configuration that its build left.</summary>
internal sealed class Domain : IDisposable
{
    private static int s_count;

    private readonly Dom0 _dom0;
    private readonly string _folder;
    private readonly string _id;

    private Domain(Dom0 dom0, string project, string outputFolder)
    {
        _dom0 = dom0;
        Name = project + Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture);
        _folder = "/shared/" + Name;
        string shared = Directory.CreateDirectory(Path.Combine(dom0.SharedFolder, Name)).FullName;
        foreach (string file in new[] { project + ".gz", project + ".cfg" })
        {
            File.Copy(Path.Combine(outputFolder, file), Path.Combine(shared, file));
        }

        // A domain that has ended stays, so that what it left in xenstore can be read.
        dom0.Run($"""
            cp -r {_folder} /tmp && cd /tmp/{Name} &&
            xl create {project}.cfg 'name = "{Name}"' 'on_poweroff = "preserve"' 'on_reboot = "preserve"' 'on_crash = "preserve"'
            """);
        _id = dom0.Run($"xl domid {Name}").Trim();
    }

    /// <summary>Builds a project and creates a guest from it.</summary>
    public static Domain Create(Dom0 dom0, GuestProject project)
    {
        project.Build().MustSucceed();
        return new Domain(dom0, project.Name, Path.GetDirectoryName(project.Image)!);
    }

    public string Name { get; }

    /// <summary>The guest's place in xenstore.</summary>
    public string StorePath => "/local/domain/" + _id;

    /// <summary>What the guest has printed so far.</summary>
    public string Console => File.Exists(ConsoleLog) ? File.ReadAllText(ConsoleLog) : "";

    private string ConsoleLog => Path.Combine(_dom0.SharedFolder, "consoles", $"guest-{Name}.log");

    public void WaitForConsole(string text) => _dom0.WaitFor(() => Console.Contains(text, StringComparison.Ordinal), $"'{text}' of {Name}, which printed:\n{Console}");

    /// <summary>Has the toolstack ask the guest to end.</summary>
    public void RequestShutdown() => _dom0.Run($"xl shutdown {Name}");

    /// <summary>Has the toolstack ask the guest to end and to be started again.</summary>
    public void RequestReboot() => _dom0.Run($"xl reboot {Name}");

    /// <summary>Waits until the guest has ended.</summary>
    public DomainEnd WaitForEnd()
    {
        // Lines of xl's log: Domain 3 has shut down, reason code 0 0x0
        string reason = _dom0.Run($"""
            for i in $(seq 600); do
                sed -n 's/.*has shut down, reason code \([0-9]*\).*/\1/p' /var/log/xen/xl-{Name}.log | grep . && exit
                sleep 0.1
            done
            xl list
            cat /shared/consoles/guest-{Name}.log
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
