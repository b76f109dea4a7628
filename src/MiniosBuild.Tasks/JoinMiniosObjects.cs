using Microsoft.Build.Framework;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Linking;

namespace MiniosBuild.Tasks;

/// <summary>Makes one relocatable object of the set, in which everything is local but the public symbols; proven as the pass is.</summary>
[MSBuildMultiThreadableTask]
public sealed class JoinMiniosObjects : MiniosTask
{
    [Required]
    public string Linker { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    [Required]
    public string Emulation { get; set; } = "";

    /// <summary>The policy that the objects were passed by.</summary>
    [Required]
    public string Policy { get; set; } = "";

    /// <summary>The list of public symbols.</summary>
    [Required]
    public string ApiList { get; set; } = "";

    /// <summary>The entry object, which comes first.</summary>
    [Required]
    public ITaskItem[] EntryObjects { get; set; } = [];

    /// <summary>The archives of the set, of which every member is taken.</summary>
    [Required]
    public ITaskItem[] Archives { get; set; } = [];

    /// <summary>Objects and archives of programs that are linked with the set: what they need stays global.</summary>
    public ITaskItem[] Consumers { get; set; } = [];

    /// <summary>Objects and archives in old names that are adopted: what they need stays global.</summary>
    public ITaskItem[] Adopted { get; set; } = [];

    /// <summary>The script that links the set: the names that it defines are the linker's.</summary>
    public string? LinkerScript { get; set; }

    /// <summary>The object to make.</summary>
    [Required]
    public string Object { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    protected override void Run()
    {
        string output = PathOf(Object), record = PathOf(Record), policyPath = PathOf(Policy), apiPath = PathOf(ApiList);
        string? script = string.IsNullOrEmpty(LinkerScript) ? null : PathOf(LinkerScript);
        string[] entries = PathsOf(EntryObjects), archives = PathsOf(Archives), consumers = PathsOf(Consumers), adopted = PathsOf(Adopted);
        string fingerprint = Fingerprint.Of([TaskIdentity.Of<JoinMiniosObjects>(), Linker, Identity, Emulation, policyPath, apiPath, output, .. entries, "archives", .. archives, "consumers", .. consumers, "adopted", .. adopted, script ?? ""]);
        RunStep(Path.GetFileName(output), record, fingerprint, () =>
        {
            using AtomicFile joined = new(record + ".joined"), one = new(output);
            new ObjectJoiner(NewToolRunner(), Linker, ProjectFolder).Join(Emulation, entries, archives, joined.Draft, Cancellation);
            var policy = LoadPolicy(policyPath, script);
            var needed = ConsumerFiles.Read(consumers).Names.Union(AdoptedInputs.NamesOf(adopted).Needs).Except(policy.CNames).ToHashSet();
            var names = new OneObject(
                policy, Renaming.Api.ApiList.Load(apiPath).Symbols.Select(symbol => symbol.Name).ToHashSet(StringComparer.Ordinal), ConsumerNeeds.FinishedNames(policy, needed));
            byte[] whole = File.ReadAllBytes(joined.Draft);
            // The parts brought the notes of their pass, which is done; this one only makes names local.
            var report = new ArchivePass(names.Map(whole, output), new PassOptions { AcceptOtherNotes = true }).Apply(whole, output, one, Cancellation);
            names.Require(File.ReadAllBytes(one.Draft), output);
            one.Publish();
            Say($"{Path.GetFileName(output)}: {report.MadeLocal} symbols made local");
            return new StepResult([policyPath, apiPath, .. entries, .. archives, .. consumers, .. adopted, .. script is null ? Array.Empty<string>() : [script]], [output]);
        });
    }
}
