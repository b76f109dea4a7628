using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.ObjectFormats;

namespace MiniosBuild.UnitTests.Fuzzing;

/// <summary>The negative control of the harness: it finds each kind of fault, and the number of an execution gives it again.</summary>
public sealed class FuzzOracleTests
{
    private static readonly List<byte[]> s_kept = [];

    [Fact]
    public void Code_without_a_fault_has_no_failure()
    {
        FuzzReport report = Run(() => { });

        Assert.Empty(report.Failures);
        Assert.InRange(report.Refusals["MINIOS2001"], 1, report.Executions);
        Assert.InRange(report.Accepted, 1, report.Executions);
    }

    [Fact]
    public void An_exception_without_a_code_is_a_failure() =>
        Assert.StartsWith("IndexOutOfRangeException", Failure(() => throw new IndexOutOfRangeException()).Kind);

    [Fact]
    public void A_code_that_is_none_is_a_failure() =>
        Assert.StartsWith("ObjectFormatException", Failure(() => throw new ObjectFormatException("2001", 0, "no code")).Kind);

    [Fact]
    public void Much_memory_for_a_small_input_is_a_failure() =>
        Assert.Equal("allocation", Failure(() =>
        {
            s_kept.Clear();
            s_kept.Add(new byte[8 * 1024 * 1024]);
        }).Kind);

    [Fact]
    public void An_execution_that_does_not_end_is_a_failure()
    {
        using ManualResetEventSlim end = new();
        FuzzReport report = new FuzzSession(new FaultyTarget(end.Wait), 1) { HangLimit = TimeSpan.FromSeconds(1) }.Run(0, 1000, TimeSpan.FromSeconds(30), cores: 1);
        end.Set();

        Assert.Equal("hang", Assert.Single(report.Failures).Kind);
    }

    [Fact]
    public void A_broken_promise_is_a_failure_that_its_execution_shows_again()
    {
        FaultyTarget target = new(() => throw new BrokenPromiseException("two and two are four"));
        FuzzFailure failure = Assert.Single(new FuzzSession(target, 7).Run(0, 1000, TimeSpan.FromSeconds(30), cores: 2).Failures);
        FuzzFailure again = Assert.Single(new FuzzSession(target, 7).Run(failure.Execution, 1, TimeSpan.FromSeconds(30), cores: 1).Failures);

        Assert.Equal("BrokenPromiseException two and two are four", failure.Kind);
        Assert.Equal((failure.Kind, failure.Execution), (again.Kind, again.Execution));
        Assert.Equal(failure.Input, again.Input);
    }

    private static FuzzReport Run(Action fault) => new FuzzSession(new FaultyTarget(fault), 1).Run(0, 1000, TimeSpan.FromSeconds(30), cores: 1);

    private static FuzzFailure Failure(Action fault) => Assert.Single(Run(fault).Failures);
}
