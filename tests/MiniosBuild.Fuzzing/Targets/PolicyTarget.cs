using MiniosBuild.CSource.Census;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The policy parser, and a plan and a check with what it took.</summary>
public sealed class PolicyTarget : FuzzTarget
{
    private readonly Lazy<(SymbolCensus Census, byte[] Object)> _set = new(() =>
    {
        byte[] bytes = SeedCorpus.Objects[0].Bytes;
        return (SymbolCensus.Read([new CensusInput("core", "a.o", bytes)]), bytes);
    });

    public override string Name => "policy";

    public override IReadOnlyList<Seed> Seeds => SeedCorpus.Policies;

    public override IReadOnlyList<string> Words { get; } =
    [
        "name", "publicPrefix", "internalPrefix", "driverPrefix", "functions", "data", "unmatched", "keep", "hooks", "rename", "from", "match", "to",
        "library", "drivers", "prefix", "compilerNames", "linkerNames", "cNames", "levels", "MINIOS1421", "none", "hide", "error", "warning", "message",
        "null", "true", "(?=a)", "(?i)", "\\\\1", "(a|b)*", "[^a-z]", "a{1000}", "(x+x+)+y", "\\\\p{L}", "$1", "${rest}", "$$", "*", "?", "libc", "app_main",
    ];

    // An expression that does not backtrack is an automaton, whose states are made as they are met.
    public override int AllocationPerByte => 4096;

    public override int AllocationBase => 16 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        NamespacePolicy policy = NamespacePolicy.Parse(input, "policy.json");
        (SymbolCensus census, byte[] bytes) = _set.Value;
        foreach (LibcMode libc in Enum.GetValues<LibcMode>())
        {
            NamespacePlan plan = NamespacePlanner.Plan(policy, census, PublicDeclarations.Empty, libc);
            PlanTarget.ReadAll(plan);
            _ = new NamespaceValidator(policy, libc).ValidateSet([new ValidatedFile("core", "a.o", bytes)]);
        }
    }
}
