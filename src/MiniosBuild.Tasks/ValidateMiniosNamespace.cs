using System.Text;
using Microsoft.Build.Framework;
using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Validation.Headers;

namespace MiniosBuild.Tasks;

/// <summary>Checks finished archives and staged headers against the policy; knows nothing of the plans.</summary>
[MSBuildMultiThreadableTask]
public sealed class ValidateMiniosNamespace : MiniosTask
{
    [Required]
    public string Policy { get; set; } = "";

    /// <summary>Stub, Private or None.</summary>
    [Required]
    public string Libc { get; set; } = "";

    /// <summary>The archives, with metadata Library.</summary>
    [Required]
    public ITaskItem[] Archives { get; set; } = [];

    public ITaskItem[] EntryObjects { get; set; } = [];

    /// <summary>The objects of the set as the compiler made them, with metadata Library: their export marks count.</summary>
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>What the staged headers declare.</summary>
    [Required]
    public string Declarations { get; set; } = "";

    /// <summary>All names of the staged headers.</summary>
    [Required]
    public string Census { get; set; } = "";

    /// <summary>Folders and their names in objects, <c>FOLDER=NAME</c>: findings are reported at the real sources.</summary>
    public string[] PathMap { get; set; } = [];

    /// <summary>Objects and archives of programs that are linked with the set.</summary>
    public ITaskItem[] Consumers { get; set; } = [];

    /// <summary>Objects and archives in old names that are adopted: consumers too.</summary>
    public ITaskItem[] Adopted { get; set; } = [];

    /// <summary>Levels over those of the policy: <c>MINIOS1421=none;MINIOS1410=warning</c>.</summary>
    public string Levels { get; set; } = "";

    /// <summary>Codes to leave out, also those that are errors by themselves; codes of others are passed over.</summary>
    public string NoWarn { get; set; } = "";

    /// <summary>The file of findings that are accepted; left out, none are.</summary>
    public string? Baseline { get; set; }

    /// <summary>Writes the baseline anew from what is found, instead of reporting it.</summary>
    public bool UpdateBaseline { get; set; }

    [Required]
    public string Record { get; set; } = "";

    /// <summary>The script that links the set: the names that it defines are the linker's.</summary>
    public string? LinkerScript { get; set; }

    protected override void Run()
    {
        string policyPath = PathOf(Policy), declarationsPath = PathOf(Declarations), censusPath = PathOf(Census), record = PathOf(Record);
        string? baseline = string.IsNullOrEmpty(Baseline) ? null : PathOf(Baseline);
        string? script = string.IsNullOrEmpty(LinkerScript) ? null : PathOf(LinkerScript);
        string[] archives = PathsOf(Archives), entries = PathsOf(EntryObjects), consumers = PathsOf(Consumers), adopted = PathsOf(Adopted), objects = PathsOf(Objects);
        string[] inputs = [policyPath, declarationsPath, censusPath, .. archives, .. entries, .. consumers, .. adopted, .. objects, .. script is null ? Array.Empty<string>() : [script]];
        string fingerprint = Fingerprint.Of(
        [
            TaskIdentity.Of<ValidateMiniosNamespace>(), Libc, Levels, NoWarn, baseline ?? "", "adopted", $"{adopted.Length}", .. inputs,
            .. Archives.Concat(Objects).Select(a => a.GetMetadata("Library")), .. PathMap,
        ]);
        RunStep("namespace validation", record, fingerprint, Validate, UpdateBaseline ? "the baseline is written anew" : null);

        StepResult? Validate()
        {
            var policy = LoadPolicy(policyPath, script);
            var levels = FindingLevels.Parse(Levels).With(FindingLevels.Silencing(NoWarn));
            var headers = HeaderCensus.Load(File.ReadAllText(censusPath), censusPath);
            var findings = Find(policy, levels, declarationsPath, headers, archives, entries, consumers, adopted, objects);
            if (UpdateBaseline)
            {
                WriteBaseline(baseline!, findings);
                return null;
            }

            if (baseline is not null)
            {
                var accepted = BaselineFile.Read(baseline).Apply(findings, policy.Levels.With(levels));
                Say($"{baseline} accepts {accepted.Accepted} findings");
                findings = [.. accepted.Remaining, .. accepted.Stale];
            }

            Diagnostic[] diagnostics = Shown(findings);
            if (!Report(diagnostics))
            {
                return null;
            }

            Say($"{archives.Length} archives keep to the policy {policy.Name}");
            Say($"names of headers: {string.Join("; ", HeaderCounts.Of(policy, headers).Kinds.Where(k => k.Total > 0).Select(k => $"{k.Kind} {k.Inside} inside, {k.Kept} kept, {k.Outside} outside"))}");
            return new StepResult([.. inputs, .. PublicLists.Of(policy), .. baseline is null ? Array.Empty<string>() : [baseline]], [], diagnostics);
        }
    }

    // In bytes, as compilers count columns.
    private static string? TextOf(string file) => File.Exists(file) ? File.ReadAllText(file, Encoding.Latin1) : null;

    private IReadOnlyList<Finding> Find(
        NamespacePolicy policy, FindingLevels levels, string declarationsPath, HeaderCensus headers, string[] archives, string[] entries, string[] consumers, string[] adopted,
        string[] objects)
    {
        var opened = new List<MappedFile>();
        try
        {
            var needs = ConsumerFiles.Read(consumers);
            var own = AdoptedInputs.NamesOf(adopted);
            var validator = new NamespaceValidator(policy, LibcModes.Named(Libc), new ValidationSettings
            {
                Levels = levels,
                PathMap = [.. PathMapEntries.Parse(PathMap, PathOf).Select(e => (e.Name, e.Folder))],
                Headers = headers,
                ConsumerNeeds = ConsumerNeeds.FinishedNames(policy, needs.Names.Union(own.Needs).ToHashSet()),
                ConsumerDefinitions = needs.Definitions.Union(own.Definitions).ToHashSet(),
                Unpassed = [.. Objects.Select((o, i) => new ValidatedFile(o.GetMetadata("Library"), objects[i], Open(objects[i])))],
            });
            var staged = PublicDeclarations.Load(File.ReadAllText(declarationsPath), declarationsPath);
            var files = Archives.Select((a, i) => new ValidatedFile(a.GetMetadata("Library"), archives[i], Open(archives[i])))
                .Concat(entries.Select(e => new ValidatedFile("entry", e, Open(e))));
            return [.. validator.ValidateSet(files, staged), .. validator.ValidateHeaders(headers, TextOf)];
        }
        finally
        {
            opened.ForEach(m => ((IDisposable)m).Dispose());
        }

        ReadOnlyMemory<byte> Open(string path)
        {
            var map = MappedFile.Open(path);
            opened.Add(map);
            return map.Memory;
        }
    }

    // What cannot be accepted, such as a damaged archive, is still an error.
    private void WriteBaseline(string path, IReadOnlyList<Finding> findings)
    {
        bool changed = AtomicFile.Write(path, MiniosBuild.Policy.Findings.Baseline.Write(findings));
        foreach (var diagnostic in Shown(BaselineFile.Read(path).Apply(findings).Remaining))
        {
            Report(diagnostic);
        }

        Log.LogMessage(MessageImportance.High, "{0}", changed ? $"updated {path}" : $"{path} is up to date");
    }

    // Objects may know a header by a link in the intermediate folder.
    private static Diagnostic[] Shown(IEnumerable<Finding> findings)
    {
        var real = new RealPath();
        return [.. ShownFindings.Of(findings).Select(real.Of)];
    }
}
