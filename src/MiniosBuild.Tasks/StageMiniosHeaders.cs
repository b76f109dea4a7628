using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>Copies public headers to one folder, with the names that the archives really have, and that they have for each other there.</summary>
[MSBuildMultiThreadableTask]
public sealed class StageMiniosHeaders : MiniosTask
{
    /// <summary>The headers, with metadata Folder: the folder below the output folder that they go to.</summary>
    public ITaskItem[] Headers { get; set; } = [];

    [Required]
    public string Plan { get; set; } = "";

    /// <summary>False leaves all names of C as they are.</summary>
    public bool Rename { get; set; } = true;

    /// <summary>Include folders of the tree, in search order: what its headers mean by the names that they include.</summary>
    public string[] IncludeFolders { get; set; } = [];

    [Required]
    public string OutputFolder { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    /// <summary>The staged headers, with metadata Folder and RelativePath (to the output folder).</summary>
    [Output]
    public ITaskItem[] StagedHeaders { get; set; } = [];

    protected override void Run()
    {
        string plan = PathOf(Plan), folder = PathOf(OutputFolder), record = PathOf(Record);
        var headers = Headers
            .Select(h => (Source: PathOf(h), Relative: $"{h.GetMetadata("Folder")}/{h.GetMetadata("RecursiveDir")}{Path.GetFileName(h.ItemSpec)}", Item: h))
            .OrderBy(h => h.Relative, StringComparer.Ordinal).ToList();
        foreach (var same in headers.GroupBy(h => h.Relative).Where(g => g.Count() > 1))
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.SameStagedHeader,
                $"{string.Join(" and ", same.Select(h => h.Source))} would both be staged as {same.Key}; remove one from MiniosPublicHeader",
                same.First().Source));
        }

        StagedHeaders =
        [
            .. headers.Select(h => ItemOf(
                Path.Combine(folder, h.Relative), ("Folder", h.Item.GetMetadata("Folder")), ("RelativePath", h.Relative))),
        ];
        string[] includeFolders = PathsOf(IncludeFolders);
        string fingerprint = Fingerprint.Of(
            [TaskIdentity.Of<StageMiniosHeaders>(), Rename.ToString(), folder, .. includeFolders, .. headers.SelectMany(h => new[] { h.Source, h.Relative })]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            return;
        }

        Say($"staged headers: {reason}");
        var started = DateTime.UtcNow;
        var renames = Rename ? NamespacePlan.Parse(File.ReadAllBytes(plan), plan).HeaderRenames : new Dictionary<string, string>();
        var includes = new StagedIncludes(includeFolders, headers.Select(h => (h.Source, h.Relative)));
        foreach (var (source, relative, _) in headers)
        {
            byte[] content = HeaderRewriter.Rewrite(File.ReadAllBytes(source), renames, name => includes.NewSpelling(source, relative, name));
            AtomicFile.Write(Path.Combine(folder, relative), content);
        }

        RemoveOthers(folder, [.. headers.Select(h => Path.Combine(folder, h.Relative))]);
        StepRecord.Write(record, fingerprint, started, [plan, .. headers.Select(h => h.Source)], headers.Select(h => Path.Combine(folder, h.Relative)));
    }

    // A header that left the tree must not be found by a guest any longer.
    private static void RemoveOthers(string folder, HashSet<string> staged)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !staged.Contains(f)))
        {
            File.Delete(file);
        }
    }
}
