using Iced.Intel;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.MachineCode;

/// <summary>
/// Looks into the machine code of an x86 object for what a guest may not do. Code is followed from each symbol and from each address that
/// other sections keep, so that tables and padding between instructions are not taken for code.
/// </summary>
public static class MachineCodeScan
{
    /// <summary>Whether the code of a machine can be looked into.</summary>
    public static bool Knows(ElfMachine machine) => CodeMachine.Of(machine) is not null;

    /// <summary>The first place and the number of each trait, in the order of <see cref="CodeTrait"/>; none for other machines than x86.</summary>
    /// <param name="elf">A relocatable object.</param>
    /// <param name="isDropped">Which sections the linker leaves out; null for none.</param>
    public static IReadOnlyList<CodeHit> Scan(ElfFile elf, Func<int, bool>? isDropped = null)
    {
        if (CodeMachine.Of(elf.Machine) is not { } machine)
        {
            return [];
        }

        var hits = new SortedDictionary<CodeTrait, CodeHit>();
        CodeEntries? entries = null;
        foreach (ElfSection section in elf.Sections)
        {
            const ElfSectionFlags code = ElfSectionFlags.Executable | ElfSectionFlags.Alloc;
            if ((section.Flags & code) != code || !section.HasContents || isDropped?.Invoke(section.Index) == true)
            {
                continue;
            }

            entries ??= new CodeEntries(elf, machine);
            ReadOnlyMemory<byte> bytes = elf.Contents(section.Index);
            if (!MayHit(bytes.Span, machine))
            {
                continue;
            }

            var walk = new CodeWalk(
                bytes, machine, entries.Of(section.Index), entries.RelocatedIn(section.Index), entries.DataIn(section.Index));
            foreach ((CodeTrait trait, Instruction instruction) in walk.Run())
            {
                hits[trait] = hits.TryGetValue(trait, out CodeHit hit)
                    ? hit with { Count = hit.Count + 1 }
                    : new CodeHit(
                        trait, section.Index, instruction.IP, entries.SymbolAt(section.Index, instruction.IP), Shown(instruction),
                        unchecked((long)instruction.MemoryDisplacement64), 1);
            }
        }

        return [.. hits.Values];
    }

    /// <summary>Most code is told to be harmless by its bytes: none of them begins what is looked for.</summary>
    private static bool MayHit(ReadOnlySpan<byte> code, CodeMachine machine)
    {
        ReadOnlySpan<byte> systemCall = [0x0f, 0x05], fastCall = [0x0f, 0x34], interrupt = [0xcd, 0x80];
        return code.Contains(machine.ThreadPrefix) || code.IndexOf(systemCall) >= 0 || code.IndexOf(fastCall) >= 0 || code.IndexOf(interrupt) >= 0
            || machine.HasRedZone; // Any frame may reach below the stack pointer.
    }

    private static string Shown(in Instruction instruction)
    {
        var output = new StringOutput();
        var formatter = new GasFormatter();
        formatter.Options.UppercaseHex = false;
        formatter.Format(instruction, output);
        return output.ToStringAndReset().Replace('\t', ' ');
    }
}

/// <summary>What an object's machine code does that a guest may not do: the first place, and how many there are.</summary>
/// <param name="Trait">What it does.</param>
/// <param name="Section">The section of the first place, by its index.</param>
/// <param name="Offset">The instruction's start, in bytes from the section's.</param>
/// <param name="Symbol">The function that it is in, by its index in the symbol table; 0 when none is known.</param>
/// <param name="Instruction">The instruction, as a disassembler shows it.</param>
/// <param name="Displacement">The displacement of its memory operand, in bytes; 0 when it has none.</param>
/// <param name="Count">How many such instructions the object has.</param>
public readonly record struct CodeHit(CodeTrait Trait, int Section, ulong Offset, int Symbol, string Instruction, long Displacement, int Count);

/// <summary>What machine code does that a guest may not do.</summary>
public enum CodeTrait
{
    /// <summary>It calls an operating system: syscall, sysenter, int 0x80.</summary>
    SystemCall,

    /// <summary>It reads or writes through the thread pointer: fs on x86-64, gs on 32-bit x86.</summary>
    ThreadPointer,

    /// <summary>It keeps data below the stack pointer (System V ABI of x86-64, 3.2.2, the red zone).</summary>
    RedZone,
}
