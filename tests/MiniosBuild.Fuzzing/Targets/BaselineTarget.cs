using System.Text;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The list of findings that an owner accepts for now, applied to some.</summary>
public sealed class BaselineTarget : FuzzTarget
{
    private readonly Lazy<(IReadOnlyList<Finding> Findings, IReadOnlyList<Seed> Seeds)> _set = new(() =>
    {
        NamespacePolicy policy = NamespacePolicy.Parse("""{ "name": "small", "publicPrefix": "p_", "internalPrefix": "_p_" }"""u8.ToArray(), "small.json");
        IReadOnlyList<Finding> findings = new NamespaceValidator(policy, LibcMode.Stub).ValidateSet([new ValidatedFile("core", "a.o", SeedCorpus.Objects[0].Bytes)]);
        return (findings, [TextSeeds.Text("all findings", Baseline.Write(findings)), TextSeeds.Text("none", Baseline.Write([]))]);
    });

    public override string Name => "baseline";

    public override IReadOnlyList<Seed> Seeds => _set.Value.Seeds;

    public override IReadOnlyList<string> Words { get; } = ["MINIOS1410", "MINIOS1421", "core", "sum", "counter", "a.o", "#", " ", "*", "\t", "%20"];

    public override int AllocationPerByte => 512;

    public override void Execute(byte[] input)
    {
        Baseline baseline = Baseline.Parse(Encoding.UTF8.GetString(input), "baseline.txt");
        _ = baseline.Apply(_set.Value.Findings);
    }
}
