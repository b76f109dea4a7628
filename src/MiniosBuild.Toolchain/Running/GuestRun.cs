namespace MiniosBuild.Toolchain.Running;

/// <summary>What to boot, and on which machine.</summary>
/// <param name="Image">Absolute path of the guest: an ELF image, or one packed with gzip.</param>
public sealed record GuestRun(string Image)
{
    /// <summary>The guest's command line, one entry a word; they are joined with blanks.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The guest's memory in MiB; the machine gets more, for the hypervisor.</summary>
    public int Memory { get; init; } = 64;

    /// <summary>How long the machine may run, the hypervisor's start-up included; null for as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Absolute path of the hypervisor; null for the newest in the boot folder.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>The emulator, a name or a path; null for qemu-system-x86_64.</summary>
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
