using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Lists every name that public headers give, each header read as if alone, in few runs of the preprocessor.</summary>
[MSBuildMultiThreadableTask]
public sealed class ScanMiniosHeaders : MiniosTask
{
    /// <summary>Defined in the kernel's own sources: some headers have texts for them.</summary>
    internal const string InsideMacro = "__INSIDE_MINIOS__";

    [Required]
    public string Compiler { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    /// <summary>
    /// The public headers, with metadata Folder or RelativePath (where each is staged), and Source for one that is staged: names are
    /// located there, since staging keeps the lines.
    /// </summary>
    public ITaskItem[] Headers { get; set; } = [];

    public string[] Options { get; set; } = [];

    /// <summary>Without __INSIDE_MINIOS__: where a header mentions it, all are read both ways.</summary>
    public string[] Defines { get; set; } = [];

    public string[] IncludeFolders { get; set; } = [];

    /// <summary>Folders of the tree.</summary>
    public string[] TreeFolders { get; set; } = [];

    /// <summary>Folders of Xen and C libraries, which may be in the tree.</summary>
    public string[] ForeignFolders { get; set; } = [];

    /// <summary>Whether a header that cannot be included alone is warned of.</summary>
    public bool RequireAlone { get; set; }

    /// <summary>The list of functions and variables to make.</summary>
    [Required]
    public string Declarations { get; set; } = "";

    /// <summary>The list of all names to make.</summary>
    [Required]
    public string Census { get; set; } = "";

    protected override void Run()
    {
        string declarations = PathOf(Declarations), census = PathOf(Census), record = declarations + ".step";
        var headers = Headers.Select(h => (File: PathOf(h), Place: StagedPlace.Of(h), Source: h.GetMetadata("Source") is { Length: > 0 } source ? PathOf(source) : PathOf(h)))
            .OrderBy(h => h.File, StringComparer.Ordinal).ToList();
        string[] options = [.. Options, .. Defines.Select(d => "-D" + d), .. PathsOf(IncludeFolders).SelectMany(i => new[] { "-isystem", i })];
        string[] tree = PathsOf(TreeFolders), foreign = PathsOf(ForeignFolders);
        string fingerprint = Fingerprint.Of(
        [
            TaskIdentity.Of<ScanMiniosHeaders>(), Identity, Compiler, declarations, census, RequireAlone.ToString(), .. headers.SelectMany(h => new[] { h.File, h.Place, h.Source }),
            .. options, "tree", .. tree, "foreign", .. foreign,
        ]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            foreach (var warning in StepRecord.Warnings(record))
            {
                Report(warning);
            }

            return;
        }

        Say($"public headers: {reason}");
        var started = DateTime.UtcNow;
        HeaderReadings readings = null!;
        IReadOnlyList<ScannedHeader> scans = [];
        WithCores(headers.Count, cores =>
        {
            readings = new HeaderRuns(NewToolRunner(), Compiler, ProjectFolder).Read(
                [.. headers.Select(h => h.File)], Path.ChangeExtension(declarations, ".headers.c"), options, InsideMacro, cores, Cancellation);
            scans = Scan(readings, [.. headers.Select(h => h.Place)], cores);
        });
        Say($"{headers.Count} headers, {readings.RunCount} runs of the preprocessor");

        var real = new RealPath();
        var sources = headers.ToDictionary(h => real.Of(h.File), h => real.Of(h.Source), StringComparer.Ordinal);
        var folders = new HeaderFolders(tree, foreign, real);
        var alone = readings.Outside.Where(r => RequireAlone && r.Failure is not null).Select(r => AtSource(r.Failure!)).ToList();
        foreach (var warning in alone)
        {
            Report(warning);
        }

        AtomicFile.Write(declarations, PublicDeclarations.Of(scans.SelectMany(s => s.Names), file => sources.GetValueOrDefault(RealFile(file))).Save());
        AtomicFile.Write(census, HeaderCensus.Of(scans, FileOf, folders.IsTree).Save());
        StepRecord.Write(record, fingerprint, started, readings.Inputs, [declarations, census], alone);

        string RealFile(string file) => real.Of(Path.GetFullPath(file, ProjectFolder));
        string FileOf(string file) => RealFile(file) is var path && sources.TryGetValue(path, out string? source) ? source : path;
        Diagnostic AtSource(Diagnostic diagnostic) => diagnostic with { File = diagnostic.File is null ? null : FileOf(diagnostic.File) };
    }

    private ScannedHeader[] Scan(HeaderReadings readings, string[] places, int cores)
    {
        var scans = new HeaderScans(File.ReadAllBytes);
        var all = readings.Outside.Select((r, i) => (Reading: r, Place: places[i], IsInside: false))
            .Concat((readings.Inside ?? []).Select((r, i) => (Reading: r, Place: places[i], IsInside: true))).ToList();
        var results = new ScannedHeader[all.Count];
        Parallel.For(0, all.Count, new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = Cancellation }, i =>
            results[i] = scans.Scan(all[i].Reading.Header, all[i].Place, all[i].Reading.Text, all[i].IsInside));
        return results;
    }
}
