using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The DWARF reader, asked about the symbols of a damaged object.</summary>
public sealed class DwarfTarget : FuzzTarget
{
    private const int MostQuestions = 200; // Of one file: a line of time for each symbol is not what a hang is.

    // Compressed sections are unpacked, up to the limit that the reader sets to their growth.
    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(() => [.. SeedCorpus.Objects.Select(WithDebugRanges).Where(seed => seed.HotRanges.Count > 0)]);

    public override string Name => "dwarf";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override int AllocationPerByte => 1100;

    public override int AllocationBase => 1024 * 1024;

    public override void Execute(byte[] input)
    {
        ElfFile file = ElfFile.Parse(input);
        if (DwarfReader.Open(file) is not { } reader)
        {
            return;
        }

        int questions = 0;
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (questions++ < MostQuestions)
            {
                Require(reader.DeclarationOf(symbol));
                Require(reader.UseOf(symbol.Index));
            }
        }
    }

    private static void Require(SourcePosition? position) => BrokenPromiseException.Require(
        position is not { } found || (found.File.Length > 0 && found.Line >= 0 && found.Column >= 0), "a position has a file, and no negative line");

    private static Seed WithDebugRanges(Seed seed) =>
        seed with { HotRanges = [.. ElfFields.HotRanges(seed.Bytes, ".debug"), .. ElfFields.HotRanges(seed.Bytes, ".zdebug")] };
}
