using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Decides the name of every global symbol, once over the whole set.</summary>
[MSBuildMultiThreadableTask]
public sealed class PlanMiniosNamespace : MiniosTask
{
    /// <summary>The policy, a JSON file.</summary>
    [Required]
    public string Policy { get; set; } = "";

    /// <summary>Stub, Private or None.</summary>
    [Required]
    public string Libc { get; set; } = "";

    /// <summary>All objects of the set, with metadata Library.</summary>
    [Required]
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>What the public headers declare.</summary>
    [Required]
    public string Declarations { get; set; } = "";

    /// <summary>The plan to make.</summary>
    [Required]
    public string Plan { get; set; } = "";

    /// <summary>The map of old and new names to make, as objcopy --redefine-syms reads it.</summary>
    [Required]
    public string RenameMap { get; set; } = "";

    /// <summary>The sorted list of public symbols to make.</summary>
    [Required]
    public string ApiList { get; set; } = "";

    protected override void Run()
    {
        string policyPath = PathOf(Policy), declarationsPath = PathOf(Declarations);
        string plan = PathOf(Plan), renames = PathOf(RenameMap), api = PathOf(ApiList);
        var libc = LibcModes.Named(Libc);
        string record = plan + ".step";
        string[] objects = PathsOf(Objects);
        string fingerprint = Fingerprint.Of(
            [TaskIdentity.Of<PlanMiniosNamespace>(), policyPath, Libc, renames, api, .. Objects.Select(o => o.GetMetadata("Library")), .. objects]);
        string? reason = StepRecord.WhyOutOfDate(record, fingerprint);
        if (reason is null)
        {
            foreach (var warning in StepRecord.Warnings(record))
            {
                Report(warning);
            }

            return;
        }

        Say($"namespace plan: {reason}");
        var started = DateTime.UtcNow;
        var policy = NamespacePolicy.Load(policyPath);
        var declarations = PublicDeclarations.Load(File.ReadAllText(declarationsPath), declarationsPath);
        var maps = objects.Select(MappedFile.Open).ToList();
        try
        {
            var census = SymbolCensus.Read(Objects.Select((o, i) => new CensusInput(o.GetMetadata("Library"), objects[i], maps[i].Memory)));
            var made = NamespacePlanner.Plan(policy, census, declarations, libc);
            foreach (var diagnostic in made.Diagnostics)
            {
                Report(diagnostic);
            }

            if (Log.HasLoggedErrors)
            {
                return;
            }

            AtomicFile.Write(plan, made.Serialize());
            AtomicFile.Write(renames, made.RenameMapText());
            AtomicFile.Write(api, ApiText(made, policy));
            StepRecord.Write(record, fingerprint, started, [policyPath, declarationsPath, .. objects], [plan, renames, api], Warnings(made.Diagnostics));
            Say($"{made.Decisions.Count} global names: {made.Renames.Count} renamed");
        }
        finally
        {
            maps.ForEach(m => ((IDisposable)m).Dispose());
        }
    }

    // A line for each name that a guest may use or override: library and name, sorted.
    private static string ApiText(NamespacePlan plan, NamespacePolicy policy) => string.Concat(plan.Decisions
        .Where(d => d.Action != SymbolAction.Localize && d.Rule != 1 && !d.NewName.StartsWith(policy.InternalPrefix, StringComparison.Ordinal))
        .Select(d => $"{d.Library} {d.NewName}\n").Distinct().Order(StringComparer.Ordinal));
}
