using Microsoft.Build.Framework;
using MiniosBuild.CSource.Census;
using MiniosBuild.ObjectFormats;
using MiniosBuild.Renaming.Api;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Decides the name of every global symbol and of everything in public headers, once over the whole set.</summary>
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

    /// <summary>All names of the public headers.</summary>
    [Required]
    public string Census { get; set; } = "";

    /// <summary>Objects and archives of programs that are linked with the set: what they need is public.</summary>
    public ITaskItem[] Consumers { get; set; } = [];

    /// <summary>Variables that headers define. Those of public headers are public: programs that include the header have a definition too, which a link makes one with the set's.</summary>
    public string[] TentativeNames { get; set; } = [];

    /// <summary>Objects and archives in old names that are adopted: consumers too, which bring for themselves what any of them defines.</summary>
    public ITaskItem[] Adopted { get; set; } = [];

    /// <summary>The architecture's name; with the libc, the policy, the libraries and the switches it heads the list of public symbols.</summary>
    public string Arch { get; set; } = "";

    /// <summary>Switches of the tree, with metadata Value.</summary>
    public ITaskItem[] Config { get; set; } = [];

    /// <summary>The plan to make.</summary>
    [Required]
    public string Plan { get; set; } = "";

    /// <summary>The plan for the headers to make.</summary>
    [Required]
    public string HeaderPlan { get; set; } = "";

    /// <summary>The map of old and new symbols to make, as objcopy --redefine-syms reads it.</summary>
    [Required]
    public string RenameMap { get; set; } = "";

    /// <summary>The sorted list of public symbols to make.</summary>
    [Required]
    public string ApiList { get; set; } = "";

    /// <summary>The table of old and new names of the headers to make.</summary>
    [Required]
    public string Names { get; set; } = "";

    /// <summary>The script for gdb to make.</summary>
    [Required]
    public string DebuggerScript { get; set; } = "";

    /// <summary>The header for code in old names to make.</summary>
    [Required]
    public string CompatibilityHeader { get; set; } = "";

    /// <summary>Whether code in old names is compiled: what the header cannot serve is then warned of.</summary>
    public bool Compatibility { get; set; }

    /// <summary>The script that links the set: the names that it defines are the linker's.</summary>
    public string? LinkerScript { get; set; }

    protected override void Run()
    {
        string? script = string.IsNullOrEmpty(LinkerScript) ? null : PathOf(LinkerScript);
        string policyPath = PathOf(Policy), declarationsPath = PathOf(Declarations), censusPath = PathOf(Census);
        string[] outputs = [PathOf(Plan), PathOf(HeaderPlan), PathOf(RenameMap), PathOf(ApiList), PathOf(Names), PathOf(DebuggerScript), PathOf(CompatibilityHeader)];
        var libc = LibcModes.Named(Libc);
        string record = outputs[0] + ".step";
        string[] objects = PathsOf(Objects), consumers = PathsOf(Consumers), adopted = PathsOf(Adopted);
        string fingerprint = Fingerprint.Of(
        [
            TaskIdentity.Of<PlanMiniosNamespace>(), policyPath, Libc, Arch, Switches, Compatibility.ToString(), .. outputs, .. Objects.Select(o => o.GetMetadata("Library")), .. objects,
            "consumers", .. consumers, "tentative", .. TentativeNames, "adopted", .. adopted, script ?? "",
        ]);
        RunStep("namespace plan", record, fingerprint, () =>
        {
            var policy = LoadPolicy(policyPath, script);
            var declarations = PublicDeclarations.Load(File.ReadAllText(declarationsPath), declarationsPath);
            var headers = HeaderCensus.Load(File.ReadAllText(censusPath), censusPath);
            var needs = ConsumerFiles.Read(consumers);
            var own = AdoptedInputs.NamesOf(adopted);
            var maps = objects.Select(MappedFile.Open).ToList();
            try
            {
                var census = SymbolCensus.Read(Objects.Select((o, i) => new CensusInput(o.GetMetadata("Library"), objects[i], maps[i].Memory)));
                var needed = needs.Names.Concat(TentativeNames.Where(declarations.Variables.ContainsKey)).Union(own.Needs).ToHashSet(StringComparer.Ordinal);
                var made = NamespacePlanner.Plan(policy, census, declarations, libc, needed, SpelledNames.Of(headers), needs.Definitions.Union(own.Definitions).ToHashSet(StringComparer.Ordinal));
                var madeHeaders = HeaderPlanner.Plan(policy, headers, made);
                var compatibility = Renaming.Headers.CompatibilityHeader.Of(CompatibilityHeaderInputs.Of(policy, headers, madeHeaders, made));
                Diagnostic[] diagnostics =
                [
                    .. made.Diagnostics, .. ConsumerReport.Of(made, policy, needs).Diagnostics, .. madeHeaders.Diagnostics, .. Compatibility ? compatibility.Diagnostics : [],
                ];
                if (!Report(diagnostics))
                {
                    return null;
                }

                AtomicFile.Write(outputs[0], made.Serialize());
                AtomicFile.Write(outputs[1], madeHeaders.Serialize());
                AtomicFile.Write(outputs[2], made.RenameMapText());
                AtomicFile.Write(outputs[3], Renaming.Api.ApiList.Of(made, census, policy, Settings(policy)).ToText());
                AtomicFile.Write(outputs[4], madeHeaders.Names.ToText());
                AtomicFile.Write(outputs[5], Renaming.Headers.DebuggerScript.Text(made, madeHeaders.Names));
                AtomicFile.Write(outputs[6], compatibility.Text);
                Say($"{made.Decisions.Count} global names: {made.Renames.Count} renamed");
                Say($"{madeHeaders.Decisions.Count} names of headers: {madeHeaders.Names.Entries.Count} renamed, {madeHeaders.Removed.Count} removed");
                Say($"{Path.GetFileName(outputs[6])}: {compatibility.ServedCount} old names, {compatibility.LeakedMacros.Count} of them macros outside the namespace");
                return new StepResult(
                    [policyPath, .. PublicLists.Of(policy), declarationsPath, censusPath, .. objects, .. consumers, .. adopted, .. script is null ? Array.Empty<string>() : [script]], outputs, diagnostics);
            }
            finally
            {
                maps.ForEach(m => ((IDisposable)m).Dispose());
            }
        });
    }

    private string Switches => string.Join(' ', Config.Where(c => c.GetMetadata("Value") != "n").Select(c => $"{c.ItemSpec}={c.GetMetadata("Value")}"));

    private ApiSetting[] Settings(NamespacePolicy policy) =>
    [
        ApiSetting.Of("arch", Arch),
        ApiSetting.Of("libc", Libc.ToLowerInvariant()),
        ApiSetting.Of("policy", policy.Name),
        ApiSetting.Of("libraries", Objects.Select(o => o.GetMetadata("Library")).Where(l => l != "entry")),
        ApiSetting.Of("switches", Switches),
    ];
}
