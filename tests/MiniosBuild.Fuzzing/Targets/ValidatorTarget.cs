using MiniosBuild.CSource.Census;
using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The validator, which reports damage and goes on: it throws nothing.</summary>
public sealed class ValidatorTarget : FuzzTarget
{
    private readonly NamespacePolicy _policy = NamespacePolicy.Parse(SeedCorpus.Policies[0].Bytes, "full.json");
    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(() => [.. SeedCorpus.Archives, .. SeedCorpus.Objects]);

    public override string Name => "validator";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override int AllocationPerByte => 1024;

    public override int AllocationBase => 4 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        IReadOnlyList<Finding> found;
        try
        {
            found = new NamespaceValidator(_policy, LibcMode.Stub).ValidateSet(
                [new ValidatedFile("core", "libcore.a", input), new ValidatedFile("libc", "b.o", SeedCorpus.Objects[0].Bytes)], PublicDeclarations.Empty);
        }
        catch (DiagnosticException e)
        {
            throw new BrokenPromiseException($"the validator reports and does not throw: {e.Diagnostic.Code}");
        }

        foreach (Finding finding in found)
        {
            Diagnostic diagnostic = finding.ToDiagnostic();
            if (diagnostic.Code.StartsWith("MINIOS2", StringComparison.Ordinal) || diagnostic.Code is "MINIOS1417" or "MINIOS1418")
            {
                throw new DiagnosticException(diagnostic); // So that the report counts it as refused.
            }
        }
    }
}
