using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Linking.MachineCode;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The scan of machine code, on damaged objects.</summary>
public sealed class CodeTarget : FuzzTarget
{
    public override string Name => "code";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Objects;

    public override int AllocationPerByte => 1024;

    public override int AllocationBase => 4 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        ElfFile elf = ElfFile.Parse(input);
        foreach (CodeHit hit in MachineCodeScan.Scan(elf))
        {
            BrokenPromiseException.Require(
                hit.Count > 0 && hit.Offset < elf.Sections[hit.Section].Size && (hit.Symbol == 0 || hit.Symbol < elf.Symbols.Count) && hit.Instruction.Length > 0,
                "a hit is an instruction of the section");
        }
    }
}
