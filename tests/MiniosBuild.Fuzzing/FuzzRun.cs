using System.Diagnostics;
using MiniosBuild.Fuzzing.Execution;

namespace MiniosBuild.Fuzzing;

/// <summary>A long run: each target in turn, a line for each, and a file for each input that failed.</summary>
internal sealed class FuzzRun(FuzzOptions options, TextWriter output)
{
    private const int Kept = 0;
    private const int Broken = 1;

    /// <returns>The exit code.</returns>
    public int Run(IReadOnlyList<FuzzTarget> targets)
    {
        Directory.CreateDirectory(options.Output);
        if (options.Input is { } path)
        {
            return Reproduce(targets[0], File.ReadAllBytes(path));
        }

        output.WriteLine($"seed {options.Seed}, {options.Cores} cores, {options.Time.TotalSeconds:f0} s each");
        output.WriteLine($"{"target",-18}{"executions",12}{"per second",12}{"accepted",12}{"codes",7}{"slowest",10}{"failures",10}");
        long total = 0;
        int failures = 0;
        foreach (FuzzTarget target in targets)
        {
            long start = Stopwatch.GetTimestamp();
            FuzzSession session = new(target, options.Seed) { Failed = Save, ProgressFolder = options.Output };
            FuzzReport report = session.Run(options.First, options.Count, options.Time, options.Cores);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            output.WriteLine(
                $"{target.Name,-18}{report.Executions,12}{report.Executions / seconds,12:f0}{report.Accepted,12}{report.Refusals.Count,7}{report.Slowest.TotalMilliseconds,7:f0} ms{report.Failures.Count,10}");
            total += report.Executions;
            failures += report.Failures.Count;
        }

        output.WriteLine($"{total} executions, {failures} kinds of failure");
        return failures == 0 ? Kept : Broken;
    }

    private int Reproduce(FuzzTarget target, byte[] input)
    {
        FuzzExecution execution = new(target, input, -1);
        FuzzFailure? failure = execution.Run();
        output.WriteLine(failure is null
            ? $"{execution.Refusal ?? "accepted"} after {execution.Time.TotalMilliseconds:f1} ms"
            : $"{failure.Kind}\n{failure.Message}");
        return failure is null ? Kept : Broken;
    }

    private void Save(FuzzFailure failure)
    {
        string path = Path.Combine(options.Output, $"{failure.Target}-{options.Seed}-{failure.Execution}.bin");
        File.WriteAllBytes(path, failure.Input);
        lock (output)
        {
            output.WriteLine($"FAILED {failure.Target}: {failure.Kind}");
            output.WriteLine(failure.Message);
            output.WriteLine($"  input: {path} ({failure.Input.Length} bytes)");
            output.WriteLine($"  again: --target {failure.Target} --input {path}");
            output.WriteLine($"  or:    --target {failure.Target} --seed {options.Seed} --first {failure.Execution} --count 1");
        }
    }
}
