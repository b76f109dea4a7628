using System.Text;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Renaming.Passing;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>Maps of <c>old new</c> lines.</summary>
public sealed class MapTarget : FuzzTarget
{
    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(TextSeeds.Maps);

    public override string Name => "map";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override IReadOnlyList<string> Words { get; } = ["old", "new", "sum", "counter", " ", "\t", "#", "\r\n", "a b", "b a", "a a", "\u00e9"];

    public override int AllocationPerByte => 256;

    // A table of names starts with room for some thousands.
    public override int AllocationBase => 2 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        SymbolMap map = SymbolMap.Parse(input, "names.map");
        for (int entry = 0; entry < map.Count; entry++)
        {
            BrokenPromiseException.Require(map.Find(map[entry].Name.Span).Entry == entry, "each old name is found");
            BrokenPromiseException.Require(map.Find(map[entry].NewName.Span).TargetOf == entry, "each new name is found");
        }

        SymbolMap back = map.Inverse().Inverse();
        BrokenPromiseException.Require(back.Digest() == map.Digest(), "the inverse of the inverse is the map");
        _ = map.Find(Encoding.UTF8.GetBytes("no such name"));
    }
}
