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
