using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Inputs;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Policy.Findings;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>The check of a link with a damaged file in it, which reports damage and goes on.</summary>
public sealed class LinkTarget : FuzzTarget
{
    private readonly NamespacePolicy _policy = NamespacePolicy.Parse(SeedCorpus.Policies[0].Bytes, "full.json");
    private readonly Lazy<IReadOnlyList<Seed>> _seeds = new(() => [.. SeedCorpus.Archives, .. SeedCorpus.Objects]);

    public override string Name => "link";

    public override IReadOnlyList<Seed> Seeds => _seeds.Value;

    public override int AllocationPerByte => 2048;

    public override int AllocationBase => 8 * 1024 * 1024;

    public override void Execute(byte[] input)
    {
        LinkCheckResult result;
        try
        {
            result = LinkCheck.Run(new LinkCheckInput(
                [
                    new LinkInput(LinkParty.Guest, "guest", "a.o", SeedCorpus.Objects[2].Bytes),
                    new LinkInput(LinkParty.Libc, "libc", "libc.a", input) { Group = 1 },
                    new LinkInput(LinkParty.Libc, "whole", "whole.a", input) { Group = 1, IsWhole = true },
                ],
                _policy));
        }
        catch (DiagnosticException e)
        {
            throw new BrokenPromiseException($"the check reports and does not throw: {e.Diagnostic.Code}");
        }

        foreach (Finding finding in result.Findings)
        {
            Diagnostic diagnostic = finding.ToDiagnostic();
            if (diagnostic.Code.StartsWith("MINIOS2", StringComparison.Ordinal) || diagnostic.Code is "MINIOS1417" or "MINIOS1418")
            {
                throw new DiagnosticException(diagnostic); // So that the report counts it as refused.
            }
        }
    }
}
