using System.Text.RegularExpressions;
using Microsoft.Build.Framework;
using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.Policy.Names;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>Lists every name that public headers give, each header read as if alone, in few runs of the preprocessor.</summary>
[MSBuildMultiThreadableTask]
public sealed class ScanMiniosHeaders : MiniosTask
{
    private const string Spelling = @"^[ \t]*#[ \t]*(?:include|include_next|import)[ \t]*[<""](?<name>[^>""]+)";

    /// <summary>Defined in the kernel's own sources: some headers have texts for them.</summary>
    internal const string InsideMacro = "__INSIDE_MINIOS__";

    // C11, 4 paragraph 6: what a freestanding implementation has; and what the compiler's own limits.h is made of.
    private static string[] Freestanding =>
    [
        "float.h", "iso646.h", "limits.h", "stdalign.h", "stdarg.h", "stdbool.h", "stddef.h", "stdint.h", "stdnoreturn.h", "syslimits.h",
    ];

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

    /// <summary>The policy, which may say that some of the headers are not public; empty for none that does.</summary>
    public string Policy { get; set; } = "";

    /// <summary>The headers that are not, as they were given.</summary>
    [Output]
    public ITaskItem[] ExcludedHeaders { get; set; } = [];

    /// <summary>Whether names count too that only the compiler sees in the headers: for a check, while a rewrite could do nothing with them.</summary>
    public bool Compiled { get; set; }

    /// <summary>The list of functions and variables to make.</summary>
    [Required]
    public string Declarations { get; set; } = "";

    /// <summary>The list of all names to make.</summary>
    [Required]
    public string Census { get; set; } = "";

    /// <summary>Headers of the tree that public ones include, and that are public for that reason, with metadata Folder.</summary>
    [Output]
    public ITaskItem[] IncludedHeaders { get; set; } = [];

    protected override void Run()
    {
        string declarations = PathOf(Declarations), census = PathOf(Census), record = declarations + ".step", reached = declarations + ".reached";
        var places = new StagedPlaces(PathsOf(IncludeFolders));
        var exclude = new NameList(Policy.Length > 0 ? NamespacePolicy.Load(PathOf(Policy)).Headers.Exclude : []);
        ILookup<bool, StagedPlace> isPublic = StagedPlace.Of(Headers, PathOf, places).ToLookup(h => !exclude.Has(h.Place));
        ExcludedHeaders = [.. isPublic[false].Select(h => h.Item)];
        var headers = isPublic[true]
            .Select(h => (h.File, h.Place, Source: h.Item.GetMetadata("Source") is { Length: > 0 } source ? PathOf(source) : h.File))
            .OrderBy(h => h.File, StringComparer.Ordinal).ToList();
        string[] options = [.. Options, .. Defines.Select(d => "-D" + d), .. PathsOf(IncludeFolders).SelectMany(i => new[] { "-isystem", i })];
        string[] tree = PathsOf(TreeFolders), foreign = PathsOf(ForeignFolders);
        var real = new RealPath();
        var folders = new HeaderFolders(tree, foreign, real);
        List<(string File, string Place)> included = [];
        string fingerprint = Fingerprint.Of(
        [
            TaskIdentity.Of<ScanMiniosHeaders>(), Identity, Compiler, declarations, census, .. headers.SelectMany(h => new[] { h.File, h.Place, h.Source }),
            $"{Compiled}", .. options, "tree", .. tree, "foreign", .. foreign,
        ]);
        RunStep("public headers", record, fingerprint, Scan, Appeared(reached));
        if (!Log.HasLoggedErrors)
        {
            IncludedHeaders = [.. ReachedHeaders.Load(reached).Included.Select(header => ItemOf(header.File, ("Folder", Path.GetDirectoryName(header.Place)!)))];
        }

        StepResult Scan()
        {
            HeaderReadings readings = null!;
            IReadOnlyList<ScannedHeader> scans = [];
            CompiledHeaders compiled = new([], []);
            WithCores(headers.Count, cores =>
            {
                readings = new HeaderRuns(NewToolRunner(), Compiler, ProjectFolder).Read(
                    [.. headers.Select(h => h.File)], Path.ChangeExtension(declarations, ".headers.c"), options, InsideMacro, cores, Cancellation, Included);
                scans = Scanned(readings, [.. headers.Select(h => h.Place)], cores);
                if (Compiled)
                {
                    compiled = new CompiledNames(NewToolRunner(), Compiler, ProjectFolder).Read(readings.Compiled, Path.ChangeExtension(declarations, ".compiled.c"), options, Cancellation);
                    scans = SecondReading.Of(scans, readings.TextOf, compiled.Names);
                }
            });
            Say($"{headers.Count} headers, {readings.RunCount} runs of the preprocessor");

            var sources = headers.ToDictionary(h => real.Of(h.File), h => real.Of(h.Source), StringComparer.Ordinal);
            AtomicFile.Write(declarations, PublicDeclarations.Of(scans.SelectMany(s => s.Names), file => sources.GetValueOrDefault(RealFile(file))).Save());
            AtomicFile.Write(census, HeaderCensus.Of(scans, FileOf, folders.IsTree, HostNames(new HeaderFolders([.. tree, .. PathsOf(IncludeFolders)], foreign, real), sources, RealFile)).Save());
            new ReachedHeaders([.. included.Select(h => new ReachedHeader(h.Place, h.File))], [.. Missing(readings)]).Save(reached);
            return new StepResult(readings.Inputs, [declarations, census, reached], [.. compiled.Remarks(FileOf)]);

            string RealFile(string file) => real.Of(RealPath.Absolute(file, ProjectFolder));
            string FileOf(string file) => RealFile(file) is var path && sources.TryGetValue(path, out string? source) ? source : path;
        }

        // Headers of the tree that a public one leads to are as public as that one: a guest needs them, by whatever name.
        IReadOnlyList<string> Included(IReadOnlyCollection<string> files)
        {
            var known = headers.Select(h => real.Of(h.File)).ToHashSet(StringComparer.Ordinal);
            var taken = headers.Select(h => h.Place).ToHashSet(StringComparer.Ordinal);
            List<(string File, string Place)> found = [];
            foreach (string file in files.Select(real.Of).Order(StringComparer.Ordinal))
            {
                if (folders.IsTree(file) && known.Add(file) && places.SpellingsOf(file).LastOrDefault() is { } place && taken.Add(place))
                {
                    found.Add((file, place));
                }
            }

            included.AddRange(found);
            headers.AddRange(found.Select(h => (h.File, h.Place, h.File)));
            return [.. found.Select(h => h.File)];
        }
    }

