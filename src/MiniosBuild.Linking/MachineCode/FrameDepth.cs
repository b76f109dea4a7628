using Iced.Intel;

namespace MiniosBuild.Linking.MachineCode;

/// <summary>How far the stack pointer is below the frame pointer, as far as that can be followed.</summary>
internal readonly record struct FrameDepth
{
    private const int RedZone = 128; // System V ABI of x86-64, 3.2.2

    private readonly bool _isKnown;
    private readonly long _depth;

    private FrameDepth(long depth)
    {
        _isKnown = true;
        _depth = depth;
    }

    /// <summary>At the start of a function the frame pointer is the caller's.</summary>
    public static FrameDepth AtEntry => default;

    public static FrameDepth Unknown => default;

    /// <summary>Whether a memory operand lies in the 128 bytes below the stack pointer; further down are only probes of the stack.</summary>
    public bool IsInRedZone(in Instruction instruction)
    {
        if (instruction.MemoryIndex == Register.RSP || instruction.IsStackInstruction)
        {
            return false;
        }

        long offset = unchecked((long)instruction.MemoryDisplacement64);
        return instruction.MemoryBase switch
        {
            Register.RSP => offset is < 0 and >= -RedZone,
            Register.RBP => _isKnown && instruction.MemoryIndex == Register.None && offset < -_depth && offset >= -_depth - RedZone,
            _ => false,
        };
    }

    /// <summary>The depth when an instruction is done.</summary>
    public FrameDepth After(in Instruction instruction)
    {
        if (instruction.Code is Code.Mov_r64_rm64 or Code.Mov_rm64_r64 && instruction.Op0Kind == OpKind.Register && instruction.Op0Register == Register.RBP
            && instruction.Op1Kind == OpKind.Register && instruction.Op1Register == Register.RSP)
        {
            return new FrameDepth(0);
        }

        if (instruction.Mnemonic == Mnemonic.Leave || (WritesTo(instruction, Register.RBP) && instruction.Mnemonic != Mnemonic.Push))
        {
            return Unknown;
        }

        if (!_isKnown)
        {
            return this;
        }

        if (instruction.Mnemonic == Mnemonic.Lea && instruction.Op0Register == Register.RSP && instruction.MemoryIndex == Register.None)
        {
            long offset = unchecked((long)instruction.MemoryDisplacement64);
            return instruction.MemoryBase == Register.RSP ? new FrameDepth(_depth - offset)
                : instruction.MemoryBase == Register.RBP ? new FrameDepth(-offset)
                : Unknown;
        }

        if (WritesTo(instruction, Register.RSP) && instruction.Op1Kind is OpKind.Immediate8to64 or OpKind.Immediate32to64)
        {
            long amount = unchecked((long)instruction.GetImmediate(1));
            return instruction.Mnemonic == Mnemonic.Sub ? new FrameDepth(_depth + amount)
                : instruction.Mnemonic == Mnemonic.Add ? new FrameDepth(_depth - amount)
                : Unknown;
        }

        if (WritesTo(instruction, Register.RSP))
        {
            return Unknown;
        }

        return instruction.IsStackInstruction && instruction.FlowControl == FlowControl.Next
            ? new FrameDepth(_depth - instruction.StackPointerIncrement)
            : this;
    }

    private static bool WritesTo(in Instruction instruction, Register register) =>
        instruction.OpCount > 0 && instruction.Op0Kind == OpKind.Register && instruction.Op0Register.GetFullRegister() == register
        && instruction.Mnemonic is not (Mnemonic.Cmp or Mnemonic.Test or Mnemonic.Push);
}
