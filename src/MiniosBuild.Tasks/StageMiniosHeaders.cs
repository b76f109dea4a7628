using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>
/// Copies public headers to one folder, with the names that the plan gives them, and that they have for each other there. Before they are seen there, the compiler proves that they say
/// what they said.
/// </summary>
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

    /// <summary>Whether the headers are proven.</summary>
    public bool Prove { get; set; }

    /// <summary>The compiler for that.</summary>
    public string Compiler { get; set; } = "";

    public string Identity { get; set; } = "";

    /// <summary>Its options, include folders left out.</summary>
    public string[] Options { get; set; } = [];

    public string[] Defines { get; set; } = [];

    /// <summary>Folders in which the tree's headers find those of others, behind <see cref="IncludeFolders"/>.</summary>
    public string[] SystemFolders { get; set; } = [];

    /// <summary>Folders in which the staged headers find those of others.</summary>
    public string[] GuestFolders { get; set; } = [];

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
            .. Prove && Rename ? ["proof", Compiler, Identity, .. Options, .. Defines, "system", .. PathsOf(SystemFolders), "guest", .. PathsOf(GuestFolders)] : Array.Empty<string>(),
        ]);
        RunStep("staged headers", record, fingerprint, () =>
        {
            NamespacePlan? symbols = Rename ? NamespacePlan.Parse(File.ReadAllBytes(plan), plan) : null;
            Renaming.Headers.HeaderPlan names = Rename ? Renaming.Headers.HeaderPlan.Parse(File.ReadAllBytes(headerPlan), headerPlan) : Renaming.Headers.HeaderPlan.Empty;
            var rewriting = new StagedRewriting(symbols, names, new StagedIncludes(includeFolders, headers.Select(h => (h.Source, h.Place))));
            List<(string Place, string Source, byte[] Bytes)> texts = [];
            List<Diagnostic> undecided = [];
            foreach (var (source, place, _) in headers)
            {
                var text = rewriting.Rewrite(File.ReadAllBytes(source), source, place);
                texts.Add((place, source, text.Bytes));
                undecided.AddRange(text.Undecided);
            }

            texts.AddRange(forwarding.Select(f => (f.Key, f.Value, Encoding.UTF8.GetBytes($"/* Another name of {f.Value}. */\n#include <{f.Value}>\n"))));
            if (Prove && Rename && !IsProven(record + ".proof", texts, headers.Count, rewriting, undecided))
            {
                Report(undecided);
                return null;
            }

            List<string> outputs = [.. texts.Select(text => Path.Combine(folder, text.Place))];
            foreach (var (place, _, bytes) in texts)
            {
                AtomicFile.Write(Path.Combine(folder, place), bytes);
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

    /// <summary>Whether the headers are proven, now or before: other names for them, and the header for old names, change nothing of that.</summary>
    private bool IsProven(string record, IReadOnlyList<(string Place, string Source, byte[] Bytes)> texts, int count, StagedRewriting rewriting, List<Diagnostic> findings)
    {
        string[] options = [.. Options, .. Defines.Select(d => "-D" + d)], before = [.. PathsOf(IncludeFolders), .. PathsOf(SystemFolders)], after = PathsOf(GuestFolders);
        string fingerprint = Fingerprint.Of(
        [
            TaskIdentity.Of<StageMiniosHeaders>(), Compiler, Identity, .. options, "before", .. before, "after", .. after,
            .. texts.Take(count).SelectMany(text => new[] { text.Place, text.Source, Convert.ToHexString(SHA256.HashData(text.Bytes)) }),
        ]);
        DateTime started = DateTime.UtcNow;
        if (StepRecord.WhyOutOfDate(record, fingerprint) is null)
        {
            findings.AddRange(StepRecord.Warnings(record));
            return true;
        }

        string drafts = record + ".d";
        HeaderProofResult proof = ProofOf(drafts, texts, count, rewriting, options, before, after);
        findings.AddRange(proof.Findings);
        if (proof.IsProven)
        {
            StepRecord.Write(record, fingerprint, started, [.. proof.Inputs.Where(file => !file.StartsWith(drafts + "/", StringComparison.Ordinal))], [], proof.Findings.Where(d => d.Severity == DiagnosticSeverity.Warning));
        }

        return proof.IsProven;
    }

    private HeaderProofResult ProofOf(
        string folder, IReadOnlyList<(string Place, string Source, byte[] Bytes)> texts, int count, StagedRewriting rewriting, string[] options, string[] before, string[] after)
    {
        string drafts = Path.Combine(folder, "include");
        RemoveProof(); // Of a run that was killed.
        try
        {
            foreach (var (place, _, bytes) in texts)
            {
                AtomicFile.Write(Path.Combine(drafts, place), bytes);
            }

            HeaderProofResult proof = null!;
            WithCores(2, cores => proof = new HeaderProof(NewToolRunner(), Compiler, ProjectFolder).Prove(
                [.. texts.Take(count).Where(text => !StagedIncludes.IsOfLibc(text.Place)).Select(text => new ProvenHeader(text.Source, Path.Combine(drafts, text.Place)))],
                new HeaderSide([.. options, .. Included(before)], Path.Combine(folder, "before.c")),
                new HeaderSide([.. options, .. Included([drafts, Path.Combine(drafts, StagedIncludes.LibcFolder), .. after])], Path.Combine(folder, "after.c")),
                [new HeaderLanguage("C", [])], rewriting.Proof, cores, Cancellation));
            return proof;
        }
        finally
        {
            RemoveProof();
        }

        void RemoveProof()
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        static IEnumerable<string> Included(IEnumerable<string> folders) => folders.SelectMany(folder => new[] { "-isystem", folder });
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
