namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>e_machine. Only machines that a guest may meet have a name; other values are kept as they are.</summary>
public enum ElfMachine : ushort
{
    None = 0,
    Sparc = 2,
    I386 = 3,
    M68k = 4,
    Mips = 8,
    PowerPc = 20,
    PowerPc64 = 21,
    S390 = 22,
    Arm = 40,
    SparcV9 = 43,
    X86_64 = 62,
    AArch64 = 183,
    RiscV = 243,
    LoongArch = 258,
}

/// <summary>What objects have to agree in to be linked together.</summary>
public readonly record struct MachineKind(ElfMachine Machine, ElfClass Class, ElfByteOrder ByteOrder)
{
    public static MachineKind Of(ElfFile file) => new(file.Machine, file.Class, file.ByteOrder);

    public override string ToString() => $"{Machine} ({Class}, {ByteOrder})";
}

/// <summary>What hangs on a machine and is no matter of its code; what relocations of debug information mean is in <see cref="Dwarf.RelocationKind"/>.</summary>
public static class ElfMachines
{
    private const ushort LargeCommonOfX86 = 0xff02; // SHN_X86_64_LCOMMON
    private const ushort SmallCommonOfMips = 0xff03; // SHN_MIPS_SCOMMON

    /// <summary>Whether GNU ld takes an object without .note.GNU-stack for one that wants an executable stack.</summary>
    public static bool HasExecutableStack(this ElfMachine machine) => machine is ElfMachine.I386 or ElfMachine.X86_64 or ElfMachine.Arm or ElfMachine.S390;

    /// <summary>Whether a relocation stands before a call that gives the address of a thread-local variable, and that linkers may take away.</summary>
    public static bool AsksForThreadLocalAddress(this ElfMachine machine, uint relocation) => machine switch
    {
        ElfMachine.X86_64 => relocation is 19 or 20, // R_X86_64_TLSGD, TLSLD
        ElfMachine.I386 => relocation is 18 or 19, // R_386_TLS_GD, TLS_LDM
        _ => false,
    };

    /// <summary>Whether a section index of the machine's own stands for common symbols.</summary>
    internal static bool IsCommon(this ElfMachine machine, ushort section) =>
        (machine == ElfMachine.X86_64 && section == LargeCommonOfX86) || (machine == ElfMachine.Mips && section == SmallCommonOfMips);
}
