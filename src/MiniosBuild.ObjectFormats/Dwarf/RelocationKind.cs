using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>What the relocations of a machine mean that compilers put on debug sections.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Size">Of the field, in bytes.</param>
internal readonly record struct RelocationKind(RelocationAction Action, int Size)
{
    private static readonly RelocationKind Nothing = new(RelocationAction.None, 0);

    /// <summary>By the numbers of the machines' processor supplements of the ELF ABI.</summary>
    public static RelocationKind Of(ElfMachine machine, uint type) => type == 0 ? Nothing : machine switch
    {
        ElfMachine.X86_64 => type switch
        {
            1 or 17 => Set(8), // R_X86_64_64, DTPOFF64
            10 or 11 or 21 => Set(4), // 32, 32S, DTPOFF32
            12 => Set(2), // 16
            14 => Set(1), // 8
            _ => default,
        },
        ElfMachine.I386 => type switch
        {
            1 or 32 => Set(4), // R_386_32, TLS_LDO_32
            20 => Set(2), // 16
            22 => Set(1), // 8
            _ => default,
        },
        ElfMachine.AArch64 => type switch
        {
            257 or 1029 => Set(8), // R_AARCH64_ABS64, TLS_DTPREL
            258 => Set(4), // ABS32
            259 => Set(2), // ABS16
            _ => default,
        },
        ElfMachine.Arm => type switch
        {
            2 or 106 => Set(4), // R_ARM_ABS32, TLS_LDO32
            5 => Set(2), // ABS16
            8 => Set(1), // ABS8
            _ => default,
        },
        ElfMachine.RiscV => OfRiscV(type),
        ElfMachine.S390 => type switch
        {
            22 or 53 => Set(8), // R_390_64, TLS_LDO64
            4 or 52 => Set(4), // 32, TLS_LDO32
            3 => Set(2), // 16
            1 => Set(1), // 8
            _ => default,
        },
        ElfMachine.PowerPc => type switch
        {
            1 or 24 or 78 => Set(4), // R_PPC_ADDR32, UADDR32, DTPREL32
            3 or 25 => Set(2), // ADDR16, UADDR16
            _ => default,
        },
        ElfMachine.PowerPc64 => type switch
        {
            38 or 43 or 78 => Set(8), // R_PPC64_ADDR64, UADDR64, DTPREL64
            1 or 24 or 110 => Set(4), // ADDR32, UADDR32, DTPREL32
            3 or 25 => Set(2), // ADDR16, UADDR16
            _ => default,
        },
        ElfMachine.Mips => type switch
        {
            18 or 41 => Set(8), // R_MIPS_64, TLS_DTPREL64
            2 or 39 => Set(4), // 32, TLS_DTPREL32
            1 => Set(2), // 16
            _ => default,
        },
        ElfMachine.Sparc or ElfMachine.SparcV9 => type switch
        {
            32 or 54 or 77 => Set(8), // R_SPARC_64, UA64, TLS_DTPOFF64
            3 or 23 or 76 => Set(4), // 32, UA32, TLS_DTPOFF32
            2 or 55 => Set(2), // 16, UA16
            1 => Set(1), // 8
            _ => default,
        },
        _ => default,
    };

    // Linker relaxation moves code, so that differences of labels are relocations too, in pairs.
    private static RelocationKind OfRiscV(uint type) => type switch
    {
        1 or 8 => Set(4), // R_RISCV_32, TLS_DTPREL32
        2 or 9 => Set(8), // 64, TLS_DTPREL64
        >= 33 and <= 36 => new(RelocationAction.Add, 1 << (int)(type - 33)), // ADD8 to ADD64
        >= 37 and <= 40 => new(RelocationAction.Subtract, 1 << (int)(type - 37)), // SUB8 to SUB64
        43 or 51 => Nothing, // ALIGN, RELAX
        52 => new(RelocationAction.SubtractSixBits, 1), // SUB6
        53 => new(RelocationAction.SetSixBits, 1), // SET6
        54 => Set(1), // SET8
        55 => Set(2), // SET16
        56 => Set(4), // SET32
        _ => default,
    };

    private static RelocationKind Set(int size) => new(RelocationAction.Set, size);
}
