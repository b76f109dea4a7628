using MiniosBuild.Fuzzing.Mutation;

namespace MiniosBuild.Fuzzing.Execution;

/// <summary>
/// Runs one target with many inputs. Execution N of a seed always gets the same input, on however many cores, so that its number is
/// all it takes to reproduce it.
/// </summary>
/// <param name="target">The code under test.</param>
/// <param name="seed">Which sequence of inputs.</param>
public sealed class FuzzSession(FuzzTarget target, ulong seed)
{
    private const int SmallStack = 1024 * 1024; // A build's threads have no more: recursion without an end shows early.
    private const int MostFailures = 8;
    private readonly Mutator _mutator = new(target.Seeds, target.Words);

    /// <summary>An execution that has not ended after this is given up; others are only slow.</summary>
    public TimeSpan HangLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>So many executions are made, however long they take.</summary>
    public long Least { get; init; }

    /// <summary>Is told each new kind of failure at once, from the thread that met it.</summary>
    public Action<FuzzFailure>? Failed { get; init; }

    /// <summary>Where each core keeps the number of its execution, for the case that the process dies of it; null for nowhere.</summary>
    public string? ProgressFolder { get; init; }

    /// <summary>The input of one execution.</summary>
    public byte[] InputOf(long execution) => _mutator.Make(new FuzzRandom(seed, (ulong)execution));

    /// <summary>Runs executions from <paramref name="first"/> on, until their number or the time is used up.</summary>
    public FuzzReport Run(long first, long count, TimeSpan time, int cores)
    {
        FuzzReport report = new(target.Name);
        // What the target makes once takes no time from the executions; what is wrong with it shows again.
        _ = new FuzzExecution(target, target.Seeds[0].Bytes, -1).Run();
        DateTime end = DateTime.UtcNow + time;
        FuzzWorker[] workers = new FuzzWorker[cores];
        for (int core = 0; core < cores; core++)
        {
            workers[core] = new FuzzWorker(this, target, report, first + core, first + count, cores, end)
            {
                ProgressPath = ProgressFolder is null ? null : Path.Combine(ProgressFolder, $"{target.Name}-{core}.at"),
            };
            new Thread(workers[core].Run, SmallStack) { IsBackground = true, Name = $"{target.Name} {core}" }.Start();
        }

        foreach (FuzzWorker worker in workers)
        {
            while (!worker.Finished.Wait(TimeSpan.FromMilliseconds(200)))
            {
                if (worker.CurrentTime > HangLimit)
                {
                    Fail(report, new FuzzFailure(
                        target.Name, worker.Current, "hang", $"it has not ended after {HangLimit.TotalSeconds:f0} s", InputOf(worker.Current)));
                    break; // Its thread cannot be stopped; the process has to end.
                }
            }
        }

        return report;
    }

    internal bool Fail(FuzzReport report, FuzzFailure failure)
    {
        if (report.Fail(failure))
        {
            Failed?.Invoke(failure);
        }

        return report.Failures.Count < MostFailures;
    }
}
