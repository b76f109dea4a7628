using System.Diagnostics;
using MiniosBuild.ObjectFormats;

namespace MiniosBuild.Fuzzing.Execution;

/// <summary>One input through one target, measured and judged.</summary>
internal sealed class FuzzExecution(FuzzTarget target, byte[] input, long number)
{
    /// <summary>An execution may take this long; no input is larger than 128 KiB.</summary>
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(2);

    /// <summary>How long the execution took.</summary>
    public TimeSpan Time { get; private set; }

    /// <summary>The code that refused the input; null when it was taken or the execution failed.</summary>
    public string? Refusal { get; private set; }

    /// <summary>
    /// Runs it. A limit must be passed three times: the machine may have been busy with something else, and what is made once and
    /// kept is not the input's to answer for.
    /// </summary>
    /// <returns>The failure; null when the execution ended as promised.</returns>
    public FuzzFailure? Run()
    {
        TimeSpan time = TimeSpan.MaxValue;
        long allocated = long.MaxValue;
        long limit = target.AllocationBase + ((long)target.AllocationPerByte * input.Length);
        for (int attempt = 0; attempt < 3 && (time > s_timeLimit || allocated > limit); attempt++)
        {
            if (Once(ref time, ref allocated) is { } failure)
            {
                return failure;
            }
        }

        Time = time;
        return time > s_timeLimit ? Fail("time", $"it took {time.TotalSeconds:f1} s; the limit is {s_timeLimit.TotalSeconds:f0} s")
            : allocated > limit ? Fail("allocation", $"it allocated {allocated} bytes for an input of {input.Length}; the limit is {limit}")
            : null;
    }

    private FuzzFailure? Once(ref TimeSpan time, ref long allocated)
    {
        Refusal = null;
        byte[] copy = [.. input]; // The code under test must not be able to change what is reported.
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        FuzzFailure? failure = Guarded(copy);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        time = elapsed < time ? elapsed : time;
        allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        return failure ?? (copy.AsSpan().SequenceEqual(input) ? null : Fail("input", "it changed its input"));
    }

    private FuzzFailure? Guarded(byte[] copy)
    {
        try
        {
            target.Execute(copy);
            return null;
        }
        catch (ObjectFormatException e) when (IsSound(e.Code, e.Message) && e.Offset >= 0)
        {
            Refusal = e.Code;
            return null;
        }
        catch (DiagnosticException e) when (IsSound(e.Diagnostic.Code, e.Diagnostic.Message))
        {
            Refusal = e.Diagnostic.Code;
            return null;
        }
        catch (Exception e)
        {
            // The place tells one bug from another.
            StackFrame? frame = new StackTrace(e).GetFrames().FirstOrDefault(f => f.GetMethod()?.DeclaringType?.Namespace?.StartsWith("MiniosBuild", StringComparison.Ordinal) == true);
            string where = e is BrokenPromiseException ? e.Message : $"{frame?.GetMethod()?.DeclaringType?.Name}.{frame?.GetMethod()?.Name}+{frame?.GetILOffset():x}";
            return Fail($"{e.GetType().Name} {where}", e.ToString());
        }
    }

    private static bool IsSound(string code, string message) => code.StartsWith("MINIOS", StringComparison.Ordinal) && code.Length == 10 && message.Length > 0;

    private FuzzFailure Fail(string kind, string message) => new(target.Name, number, kind, message, input);
}
