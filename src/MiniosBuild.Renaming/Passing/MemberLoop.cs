using System.Runtime.ExceptionServices;

namespace MiniosBuild.Renaming.Passing;

/// <summary>
/// Does something for each member, in parallel; the diagnostic that ends it is the one of the first member that has one. Other
/// exceptions come as they are thrown.
/// </summary>
internal static class MemberLoop
{
    public static void Run(int count, int degree, CancellationToken cancellation, Action<int> body)
    {
        var sync = new Lock();
        int failed = int.MaxValue;
        DiagnosticException? error = null;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(degree, 1), CancellationToken = cancellation };
        try
        {
            Parallel.For(0, count, parallel, number =>
            {
                try
                {
                    if (number < Volatile.Read(ref failed))
                    {
                        body(number);
                    }
                }
                catch (DiagnosticException e)
                {
                    lock (sync)
                    {
                        (failed, error) = number < failed ? (number, e) : (failed, error);
                    }
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        if (error is not null)
        {
            throw new DiagnosticException(error.Diagnostic, error);
        }
    }
}
