using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>What a damaged program needs of a sound set.</summary>
public sealed class ConsumersTarget : FuzzTarget
{
    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(() => [.. SeedCorpus.Archives, .. SeedCorpus.Objects]);
    private readonly NamespacePolicy _policy = NamespacePolicy.Parse(SeedCorpus.Policies[0].Bytes, "full.json");
    private readonly NamespacePlan _plan = NamespacePlan.Parse(SeedCorpus.Plans[0].Bytes, "plan.json");

    public override string Name => "consumers";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override int AllocationPerByte => 1024;

    public override int AllocationBase => 1024 * 1024;

    public override void Execute(byte[] input)
    {
        ConsumerReport report = ConsumerReport.Of(_plan, _policy, ConsumerNeeds.Read([new ConsumerFile("app.a", input)]));
        _ = report.Names.Count + report.Diagnostics.Count;
    }
}
