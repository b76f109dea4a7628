using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The census of a damaged object beside a sound one, and the plan of both, by two policies.</summary>
public sealed class CensusTarget : FuzzTarget
{
    private readonly NamespacePolicy[] _policies =
    [
        NamespacePolicy.Parse("""{ "name": "small", "publicPrefix": "p_", "internalPrefix": "_p_" }"""u8.ToArray(), "small.json"),
        NamespacePolicy.Parse(Encoding.UTF8.GetBytes(TextSeeds.FullPolicy), "full.json"),
    ];

    public override string Name => "census";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Objects;

    public override int AllocationPerByte => 1024;

    public override int AllocationBase => 4 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        SymbolCensus alone = SymbolCensus.Read([new CensusInput("core", "a.o", input)]);
        PlanTarget.ReadAll(NamespacePlanner.Plan(_policies[input.Length & 1], alone, PublicDeclarations.Empty, LibcMode.Stub));

        SymbolCensus census = SymbolCensus.Read([new CensusInput("core", "b.o", input), new CensusInput("libc", "a.o", SeedCorpus.Objects[0].Bytes)]);
        NamespacePlan plan = NamespacePlanner.Plan(_policies[(input.Length >> 1) & 1], census, PublicDeclarations.Empty, LibcMode.Private);
        PlanTarget.ReadAll(plan);
        BrokenPromiseException.Require(plan.Equals(NamespacePlan.Parse(plan.Serialize(), "again")), "a plan that is written and read is the same plan");
    }
}
