using Iced.Intel;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.MachineCode;

/// <summary>A machine whose code can be looked into: the two kinds of x86, and what tells them apart.</summary>
/// <param name="Bits">Of addresses and registers.</param>
/// <param name="ThreadPointer">The segment register that leads to a thread's variables.</param>
/// <param name="ThreadPrefix">The byte that chooses it in an instruction.</param>
/// <param name="Canary">Where compilers keep the value that protects the stack, behind the thread pointer.</param>
/// <param name="HasRedZone">Whether a function may keep data below the stack pointer (System V ABI of x86-64, 3.2.2).</param>
/// <param name="Addresses">The relocations that fill in an address, and have an addend beside them.</param>
internal sealed record CodeMachine(int Bits, Register ThreadPointer, byte ThreadPrefix, long Canary, bool HasRedZone, params uint[] Addresses)
{
    private static readonly CodeMachine s_of64Bits = new(64, Register.FS, 0x64, 0x28, true, 1, 10, 11); // R_X86_64_64, _32, _32S
    private static readonly CodeMachine s_of32Bits = new(32, Register.GS, 0x65, 0x14, false);

    /// <summary>That of an object; null for a machine whose code is not looked into.</summary>
    public static CodeMachine? Of(ElfMachine machine) => machine switch
    {
        ElfMachine.X86_64 => s_of64Bits,
        ElfMachine.I386 => s_of32Bits,
        _ => null,
    };
}
