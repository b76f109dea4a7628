using System.Globalization;
using System.Text.RegularExpressions;

namespace MiniosBuild.Toolchain.DomU;

/// <summary>A guest under dom0's toolstack.</summary>
public sealed partial class Domain
{
    private readonly Dom0 _dom0;

    private Domain(Dom0 dom0, string name, string id) => (_dom0, Name, StorePath) = (dom0, name, "/local/domain/" + id);

    /// <summary>The domain's name.</summary>
    public string Name { get; }

    /// <summary>The guest's place in xenstore.</summary>
    public string StorePath { get; }

    /// <summary>The file that gets what the guest prints; it is there from the first byte on.</summary>
    public string ConsoleLog => Path.Combine(_dom0.SharedFolder, "consoles", $"guest-{Name}.log");

    private string ToolstackLog => Path.Combine(_dom0.SharedFolder, "log", $"xl-{Name}.log");

    /// <summary>Creates a guest and starts it.</summary>
    /// <param name="dom0">Where it is to run.</param>
    /// <param name="name">A name that no other guest there has.</param>
    /// <param name="image">The guest's file on this machine.</param>
    /// <param name="configuration">What xl reads; the settings that it must have for this come behind it.</param>
    /// <param name="input">Whether the guest's console gets what comes in by <see cref="Dom0.OpenInput"/>.</param>
    /// <param name="meanwhile">Called from time to time while it is being created.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DiagnosticException">MINIOS1724: the toolstack or the hypervisor refused it.</exception>
    public static Domain Create(Dom0 dom0, string name, string image, string configuration, bool input, Action meanwhile, CancellationToken cancellation)
    {
        string folder = Directory.CreateDirectory(Path.Combine(dom0.SharedFolder, "guests", name)).FullName;
        File.Copy(image, Path.Combine(folder, "image"));

        // Of settings that are given twice the last one counts. A domain that has ended stays, so that what it left in
        // xenstore can be read.
        File.WriteAllText(Path.Combine(folder, "cfg"), $"""
            {configuration}
            name = "{name}"
            kernel = "/shared/guests/{name}/image"
            on_poweroff = "preserve"
            on_reboot = "preserve"
            on_crash = "preserve"

            """);

        // The terminal of the console is there a moment after the domain.
        string feed = !input ? "" : """
            (
                until terminal=$(xenstore-read "/local/domain/$id/console/tty" 2>/dev/null); do
                    sleep 0.05
                done
                exec cat /dev/vport*p2 >"$terminal"
            ) >/dev/null 2>&1 &
            """;
        var created = dom0.Run($"""
            xl create /shared/guests/{name}/cfg >&2 || exit
            id=$(xl domid {name})
            {feed}
            echo "$id"
            """, meanwhile, cancellation);
        return created.ExitCode == 0 ? new Domain(dom0, name, created.Output.Trim()) : throw Refused(dom0, image, created.Errors);
    }

    /// <summary>Waits until the guest has ended.</summary>
    /// <param name="meanwhile">Called from time to time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="DiagnosticException">MINIOS1717: the machine ended.</exception>
    public DomainEnd WaitForEnd(Action meanwhile, CancellationToken cancellation)
    {
        ShutdownReason? reason = null;
        _dom0.WaitFor(() => (reason = Ended()) is not null, meanwhile, cancellation);

        // The daemon tells the guest that it has read before it writes to its own log: what it has read last is there when it
        // sleeps, waiting for more.
        string code = _dom0.Run($"""
            until grep -q '^State:.S' "/proc/$(cat /run/xen/xenconsoled.pid)/status"; do
                sleep 0.05
            done
            xenstore-read {StorePath}/data/exit-code 2>/dev/null || true
            """, meanwhile, cancellation).Output.Trim();
        return new DomainEnd(reason!.Value, int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value : null);
    }

    // "Domain 3 has shut down, reason code 0 0x0"; without a reason if somebody destroyed it.
    private ShutdownReason? Ended()
    {
        if (!File.Exists(ToolstackLog))
        {
            return null;
        }

        string log = File.ReadAllText(ToolstackLog);
        return ShutDown().Match(log) is { Success: true } match ? (ShutdownReason)int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : log.Contains(" has been destroyed", StringComparison.Ordinal) ? ShutdownReason.Crash
            : null;
    }

    // Each line has the place in the toolstack's source that it comes from, which helps nobody here.
    private static DiagnosticException Refused(Dom0 dom0, string image, string errors)
    {
        string problems = Path.Combine(dom0.SharedFolder, "problems");
        var lines = (File.Exists(problems) ? File.ReadLines(problems) : [])
            .Concat(errors.Split('\n').Where(l => !l.StartsWith("Parsing config from", StringComparison.Ordinal)).Select(l => Place().Replace(l, "")))
            .Select(l => l.Trim()).Where(l => l.Length > 0).Distinct();
        return new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.DomainNotCreated, $"the guest could not be created: {string.Join("; ", lines)}", image));
    }

    [GeneratedRegex(@" has shut down, reason code ([0-9]+)")]
    private static partial Regex ShutDown();

    [GeneratedRegex(@"^libxl: error: \S+\.c:[0-9]+:\w+: ")]
    private static partial Regex Place();
}

/// <summary>How a guest ended.</summary>
/// <param name="Reason">The reason, as the toolstack saw it.</param>
/// <param name="ExitCode">What the guest left in data/exit-code; null if nothing.</param>
public sealed record DomainEnd(ShutdownReason Reason, int? ExitCode);

/// <summary>Why a domain ended (xen/sched.h).</summary>
public enum ShutdownReason
{
    PowerOff = 0,
    Reboot = 1,
    Suspend = 2,
    Crash = 3,
    Watchdog = 4,
    SoftReset = 5,
}
