using Microsoft.Build.Framework;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>Copies public headers to one folder, with the names that the plan gives them, and that they have for each other there.</summary>
[MSBuildMultiThreadableTask]
public sealed class StageMiniosHeaders : MiniosTask
{
    private const string PlainFolder = "minios-plain/";

    /// <summary>The headers, with metadata Folder: the folder below the output folder that they go to.</summary>
    public ITaskItem[] Headers { get; set; } = [];

    /// <summary>The plan for symbols: the headers of a libc follow it alone.</summary>
    [Required]
    public string Plan { get; set; } = "";

    /// <summary>The plan for the names of the tree's own headers.</summary>
    [Required]
    public string HeaderPlan { get; set; } = "";

    /// <summary>The header for code in old names, to be staged as well.</summary>
    public string? CompatibilityHeader { get; set; }

    /// <summary>False leaves all names of C as they are.</summary>
    public bool Rename { get; set; } = true;

    /// <summary>
    /// Whether code of the tree's own kind finds the headers as it does in the tree: by names without mini-os too, which lead there from the folder
    /// minios-plain of the staged headers.
    /// </summary>
    public bool PlainNames { get; set; }

    /// <summary>Include folders of the tree, in search order: what its headers mean by the names that they include.</summary>
    public string[] IncludeFolders { get; set; } = [];

    [Required]
    public string OutputFolder { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    /// <summary>The staged headers but that for old names, with metadata Folder, RelativePath (to the output folder) and Source.</summary>
    [Output]
    public ITaskItem[] StagedHeaders { get; set; } = [];

    /// <summary>Headers that only lead to staged ones, from the other names that the tree's sources have for them, with metadata RelativePath.</summary>
    [Output]
    public ITaskItem[] ForwardingHeaders { get; set; } = [];

    /// <summary>The staged header for old names, with metadata RelativePath; none when names stay or the tree has a header of that name.</summary>
    [Output]
    public ITaskItem[] StagedCompatibilityHeader { get; set; } = [];

    protected override void Run()
    {
        string plan = PathOf(Plan), headerPlan = PathOf(HeaderPlan), folder = PathOf(OutputFolder), record = PathOf(Record);
        string[] includeFolders = PathsOf(IncludeFolders);
        var places = new StagedPlaces(includeFolders);
        var headers = StagedPlace.Of(Headers, PathOf, places).Select(h => (Source: h.File, h.Place, h.Item)).OrderBy(h => h.Place, StringComparer.Ordinal).ToList();
        foreach (var same in headers.GroupBy(h => h.Place).Where(g => g.Count() > 1))
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.SameStagedHeader,
                $"{string.Join(" and ", same.Select(h => h.Source))} would both be staged as {same.Key}; remove one from MiniosPublicHeader",
                same.First().Source));
        }

        StagedHeaders =
        [
            .. headers.Select(h => ItemOf(
                Path.Combine(folder, h.Place), ("Folder", h.Item.GetMetadata("Folder")), ("RelativePath", h.Place), ("Source", h.Source))),
        ];
        string? compatibility = Rename && !string.IsNullOrEmpty(CompatibilityHeader) && headers.All(h => h.Place != Renaming.Headers.CompatibilityHeader.Place)
            ? PathOf(CompatibilityHeader) : null;
        string stagedCompatibility = Path.Combine(folder, Renaming.Headers.CompatibilityHeader.Place);
        StagedCompatibilityHeader = compatibility is null ? [] : [ItemOf(stagedCompatibility, ("RelativePath", Renaming.Headers.CompatibilityHeader.Place))];

        var forwarding = Forwarding(headers.Select(h => (h.Source, h.Place)), places);
        ForwardingHeaders = [.. forwarding.Select(f => ItemOf(Path.Combine(folder, f.Key), ("RelativePath", f.Key)))];
        string fingerprint = Fingerprint.Of(
        [
            TaskIdentity.Of<StageMiniosHeaders>(), Rename.ToString(), folder, compatibility ?? "", .. includeFolders, .. headers.SelectMany(h => new[] { h.Source, h.Place }),
            "forwarding", .. forwarding.SelectMany(f => new[] { f.Key, f.Value }),
        ]);
        RunStep("staged headers", record, fingerprint, () =>
        {
            var rewriting = new StagedRewriting(
                Rename ? NamespacePlan.Parse(File.ReadAllBytes(plan), plan) : null, Rename ? Renaming.Headers.HeaderPlan.Parse(File.ReadAllBytes(headerPlan), headerPlan) : Renaming.Headers.HeaderPlan.Empty,
                new StagedIncludes(includeFolders, headers.Select(h => (h.Source, h.Place))));
            List<string> outputs = [];
            List<Diagnostic> undecided = [];
            foreach (var (source, place, _) in headers)
            {
                var text = rewriting.Rewrite(File.ReadAllBytes(source), source, place);
                outputs.Add(Path.Combine(folder, place));
                AtomicFile.Write(outputs[^1], text.Bytes);
                undecided.AddRange(text.Undecided);
            }

            foreach (var (place, target) in forwarding)
            {
                outputs.Add(Path.Combine(folder, place));
                AtomicFile.Write(outputs[^1], $"/* Another name of {target}. */\n#include <{target}>\n");
            }

            if (compatibility is not null)
            {
                outputs.Add(stagedCompatibility);
                AtomicFile.Copy(compatibility, outputs[^1]);
            }

            Report(undecided);
            RemoveOthers(folder, [.. outputs]);
            return new StepResult([plan, headerPlan, .. headers.Select(h => h.Source), .. compatibility is null ? Array.Empty<string>() : [compatibility]], outputs, undecided);
        });
    }

    /// <summary>By their places, the places of the headers that they lead to.</summary>
    private SortedDictionary<string, string> Forwarding(IEnumerable<(string Source, string Place)> headers, StagedPlaces places)
    {
        var forwarding = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var taken = headers.Select(h => h.Place).Append(Renaming.Headers.CompatibilityHeader.Place).ToHashSet(StringComparer.Ordinal);
        foreach (var (source, place) in headers.Where(h => !StagedIncludes.IsOfLibc(h.Place)))
        {
            var spellings = PlainNames ? places.SpellingsOf(source).Concat(places.PlainSpellingsOf(source).Select(s => PlainFolder + s)) : places.SpellingsOf(source);
            foreach (string spelling in spellings.Where(s => !taken.Contains(s)))
            {
                forwarding.TryAdd(spelling, place);
            }
        }

        return forwarding;
    }

    // A header that left the tree must not be found by a guest any longer.
    private static void RemoveOthers(string folder, HashSet<string> staged)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !staged.Contains(f) && !AtomicFile.IsOfWriter(f)))
        {
            File.Delete(file);
        }
    }
}
