using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Forecast;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The contract parser: what it takes it writes as it was, and a link can be checked against it.</summary>
public sealed class ContractTarget : FuzzTarget
{
    private readonly NamespacePolicy _policy = NamespacePolicy.Parse(SeedCorpus.Policies[0].Bytes, "full.json");
    private readonly Lazy<IReadOnlyList<Seed>> _seeds;

    public ContractTarget() => _seeds = new(() =>
    [
        .. SeedCorpus.Objects.Take(3).Select(seed => TextSeeds.Text(
            $"contract of {seed.Name}",
            LibcContract.Compute([new LinkInput(LinkParty.Framework, "core", "a.o", seed.Bytes)], _policy, LibcMode.None, "x86_64").ToJson())),
    ]);

    public override string Name => "contract";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override IReadOnlyList<string> Words { get; } =
    [
        "contract", "arch", "libc", "policy", "needs", "gives", "hooks", "linkerNames", "users", "givenBy", "party", "kind", "weak", "member", "file", "line",
        "column", "framework", "compiler", "guest", "function", "common", "null", "true", "1", "0", "-1", "4294967296", "[]", "{}", "memcpy", "sum",
    ];

    public override int AllocationPerByte => 2048;

    public override int AllocationBase => 4 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        LibcContract contract = LibcContract.Parse(input, "minios.contract.json");
        string json = contract.ToJson();
        LibcContract again = LibcContract.Parse(System.Text.Encoding.UTF8.GetBytes(json), "again.json");
        BrokenPromiseException.Require(again.ToJson() == json, "a contract is read as it was written");
        _ = contract.ToText();
        _ = LinkCheck.Run(new LinkCheckInput(contract.ToInputs("minios.contract.json"), _policy));
    }
}
