using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Fuzzing.Mutation;
using MiniosBuild.Fuzzing.RoundTrip;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.TestUtilities;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The pass over damaged archives and objects: when it takes one, each member has its names changed, and nothing else.</summary>
public sealed class PassTarget : FuzzTarget, IDisposable
{
    private static readonly string[] s_names = ["sum", "counter", "app_main", "printk", "message", "main", "weak", "missing", "start", "_start"];

    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(() => [.. SeedCorpus.Archives, .. SeedCorpus.Archives, .. SeedCorpus.Objects]);
    private readonly SymbolMap _map = SymbolMap.Parse(
        System.Text.Encoding.UTF8.GetBytes(string.Concat(s_names.Select(name => $"{name} round_trip_{name}\n"))), "names.map");

    public override string Name => "pass";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override int AllocationPerByte => 1024;

    public override int AllocationBase => 4 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        FuzzRandom random = FuzzRandom.Of(input);
        PassOptions options = new()
        {
            Note = random.OneIn(2) ? "map=fuzz pass=1" : null, CopyNonObjects = !random.OneIn(4), Deterministic = random.OneIn(2), MaxDegreeOfParallelism = 1,
        };
        byte[] output = Pass(input, options);
        if (!ArArchive.IsArchive(input))
        {
            Compare(input, output);
            return;
        }

        ArArchive before = ArArchive.Parse(input);
        ArArchive after = ArArchive.Parse(output);
        BrokenPromiseException.Require(before.Members.Count == after.Members.Count, "no member comes or goes");
        for (int index = 0; index < before.Members.Count; index++)
        {
            BrokenPromiseException.Require(before.Members[index].NameBytes.SequenceEqual(after.Members[index].NameBytes), "members keep their names");
            Compare(before.Members[index].Data, after.Members[index].Data);
        }

        BrokenPromiseException.Require(
            options.Note is null || Pass(output, options).AsSpan().SequenceEqual(output), "a second pass changes nothing");
    }

    public void Dispose() => _folder.Dispose();

    private byte[] Pass(byte[] input, PassOptions options)
    {
        // A folder for each core, so that what is left in it is this pass's.
        string folder = Directory.CreateDirectory(_folder.File($"{Environment.CurrentManagedThreadId}")).FullName;
        string from = Path.Combine(folder, "in.a");
        string to = Path.Combine(folder, "out.a");
        File.WriteAllBytes(from, input);
        File.Delete(to);
        try
        {
            new ArchivePass(_map, options).Apply(from, to);
        }
        catch (DiagnosticException)
        {
            BrokenPromiseException.Require(Directory.GetFiles(folder).Length == 1, "a pass that is refused leaves nothing behind");
            throw;
        }

        return File.ReadAllBytes(to);
    }

    private void Compare(ReadOnlyMemory<byte> before, ReadOnlyMemory<byte> after)
    {
        if (!ElfFile.IsElf(before.Span))
        {
            BrokenPromiseException.Require(before.Span.SequenceEqual(after.Span), "what is no object is copied");
            return;
        }

        ElfFile old = ElfFile.Parse(before);
        ElfFile now;
        try
        {
            now = ElfFile.Parse(after);
        }
        catch (ObjectFormatException e)
        {
            throw new BrokenPromiseException($"what was written can be read: {e.Code}");
        }

        new ObjectComparison(old, now).Require(symbol => (
            ObjectRoundTrip.IsRenamable(symbol) && _map.Find(symbol.NameBytes).Entry is var entry and >= 0 ? _map[entry].NewName.ToArray() : symbol.NameBytes.ToArray(),
            !symbol.IsGlobal));
    }
}
