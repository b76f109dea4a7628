using System.Globalization;
using MiniosBuild.Toolchain.Discovery;

namespace MiniosBuild.Toolchain.Running;

/// <summary>QEMU's argument list for a guest that is the initial domain of a hypervisor, without any toolstack.</summary>
internal static class EmulatorArguments
{
    // xen/arch-x86/xen.h and xen.h: start_info.cmd_line has MAX_GUEST_CMDLINE (1024) bytes, the final NUL among them.
    private const int LongestCommandLine = 1023;

    /// <summary>Builds the list.</summary>
    /// <param name="run">What to boot.</param>
    /// <param name="hypervisor">Absolute path of the unpacked hypervisor.</param>
    /// <param name="image">The guest's name in QEMU's working folder; without commas and blanks.</param>
    /// <param name="architecture">Of the guest.</param>
    /// <exception cref="DiagnosticException">MINIOS1719.</exception>
    public static IReadOnlyList<string> For(GuestRun run, string hypervisor, string image, Architecture architecture)
    {
        string commandLine = CommandLine(run);
        int memory = run.Memory ?? GuestRun.DefaultMemory;

        // conswitch: no byte of the input takes it away from the guest.
        return
        [
            "-accel", run.Accelerator,
            "-M", architecture.Board, "-cpu", architecture.Processor,
            "-m", Megabytes(MachineMemory(memory)),
            "-no-user-config", "-nodefaults", "-no-reboot",
            "-display", "none", "-monitor", "none", "-serial", "stdio",
            "-device", architecture.ExitDevice,
            .. architecture.Boot(hypervisor, [$"{image} {commandLine}".TrimEnd()]),
            "-append", $"{architecture.HypervisorConsole} loglvl=warning guest_loglvl=all conswitch=` dom0_mem={Megabytes(memory)}M dom0_max_vcpus=1 {architecture.HypervisorOptions}",
        ];
    }

    /// <summary>The guest's command line.</summary>
    /// <exception cref="DiagnosticException">MINIOS1719.</exception>
    public static string CommandLine(GuestRun run)
    {
        string commandLine = string.Join(' ', run.Arguments);
        int length = System.Text.Encoding.UTF8.GetByteCount(commandLine);
        return length <= LongestCommandLine ? commandLine : throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.GuestArgumentsTooLong,
            $"the guest's arguments are {length} bytes long; a guest's command line holds at most {LongestCommandLine}"));
    }

    // Measured with 16 MiB to 4 GiB: with this much more, Xen 4.17 gives the guest all that it asks for.
    private static int MachineMemory(int guest) => guest + Math.Max(32, guest / 16);

    private static string Megabytes(int value) => value.ToString(CultureInfo.InvariantCulture);
}
