using System.Globalization;
using MiniosBuild.Toolchain.DomU;

namespace MiniosBuild.BootTests.DomU;

/// <summary>A guest in the tests' dom0, created from the image and the xl configuration that its build left.</summary>
internal sealed class LabGuest : IDisposable
{
    private static int s_count;

    private readonly Lab _lab;
    private readonly Domain _domain;

    public LabGuest(Lab lab, string image)
    {
        _lab = lab;
        string name = Path.GetFileName(image) + Interlocked.Increment(ref s_count).ToString(CultureInfo.InvariantCulture);
        _domain = lab.Within(
            "creating " + name,
            stop => Domain.Create(lab.Dom0, name, image + ".gz", File.ReadAllText(image + ".cfg"), input: false, () => { }, stop));
    }

    /// <summary>How a guest ended, and all that it printed.</summary>
    internal sealed record End(ShutdownReason Reason, int? ExitCode, string Console);

    public string Name => _domain.Name;

    /// <summary>The guest's place in xenstore.</summary>
    public string StorePath => _domain.StorePath;

    private string Console => File.Exists(_domain.ConsoleLog) ? File.ReadAllText(_domain.ConsoleLog) : "";

    public void WaitForConsole(string text) => _lab.Within($"the wait for {Name} to print '{text}'", stop =>
    {
        _lab.Dom0.WaitFor(() => Console.Contains(text, StringComparison.Ordinal), () => { }, stop);
        return true;
    });

    /// <summary>Types on the guest's console.</summary>
    /// <param name="text">For printf: without % and apostrophes, and with \n for the end of a line.</param>
    public void Type(string text) => _lab.Run($"printf '{text}' > $(xenstore-read {StorePath}/console/tty)");

    /// <summary>Has the toolstack ask the guest to end.</summary>
    public void RequestShutdown() => _lab.Run($"xl shutdown {Name}");

    /// <summary>Has the toolstack ask the guest to end and to be started again.</summary>
    public void RequestReboot() => _lab.Run($"xl reboot {Name}");

    /// <summary>Waits until the guest has ended.</summary>
    public End WaitForEnd()
    {
        var end = _lab.Within($"the wait for the end of {Name}", stop => _domain.WaitForEnd(() => { }, stop));
        return new End(end.Reason, end.ExitCode, Console);
    }

    public void Dispose() => _lab.Run($"xl destroy {Name}");
}
