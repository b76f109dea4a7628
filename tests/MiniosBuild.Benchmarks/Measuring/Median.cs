using System.Diagnostics;

namespace MiniosBuild.Benchmarks.Measuring;

/// <summary>The middle of several measurements, and how far they lie apart.</summary>
/// <param name="Milliseconds">The median.</param>
/// <param name="Least">The least of them.</param>
/// <param name="Most">The most of them.</param>
internal readonly record struct Median(double Milliseconds, double Least, double Most)
{
    /// <summary>Of measurements, at least one.</summary>
    public static Median Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        int middle = sorted.Length / 2;
        return new Median(sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>How long an action takes, in milliseconds.</summary>
    public static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
