using Iced.Intel;

namespace MiniosBuild.Linking.MachineCode;

/// <summary>
/// Follows the code of one section: from each start along its branches, and then through the gaps that are left (targets of jump tables),
/// as far as these decode without a fault up to known code.
/// </summary>
internal sealed class CodeWalk(ReadOnlyMemory<byte> code, CodeMachine machine, SortedSet<ulong> starts, HashSet<ulong> relocated, IReadOnlyList<(ulong Start, ulong Size)> data)
{
    private readonly bool[] _seen = new bool[code.Length]; // Bytes of instructions.
    private readonly bool[] _begins = new bool[code.Length]; // The first byte of each.
    private readonly Stack<(ulong Offset, FrameDepth Frame)> _open = new();
    private readonly List<(CodeTrait Trait, Instruction Instruction)> _hits = [];
    private readonly ByteArrayCodeReader _bytes = new(code.ToArray());
    private Decoder? _decoder;

    /// <summary>What the code does that it may not do, by place.</summary>
    public IEnumerable<(CodeTrait Trait, Instruction Instruction)> Run()
    {
        foreach ((ulong start, ulong size) in data)
        {
            if (start < (ulong)code.Length)
            {
                _seen.AsSpan((int)start, (int)Math.Min(size, (ulong)code.Length - start)).Fill(true);
            }
        }

        foreach (ulong start in starts.Reverse())
        {
            _open.Push((start, FrameDepth.AtEntry));
        }

        Follow();
        FollowGaps();
        return _hits.OrderBy(hit => hit.Instruction.IP);
    }

    private void Follow()
    {
        while (_open.TryPop(out (ulong Offset, FrameDepth Frame) start))
        {
            (ulong at, FrameDepth frame) = start;
            while (at < (ulong)code.Length && !_begins[at] && Decode(at) is { } instruction)
            {
                Mark(instruction);
                Check(instruction, frame);
                frame = frame.After(instruction);
                at = instruction.NextIP;
                if (instruction.FlowControl is FlowControl.ConditionalBranch or FlowControl.UnconditionalBranch && IsNear(instruction))
                {
                    _open.Push((instruction.NearBranchTarget, frame));
                }

                if (instruction.FlowControl is FlowControl.UnconditionalBranch or FlowControl.IndirectBranch or FlowControl.Return || EndsFlow(instruction))
                {
                    break;
                }
            }
        }
    }

    // Compilers put it where no flow is to come to.
    private static bool EndsFlow(in Instruction instruction) => instruction.Mnemonic is Mnemonic.Ud2 or Mnemonic.Hlt;

    /// <summary>A branch whose target is in the instruction and not left to a relocation, which would say 0 there.</summary>
    private bool IsNear(in Instruction instruction)
    {
        if (!instruction.IsJccShortOrNear && !instruction.IsJmpShortOrNear && !instruction.IsJkccShortOrNear && !instruction.IsLoop && !instruction.IsLoopcc && !instruction.IsJcxShort)
        {
            return false;
        }

        for (ulong offset = instruction.IP + 1; offset < instruction.NextIP; offset++)
        {
            if (relocated.Contains(offset))
            {
                return false;
            }
        }

        return instruction.NearBranchTarget < (ulong)code.Length;
    }

    /// <summary>Bytes that no flow reached: code behind an indirect jump, dead code, tables, padding.</summary>
    private void FollowGaps()
    {
        for (int start = 0; start < code.Length; start++)
        {
            if (_seen[start])
            {
                continue;
            }

            int end = start;
            while (end < code.Length && !_seen[end])
            {
                end++;
            }

            if (IsCodeGap(start, end))
            {
                for (ulong at = (ulong)start; at < (ulong)end && Decode(at) is { } instruction; at = instruction.NextIP)
                {
                    Mark(instruction);
                    Check(instruction, FrameDepth.Unknown);
                }
            }

            start = end;
        }
    }

    private bool IsCodeGap(int start, int end)
    {
        // Before the first symbol there is nothing that a name leads to, and nothing to tell data by.
        if (starts.Count > 0 && (ulong)start < starts.Min)
        {
            return false;
        }

        ulong at = (ulong)start;
        while (at < (ulong)end)
        {
            // Nothing compiled adds al to where rax points: zeros of a table do.
            if (Decode(at) is not { } instruction || (code.Span[(int)at] == 0 && instruction.Code == Code.Add_rm8_r8))
            {
                return false;
            }

            at = instruction.NextIP;
        }

        return at == (ulong)end;
    }

    private Instruction? Decode(ulong at)
    {
        // What a relocation fills in from the first byte on is an address, and no instruction.
        if (relocated.Contains(at))
        {
            return null;
        }

        _decoder ??= Decoder.Create(machine.Bits, _bytes);
        _bytes.Position = (int)at;
        _decoder.IP = at;
        _decoder.Decode(out Instruction instruction);
        return instruction.IsInvalid ? null : instruction;
    }

    private void Mark(in Instruction instruction)
    {
        _begins[instruction.IP] = true;
        _seen.AsSpan((int)instruction.IP, instruction.Length).Fill(true);
    }

    private void Check(in Instruction instruction, FrameDepth frame)
    {
        if (instruction.Code is Code.Syscall or Code.Sysenter || (instruction.Code == Code.Int_imm8 && instruction.Immediate8 == 0x80))
        {
            _hits.Add((CodeTrait.SystemCall, instruction));
        }

        if (instruction.Mnemonic is Mnemonic.Nop or Mnemonic.Lea || !HasMemory(instruction))
        {
            return;
        }

        if (instruction.MemorySegment == machine.ThreadPointer)
        {
            _hits.Add((CodeTrait.ThreadPointer, instruction));
        }
        else if (machine.HasRedZone && frame.IsInRedZone(instruction))
        {
            _hits.Add((CodeTrait.RedZone, instruction));
        }
    }

    private static bool HasMemory(in Instruction instruction)
    {
        for (int i = 0; i < instruction.OpCount; i++)
        {
            if (instruction.GetOpKind(i) == OpKind.Memory)
            {
                return true;
            }
        }

        return false;
    }
}
