namespace MiniosBuild.Toolchain.Running;

/// <summary>What to boot, and on which machine.</summary>
/// <param name="Image">Absolute path of the guest: an ELF image, or one packed with gzip.</param>
public sealed record GuestRun(string Image)
{
    /// <summary>The guest's command line, one entry a word; they are joined with blanks.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What a guest gets that nobody says a memory for.</summary>
    public const int DefaultMemory = 64;

    /// <summary>What the guest is under Xen.</summary>
    public RunMode Mode { get; init; }

    /// <summary>
    /// The guest's memory in MiB; the machine gets more, for the hypervisor. Null for that of its configuration, or
    /// <see cref="DefaultMemory"/>.
    /// </summary>
    public int? Memory { get; init; }

    /// <summary>
    /// A domU's xl configuration, an absolute path; null for IMAGE.cfg if there is one. Name, image and what happens at its end
    /// are the run's own; so are memory and command line if the run has them.
    /// </summary>
    public string? Configuration { get; init; }

    /// <summary>A folder in which the files of a domU's disks lie, and where their relative paths begin; absolute.</summary>
    public string? HostFolder { get; init; }

    /// <summary>How long the machine may run, the hypervisor's start-up included; null for as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Absolute path of the hypervisor; null for the newest in the boot folder.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>The emulator, a name or a path; null for the architecture's.</summary>
    public string? Emulator { get; init; }

    /// <summary>QEMU's accelerator, with its options: tcg (software, everywhere), kvm, …</summary>
    public string Accelerator { get; init; } = "tcg";

    /// <summary>
    /// What comes in on the guest's console; null for nothing. It is read from when the guest has started, since the
    /// hypervisor takes earlier bytes as commands. It keeps 128 bytes that the guest has not read, and drops more.
    /// </summary>
    public Stream? Input { get; init; }

    /// <summary>Show what the hypervisor says while it starts, too.</summary>
    public bool Verbose { get; init; }
}
