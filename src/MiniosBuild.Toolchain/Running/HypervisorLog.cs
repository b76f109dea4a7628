using System.Text.RegularExpressions;

namespace MiniosBuild.Toolchain.Running;

/// <summary>
/// Follows what the hypervisor says: holds back its start-up lines, shows the later ones, and knows the lines after
/// which nothing more will happen (a halted machine keeps QEMU running, a crash waits five seconds for nothing).
/// </summary>
/// <param name="log">Where its lines are shown.</param>
/// <param name="verbose">Show the start-up lines at once.</param>
internal sealed partial class HypervisorLog(TextWriter log, bool verbose)
{
    private readonly List<string> _held = [];
    private bool _panicFollows;

    /// <summary>True from the hypervisor's last line before the guest, or the guest's first byte.</summary>
    public bool GuestStarted { get; set; }

    /// <summary>What ended the machine, as a clause; null while it runs.</summary>
    public string? End { get; private set; }

    /// <summary>Why the hypervisor gave up; null when it did not.</summary>
    public string? Panic { get; private set; }

    /// <summary>What it last called an error; null when there was none.</summary>
    public string? Error { get; private set; }

    /// <summary>Takes one line, without its mark.</summary>
    public void Take(string line)
    {
        if (verbose || GuestStarted)
        {
            log.WriteLine("(XEN) " + line);
        }
        else
        {
            _held.Add(line);
        }

        GuestStarted |= line.StartsWith("Freed ", StringComparison.Ordinal) && line.EndsWith(" init memory", StringComparison.Ordinal);
        if (line.StartsWith("ERROR: ", StringComparison.Ordinal))
        {
            Error = line["ERROR: ".Length..];
        }

        if (_panicFollows && line.Length > 0)
        {
            Panic ??= line;
        }

        _panicFollows |= line.StartsWith("Panic on CPU", StringComparison.Ordinal);
        if (Panic is not null && line.StartsWith("Reboot in five seconds", StringComparison.Ordinal))
        {
            End ??= $"the hypervisor panicked: {Panic}";
        }
        else if (InitialDomainEnd().Match(line) is { Success: true } match)
        {
            End ??= match.Groups[1].Value switch
            {
                "halted" => "the guest powered off without an exit code",
                "crashed" => "the guest crashed",
                "shutdown" => "the guest asked for a reboot",
                string other => $"the guest ended without an exit code ({other})",
            };
        }
    }

    /// <summary>Shows what was held back, now that it may tell what went wrong.</summary>
    public void ShowHeld()
    {
        foreach (string line in _held)
        {
            log.WriteLine("(XEN) " + line);
        }

        _held.Clear();
    }

    [GeneratedRegex(@"^Hardware Dom0 (\w+)[: ]")]
    private static partial Regex InitialDomainEnd();
}