    /// <summary>What users call the headers that none of the folders has, and no freestanding compiler: as the first of them spells it.</summary>
    private static Func<HeaderInclude, string?> HostNames(HeaderFolders folders, Dictionary<string, string> sources, Func<string, string> realFile) => include =>
    {
        string file = realFile(include.File);
        return folders.IsKnown(file) || sources.ContainsKey(file) || Freestanding.Contains(Path.GetFileName(file)) ? null
            : IncludedName(include.Site.File, include.Site.Line) ?? file;
    };

    private static IEnumerable<string> Missing(HeaderReadings readings) => readings.Outside.Concat(readings.Inside ?? []).Select(r => r.Failure).OfType<Diagnostic>()
        .Where(f => f.File is not null).Select(f => IncludedName(f.File!, f.Line)).OfType<string>().Distinct(StringComparer.Ordinal);

    private static string? IncludedName(string file, int line) =>
        File.Exists(file) && Regex.Match(File.ReadLines(file).ElementAtOrDefault(line - 1) ?? "", Spelling) is { Success: true } match ? match.Groups["name"].Value : null;

    /// <summary>Why what was read is no longer all: a header that was missing is there now.</summary>
    private string? Appeared(string reached) => ReachedHeaders.Load(reached).Missing
        .FirstOrDefault(name => PathsOf(IncludeFolders).Any(folder => File.Exists(Path.Combine(folder, name)))) is { } found ? $"{found} is there now" : null;

    /// <summary>In the order of the files, whichever led to which.</summary>
    private ScannedHeader[] Scanned(HeaderReadings readings, string[] places, int cores)
    {
        var scans = new HeaderScans(File.ReadAllBytes);
        var all = Ordered(readings.Outside, isInside: false).Concat(Ordered(readings.Inside ?? [], isInside: true)).ToList();
        var results = new ScannedHeader[all.Count];
        int count = readings.Outside.Count;
        Parallel.For(0, all.Count, new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = Cancellation }, i =>
        {
            (HeaderReading reading, string place, bool isInside) = all[i];
            if (isInside && ReferenceEquals(reading, all[i - count].Reading))
            {
                return; // Below.
            }

            results[i] = scans.Scan(reading.Header, place, reading.Text, isInside, HeaderRefusal.Of(reading.Header, reading.Failure), reading.IsCplusplus);
        });
        for (int i = count; i < results.Length; i++)
        {
            results[i] ??= results[i - count] with { Inside = true };
        }

        return results;

        IEnumerable<(HeaderReading Reading, string Place, bool IsInside)> Ordered(IEnumerable<HeaderReading> some, bool isInside) =>
            some.Select((reading, i) => (reading, places[i], isInside)).OrderBy(read => read.reading.Header, StringComparer.Ordinal);
    }
}
