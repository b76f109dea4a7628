namespace MiniosBuild.Linking;

/// <summary>What an object's machine code does that a guest may not do: the first place, and how many there are.</summary>
/// <param name="Trait">What it does.</param>
/// <param name="Section">The section of the first place, by its index.</param>
/// <param name="Offset">The instruction's start, in bytes from the section's.</param>
/// <param name="Symbol">The function that it is in, by its index in the symbol table; 0 when none is known.</param>
/// <param name="Instruction">The instruction, as a disassembler shows it.</param>
/// <param name="Displacement">The displacement of its memory operand, in bytes; 0 when it has none.</param>
/// <param name="Count">How many such instructions the object has.</param>
public readonly record struct CodeHit(CodeTrait Trait, int Section, ulong Offset, int Symbol, string Instruction, long Displacement, int Count);
