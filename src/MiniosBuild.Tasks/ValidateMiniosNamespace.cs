using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Checks finished archives and staged headers against the policy; knows nothing of the plan.</summary>
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

    /// <summary>What the staged headers declare.</summary>
    [Required]
    public string Declarations { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    protected override void Run()
    {
        string policyPath = PathOf(Policy), declarationsPath = PathOf(Declarations), record = PathOf(Record);
        string[] archives = PathsOf(Archives), entries = PathsOf(EntryObjects);
        string fingerprint = Fingerprint.Of(
            [TaskIdentity.Of<ValidateMiniosNamespace>(), policyPath, Libc, declarationsPath, .. archives, .. Archives.Select(a => a.GetMetadata("Library")), .. entries]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            foreach (var warning in StepRecord.Warnings(record))
            {
                Report(warning);
            }

            return;
        }

        Say($"namespace validation: {reason}");
        var started = DateTime.UtcNow;
        var policy = NamespacePolicy.Load(policyPath);
        var validator = new NamespaceValidator(policy, LibcModes.Named(Libc));
        var opened = new List<MappedFile>();
        Diagnostic[] diagnostics;
        try
        {
            var staged = PublicDeclarations.Load(File.ReadAllText(declarationsPath), declarationsPath);
            var files = Archives.Select((a, i) => new ValidatedFile(a.GetMetadata("Library"), archives[i], Open(archives[i])))
                .Concat(entries.Select(e => new ValidatedFile("entry", e, Open(e))));
            diagnostics = [.. ShownFindings.Of([.. validator.ValidateSet(files, staged), .. validator.ValidateHeaders(staged)])];
        }
        finally
        {
            opened.ForEach(m => ((IDisposable)m).Dispose());
        }

        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }

        if (!Log.HasLoggedErrors)
        {
            StepRecord.Write(record, fingerprint, started, [policyPath, declarationsPath, .. archives, .. entries], [], Warnings(diagnostics));
            Say($"{archives.Length} archives keep to the policy {policy.Name}");
        }

        ReadOnlyMemory<byte> Open(string path)
        {
            var map = MappedFile.Open(path);
            opened.Add(map);
            return map.Memory;
        }
    }
}
