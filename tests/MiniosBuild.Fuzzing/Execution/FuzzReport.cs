using System.Collections.Concurrent;

namespace MiniosBuild.Fuzzing.Execution;

/// <summary>What a session counted; all of its cores write to it.</summary>
public sealed class FuzzReport(string target)
{
    private readonly ConcurrentDictionary<string, FuzzFailure> _failures = new();
    private readonly ConcurrentDictionary<string, long> _refusals = new();
    private long _executions;
    private long _accepted;
    private long _slowestTicks;

    public string Target { get; } = target;

    public long Executions => Volatile.Read(ref _executions);

    /// <summary>Inputs that were taken to their end.</summary>
    public long Accepted => Volatile.Read(ref _accepted);

    /// <summary>How often each code refused an input.</summary>
    public IReadOnlyDictionary<string, long> Refusals => _refusals;

    /// <summary>The first failure of each kind.</summary>
    public IReadOnlyCollection<FuzzFailure> Failures => (IReadOnlyCollection<FuzzFailure>)_failures.Values;

    /// <summary>The longest that an execution took.</summary>
    public TimeSpan Slowest => TimeSpan.FromTicks(Volatile.Read(ref _slowestTicks));

    internal void Accept() => Interlocked.Increment(ref _accepted);

    internal void Refuse(string code) => _refusals.AddOrUpdate(code, 1, (_, count) => count + 1);

    /// <returns>Whether it is the first of its kind.</returns>
    internal bool Fail(FuzzFailure failure) => _failures.TryAdd(failure.Kind, failure);

    internal void Count(TimeSpan time)
    {
        Interlocked.Increment(ref _executions);
        long slowest = Volatile.Read(ref _slowestTicks);
        while (time.Ticks > slowest && Interlocked.CompareExchange(ref _slowestTicks, time.Ticks, slowest) is var seen && seen != slowest)
        {
            slowest = seen;
        }
    }
}
