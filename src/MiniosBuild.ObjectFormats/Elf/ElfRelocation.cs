namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>One entry of an SHT_REL or SHT_RELA section.</summary>
/// <param name="Offset">r_offset: in the section that the relocations apply to (relocatable files), else an address.</param>
/// <param name="Type">The machine's relocation type; of 64-bit MIPS r_ssym, r_type3, r_type2 and r_type, from the highest byte down.</param>
/// <param name="SymbolIndex">In the symbol table that sh_link of the section names; 0 for none.</param>
/// <param name="Addend">r_addend; 0 in SHT_REL, where the addend lies in the bytes to be relocated.</param>
public readonly record struct ElfRelocation(ulong Offset, uint Type, int SymbolIndex, long Addend)
{
    internal static (ulong Offset, uint Type, uint Symbol, long Addend) Read(
        ReadOnlySpan<byte> structure, ElfFormat format, ElfMachine machine, bool hasAddend)
    {
        ElfFieldReader fields = new(structure, format);
        ulong offset = fields.Native(); // r_offset
        ulong info = fields.Native(); // r_info
        long addend = hasAddend ? fields.SignedNative() : 0; // r_addend
        if (!format.Is64)
        {
            return (offset, (uint)info & 0xff, (uint)info >> 8, addend); // ELF32_R_TYPE, ELF32_R_SYM
        }

        if (machine == ElfMachine.Mips && !format.IsBig)
        {
            // 64-bit MIPS has a 32-bit r_sym and four single bytes in place of r_info, in this order whatever the byte order.
            uint bytes = (uint)(info >> 32);
            return (offset, System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(bytes), (uint)info, addend);
        }

        return (offset, (uint)info, (uint)(info >> 32), addend); // ELF64_R_TYPE, ELF64_R_SYM
    }
}
