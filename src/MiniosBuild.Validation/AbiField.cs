using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>Bits of e_flags in which objects of one link must agree, by the machine's processor supplement.</summary>
/// <param name="Name">What the bits say.</param>
/// <param name="Mask">Where they are.</param>
/// <param name="ZeroIsAny">Whether an object that has none of them set agrees with every other.</param>
internal readonly record struct AbiField(string Name, uint Mask, bool ZeroIsAny)
{
    private static readonly AbiField[] s_arm = [new("EABI version", 0xff000000, true), new("float ABI", 0x600, true)]; // EF_ARM_EABIMASK, EF_ARM_ABI_FLOAT_*
    private static readonly AbiField[] s_mips = [new("ABI", 0xf020, false), new("NaN encoding", 0x400, false)]; // EF_MIPS_ABI | EF_MIPS_ABI2, EF_MIPS_NAN2008
    private static readonly AbiField[] s_riscV = [new("float ABI", 0x6, false), new("register set", 0x8, false)]; // EF_RISCV_FLOAT_ABI, EF_RISCV_RVE
    private static readonly AbiField[] s_powerPc64 = [new("ABI version", 0x3, true)]; // EF_PPC64_ABI
    private static readonly AbiField[] s_loongArch = [new("float ABI", 0x7, true)]; // EF_LOONGARCH_ABI_MODIFIER_MASK

    /// <summary>The fields of a machine.</summary>
    public static ReadOnlySpan<AbiField> Of(ElfMachine machine) => machine switch
    {
        ElfMachine.Arm => s_arm,
        ElfMachine.Mips => s_mips,
        ElfMachine.RiscV => s_riscV,
        ElfMachine.PowerPc64 => s_powerPc64,
        ElfMachine.LoongArch => s_loongArch,
        _ => [],
    };

    /// <summary>Whether two objects with these e_flags may be linked, as far as this field goes.</summary>
    public bool Agree(uint left, uint right) =>
        (left & Mask) == (right & Mask) || (ZeroIsAny && ((left & Mask) == 0 || (right & Mask) == 0));
}
