using System.Diagnostics;

namespace MiniosBuild.Fuzzing.Execution;

/// <summary>The executions of one core: every so-many-th one.</summary>
internal sealed class FuzzWorker(FuzzSession session, FuzzTarget target, FuzzReport report, long first, long end, int step, DateTime deadline)
{
    private long _current = first;
    private long _started = Stopwatch.GetTimestamp();

    /// <summary>Set when the worker has done its part.</summary>
    public ManualResetEventSlim Finished { get; } = new();

    public string? ProgressPath { get; init; }

    /// <summary>The execution under way.</summary>
    public long Current => Volatile.Read(ref _current);

    /// <summary>How long it has been under way.</summary>
    public TimeSpan CurrentTime => Stopwatch.GetElapsedTime(Volatile.Read(ref _started));

    public void Run()
    {
        using FileStream? progress = ProgressPath is null ? null : new FileStream(ProgressPath, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
        bool goOn = true;
        long least = _current + session.Least;
        for (long number = _current; goOn && number < end && (number < least || DateTime.UtcNow < deadline); number += step)
        {
            Volatile.Write(ref _current, number);
            Volatile.Write(ref _started, Stopwatch.GetTimestamp());
            if (progress is not null)
            {
                RandomAccess.Write(progress.SafeFileHandle, System.Text.Encoding.ASCII.GetBytes($"{number}\n"), 0);
            }

            goOn = One(number);
        }

        Finished.Set();
    }

    private bool One(long number)
    {
        FuzzExecution execution = new(target, session.InputOf(number), number);
        FuzzFailure? failure = execution.Run();
        report.Count(execution.Time);
        if (failure is not null)
        {
            return session.Fail(report, failure);
        }

        if (execution.Refusal is { } code)
        {
            report.Refuse(code);
        }
        else
        {
            report.Accept();
        }

        return true;
    }
}
