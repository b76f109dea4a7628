using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.Fuzzing.Targets;

namespace MiniosBuild.UnitTests.Fuzzing;

/// <summary>The first inputs of one seed for each target; docs/fuzzing.md has the command for a long run.</summary>
public sealed class BoundedFuzzTests
{
    private const ulong Seed = 20261;
    private const int Executions = 12_000;
    private const int LeastExecutions = 100; // On a machine so slow that the time ends first.
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(4);

    public static TheoryData<string> Targets => [.. AllTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Damaged_input_is_taken_or_refused_with_a_code(string name)
    {
        FuzzTarget target = AllTargets.Find(name)!;
        FuzzReport report = new FuzzSession(target, Seed) { Least = LeastExecutions }.Run(0, Executions, s_time, cores: 1);

        Assert.True(report.Failures.Count == 0, string.Join("\n\n", report.Failures.Select(failure =>
            $"{failure.Kind}\n{failure.Message}\nagain: dotnet run --project tests/MiniosBuild.Fuzzing -c Release -- --target {name} --seed {Seed} --first {failure.Execution} --count 1")));
        Assert.InRange(report.Executions, LeastExecutions, Executions);
        // Both happen, else the damage or the reading would not be real; four targets take any text.
        Assert.InRange(report.Accepted, report.Executions / 50, report.Executions);
        if (name is not ("declarations" or "header" or "source" or "linker-script"))
        {
            Assert.InRange(report.Refusals.Values.Sum(), report.Executions / 20, report.Executions);
        }
    }

    [Fact]
    public void An_execution_has_the_same_input_each_time_and_another_than_its_neighbours()
    {
        FuzzTarget target = AllTargets.Find("elf")!;
        FuzzSession first = new(target, Seed);
        FuzzSession second = new(target, Seed);
        FuzzSession other = new(target, Seed + 1);

        Assert.All(Enumerable.Range(0, 200), n => Assert.Equal(first.InputOf(n), second.InputOf(n)));
        Assert.InRange(Enumerable.Range(0, 200).Count(n => first.InputOf(n).AsSpan().SequenceEqual(other.InputOf(n))), 0, 40);
        Assert.InRange(Enumerable.Range(0, 200).Select(n => Convert.ToHexString(first.InputOf(n))).Distinct().Count(), 150, 200);
    }
}
