namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>The fields of a line table's header that its program depends on (6.2.4).</summary>
/// <param name="InstructionLength">minimum_instruction_length</param>
/// <param name="IsStatement">default_is_stmt</param>
/// <param name="LineBase">line_base</param>
/// <param name="LineRange">line_range, not 0</param>
/// <param name="OpcodeBase">opcode_base, not 0</param>
/// <param name="OperandCounts">standard_opcode_lengths, by opcode.</param>
internal sealed record LineProgramParameters(
    byte InstructionLength, bool IsStatement, sbyte LineBase, byte LineRange, byte OpcodeBase, byte[] OperandCounts)
{
    public static LineProgramParameters Read(ref DwarfCursor header, int version)
    {
        byte instructionLength = header.Byte();
        if (version >= 4)
        {
            _ = header.Byte(); // maximum_operations_per_instruction: more than 1 only on machines with VLIW
        }

        bool isStatement = header.Byte() != 0;
        sbyte lineBase = (sbyte)header.Byte();
        int position = header.Position;
        byte lineRange = header.Byte();
        byte opcodeBase = header.Byte();
        if (lineRange == 0 || opcodeBase == 0)
        {
            throw DwarfDamage.At(DebugCodes.LineTable, header.Section, position,
                $"line_range is {lineRange} and opcode_base is {opcodeBase}, expected others than 0");
        }

        byte[] operandCounts = new byte[opcodeBase];
        for (int opcode = 1; opcode < opcodeBase; opcode++)
        {
            operandCounts[opcode] = header.Byte();
        }

        return new LineProgramParameters(instructionLength, isStatement, lineBase, lineRange, opcodeBase, operandCounts);
    }
}
