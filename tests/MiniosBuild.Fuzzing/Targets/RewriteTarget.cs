using System.Text;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Fuzzing.Mutation;
using MiniosBuild.Fuzzing.RoundTrip;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The rewriter on damaged objects, with changes that the input's bytes decide: it refuses, or what it writes is right.</summary>
public sealed class RewriteTarget : FuzzTarget
{
    public override string Name => "rewrite";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Objects;

    // Mostly for the comparison, which is as simple as can be.
    public override int AllocationPerByte => 512;

    public override int AllocationBase => 1024 * 1024;

    public override void Execute(byte[] input)
    {
        ElfFile file = ElfFile.Parse(input);
        byte[] same = ObjectRoundTrip.Rewrite(file, input, []);
        BrokenPromiseException.Require(same.AsSpan().SequenceEqual(input), "a rewrite without changes gives the same bytes");

        FuzzRandom random = FuzzRandom.Of(input);
        bool mayLocalise = random.OneIn(2);
        Dictionary<int, ElfSymbolChange> changes = [];
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (ObjectRoundTrip.IsRenamable(symbol) && !random.OneIn(3))
            {
                bool makeLocal = mayLocalise && symbol.IsDefined && random.OneIn(4);
                byte[] name = makeLocal && random.OneIn(2) ? [] : NewName(symbol, random);
                changes.Add(symbol.Index, new ElfSymbolChange(symbol.Index, name, makeLocal));
            }
        }

        byte[]? note = random.OneIn(2) ? "policy fuzz"u8.ToArray() : null;
        byte[] changed = ObjectRoundTrip.Rewrite(file, input, [.. changes.Values], note);
        ElfFile after = ElfFile.Parse(changed);
        new ObjectComparison(file, after).Require(symbol =>
            changes.TryGetValue(symbol.Index, out ElfSymbolChange change)
                ? (change.NewName.IsEmpty ? symbol.NameBytes.ToArray() : change.NewName.ToArray(), change.MakeLocal || !symbol.IsGlobal)
                : (symbol.NameBytes.ToArray(), !symbol.IsGlobal));
        BrokenPromiseException.Require(note is null || ElfPassNote.Read(after) == "policy fuzz", "the note can be read back");
        byte[] again = ObjectRoundTrip.Rewrite(after, changed, [], note);
        BrokenPromiseException.Require(again.AsSpan().SequenceEqual(changed), "the note that is there already changes nothing");
        AllocateCommons(file, input, random);
    }

    private static void AllocateCommons(ElfFile file, byte[] input, FuzzRandom random)
    {
        ElfSymbolUses uses = new(file);
        List<ElfCommonChange> changes = [];
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (symbol.Index != 0 && ElfCommonRewriter.WhyNot(symbol) is null && !random.OneIn(4))
            {
                changes.Add(random.OneIn(2) ? new ElfCommonChange(symbol.Index, ElfCommonFate.Allocated, symbol.Size + (ulong)random.Below(9), symbol.Value)
                    : new ElfCommonChange(symbol.Index, uses[symbol.Index] ? ElfCommonFate.Undefined : ElfCommonFate.Removed));
            }
        }

        ElfRewrite rewrite = ElfCommonRewriter.Prepare(file, input, [.. changes]);
        byte[] written = new byte[rewrite.Size];
        rewrite.WriteTo(written);
        try
        {
            ElfCommonProof.Require(file, ElfFile.Parse(written), [.. changes]);
        }
        catch (ObjectFormatException e) when (e.Code.StartsWith("MINIOS13", StringComparison.Ordinal))
        {
            throw new BrokenPromiseException($"an object whose common symbols have a place is what it was: {e.Message}");
        }
    }

    private static byte[] NewName(ElfSymbol symbol, FuzzRandom random) => random.Below(8) switch
    {
        0 => "x"u8.ToArray(), // A name that others may get as well.
        1 => symbol.NameBytes[^1..].ToArray(),
        2 => Encoding.ASCII.GetBytes(new string('n', 300) + symbol.Index),
        _ => [.. "p_"u8, .. symbol.NameBytes],
    };
}
