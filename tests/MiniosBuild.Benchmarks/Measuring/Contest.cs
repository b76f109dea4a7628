using System.Diagnostics;

namespace MiniosBuild.Benchmarks.Measuring;

/// <summary>
/// Several ways to do one thing, measured in turn within each repetition, so that what the machine does besides hits all of them alike.
/// </summary>
internal sealed class Contest
{
    private readonly List<(string Name, Action Work, Action? Warm, List<double> Times)> _ways = [];

    // As long as it takes until nearly all code that matters is compiled for good.
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(3);

    /// <summary>Adds a way; the runs of the first three seconds of each are not counted.</summary>
    /// <param name="name">What <see cref="Run"/> calls it.</param>
    /// <param name="work">One run of it.</param>
    /// <param name="warm">Called when the runs that are not counted are over.</param>
    public Contest Add(string name, Action work, Action? warm = null)
    {
        _ways.Add((name, work, warm, []));
        return this;
    }

    /// <summary>The median of each way, by its name.</summary>
    public Dictionary<string, Median> Run(int repetitions)
    {
        foreach ((_, Action work, Action? warm, _) in _ways)
        {
            long start = Stopwatch.GetTimestamp();
            do
            {
                work(); // Files are in the page cache afterwards, and code is compiled.
            }
            while (Stopwatch.GetElapsedTime(start) < s_warmUp);

            warm?.Invoke();
        }

        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            foreach ((_, Action work, _, List<double> times) in _ways)
            {
                GC.Collect(); // What the way before has left is not this one's to clean up.
                times.Add(Median.Time(work));
            }
        }

        return _ways.ToDictionary(way => way.Name, way => Median.Of(way.Times));
    }
}
