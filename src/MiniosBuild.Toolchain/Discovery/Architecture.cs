using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Toolchain.Discovery;

/// <summary>
/// A machine that a guest can be built for, and everything that is known of it but for two things: what MSBuild has to know before any task
/// runs is in <c>build/arch/NAME.props</c>, and what its objects look like hangs on <see cref="Machine"/>.
/// </summary>
public sealed record Architecture
{
    /// <summary>The one that is taken when nobody names any; <c>Sdk.props</c> says the same.</summary>
    public static Architecture Default { get; } = new()
    {
        Name = "x86_64",
        Family = "x86",
        GnuName = "x86_64",
        DebianName = "amd64",
        Machine = ElfMachine.X86_64,
        LinkerEmulation = "elf_x86_64",

        // No red zone: event handlers run on the stack of what they interrupt.
        CompilerOptions = ["-m64", "-mno-red-zone", GeneralRegistersOnly, "-fcf-protection=none"],
        Board = "pc",

        // QEMU 7.2's software emulation applies SMAP to an iretq in ring 3, which kills a paravirtual kernel.
        Processor = "max,-smap",

        // A guest's outl(n, 0xf4) ends QEMU with exit code 2n + 1.
        ExitDevice = "isa-debug-exit,iobase=0xf4,iosize=4",
        HypervisorConsole = "console=com1 com1=115200,8n1",
        HypervisorOptions = "xpti=0 spec-ctrl=no",

        // Eager: it does not trap at XSAVE and XRSTOR, by which dom0's kernel would miss that the registers are another domain's.
        DomUHypervisorOptions = "xpti=0 spec-ctrl=no,eager-fpu=yes",

        // Multiboot. Commas separate modules and are written twice; the first blank ends a file's name.
        Boot = (hypervisor, modules) => ["-kernel", hypervisor, "-initrd", string.Join(',', modules.Select(m => m.Replace(",", ",,")))],
    };

    private static readonly Architecture[] s_known = [Default];

    // Of every architecture that Debian has a hypervisor for.
    private static readonly string[] s_debianNames = ["amd64", "arm64"];

    /// <summary>The option by which code leaves vector and floating-point registers alone.</summary>
    public const string GeneralRegistersOnly = "-mgeneral-regs-only";

    /// <summary>The name in <c>MiniosArch</c>; a tree's entry source is <c>arch/FAMILY/NAME.S</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The folder under arch/ and include/.</summary>
    public required string Family { get; init; }

    /// <summary>What GNU's tools and QEMU call it: it begins what a compiler says to <c>-dumpmachine</c>, and ends the emulator's name.</summary>
    public required string GnuName { get; init; }

    /// <summary>What Debian's packages call it.</summary>
    public required string DebianName { get; init; }

    /// <summary>What its objects and images are for.</summary>
    public required ElfMachine Machine { get; init; }

    /// <summary>ld's <c>-m</c>.</summary>
    public required string LinkerEmulation { get; init; }

    /// <summary>How its code is compiled: <c>MiniosArchOptions</c>, unless the user has others.</summary>
    public required IReadOnlyList<string> CompilerOptions { get; init; }

    /// <summary>QEMU's <c>-M</c>, without options.</summary>
    public required string Board { get; init; }

    /// <summary>QEMU's <c>-cpu</c>.</summary>
    public required string Processor { get; init; }

    /// <summary>The <c>-device</c> by which a guest that is alone with the hypervisor ends QEMU with a code.</summary>
    public required string ExitDevice { get; init; }

    /// <summary>How the hypervisor is told to use QEMU's serial line.</summary>
    public required string HypervisorConsole { get; init; }

    /// <summary>What else the hypervisor is told for a guest that is alone with it.</summary>
    public required string HypervisorOptions { get; init; }

    /// <summary>The same where a dom0 is beside the guest.</summary>
    public required string DomUHypervisorOptions { get; init; }

    /// <summary>QEMU's arguments that start a hypervisor's file with modules: a file and what is told to it, the initial domain's kernel first.</summary>
    public required Func<string, IReadOnlyList<string>, IReadOnlyList<string>> Boot { get; init; }

    /// <summary>What newlib is configured for.</summary>
    public string NewlibTarget => $"{GnuName}-elf";

    /// <summary>The folder of libraries in Debian's lib/, and what the names of its cross tools begin with.</summary>
    public string Multiarch => $"{GnuName}-linux-gnu";

    /// <summary>QEMU's program.</summary>
    public string Emulator => $"qemu-system-{GnuName}";

    /// <summary>Finds an architecture by its <c>MiniosArch</c> name.</summary>
    /// <exception cref="DiagnosticException">MINIOS1006.</exception>
    public static Architecture Named(string name) =>
        s_known.FirstOrDefault(a => a.Name == name) ?? throw new DiagnosticException(Diagnostic.Error(
            ToolchainCodes.UnknownArchitecture,
            $"MiniosArch is '{name}'; this version builds for {string.Join(", ", s_known.Select(a => a.Name))}"));

    /// <summary>The architecture of an image; the default for a machine that no guest can be built for, of which the hypervisor will tell.</summary>
    public static Architecture Of(ElfMachine machine) => s_known.FirstOrDefault(a => a.Machine == machine) ?? Default;

    /// <summary>The machine of a name that trees use, guests can be built for it or not; null for no such name.</summary>
    public static ElfMachine? MachineOf(string name) => s_known.FirstOrDefault(a => a.Name == name)?.Machine ?? name switch
    {
        "x86_32" => ElfMachine.I386,
        "arm32" => ElfMachine.Arm,
        "arm64" => ElfMachine.AArch64,
        _ => null,
    };

    /// <summary>Whether a hypervisor's file, as Debian installs it, may be for this one: other architectures say so in the name.</summary>
    internal bool MayBeHypervisor(string file) => !s_debianNames.Any(name => name != DebianName && file.Contains(name, StringComparison.Ordinal));
}
