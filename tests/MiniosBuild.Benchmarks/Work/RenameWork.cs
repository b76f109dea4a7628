using System.Diagnostics;
using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Benchmarks.Work;

/// <summary>Our rename of one archive: census, plan, map, and the pass with its proof into a file.</summary>
internal sealed class RenameWork(string output, int cores)
{
    private long _start;

    /// <summary>Milliseconds by step, added up over the archives.</summary>
    public Dictionary<string, double> Steps { get; } = [];

    /// <summary>Symbols renamed and made local so far.</summary>
    public long Symbols { get; private set; }

    public void Run(string archive)
    {
        _start = Stopwatch.GetTimestamp();
        SymbolCensus census = SymbolCensus.ReadFiles([new CensusFile(BenchmarkPolicy.Library, archive)]);
        Step("census");
        NamespacePlan plan = NamespacePlanner.Plan(BenchmarkPolicy.Value, census, PublicDeclarations.Empty, BenchmarkPolicy.Libc);
        Step("plan");
        SymbolMap map = SymbolMap.Of(plan);
        Step("map");
        PassReport report = new ArchivePass(map, new PassOptions { MaxDegreeOfParallelism = cores }).Apply(archive, output);
        Step("pass and proof");
        Symbols += report.Renamed + report.MadeLocal;
    }

    /// <summary>The renames of our plan as objcopy reads them.</summary>
    public static string MapText(string archive)
    {
        SymbolCensus census = SymbolCensus.ReadFiles([new CensusFile(BenchmarkPolicy.Library, archive)]);
        return NamespacePlanner.Plan(BenchmarkPolicy.Value, census, PublicDeclarations.Empty, BenchmarkPolicy.Libc).RenameMapText();
    }

    private void Step(string name)
    {
        long now = Stopwatch.GetTimestamp();
        Steps[name] = Steps.GetValueOrDefault(name) + Stopwatch.GetElapsedTime(_start, now).TotalMilliseconds;
        _start = now;
    }
}
