using Microsoft.Build.Framework;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Linking.Options;
using MiniosBuild.Policy.Findings;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>
/// Says before the linker runs what it would refuse or decide silently: names that nobody gives and who needs them, names that are given twice and which
/// definition wins, machine code that cannot run in a guest.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class CheckMiniosLink : MiniosTask
{
    [Required]
    public string Policy { get; set; } = "";

    /// <summary>Stub, Private or None: how the set was made.</summary>
    [Required]
    public string LibcMode { get; set; } = "";

    /// <summary>What the project says in MiniosLibc.</summary>
    [Required]
    public string Libc { get; set; } = "";

    /// <summary>The entry object.</summary>
    public ITaskItem[] EntryObjects { get; set; } = [];

    /// <summary>The guest's own objects; none for a Library, of which every member is checked.</summary>
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>Adopted objects of the guest.</summary>
    public ITaskItem[] AdoptedObjects { get; set; } = [];

    /// <summary>The libraries of the set.</summary>
    public string[] Libraries { get; set; } = [];

    /// <summary>The archives of the set, with metadata Library; none where the entry object is all of it.</summary>
    public ITaskItem[] Archives { get; set; } = [];

    /// <summary>Archives that the guest brings.</summary>
    public ITaskItem[] GuestLibraries { get; set; } = [];

    /// <summary>Adopted archives of the guest.</summary>
    public ITaskItem[] AdoptedArchives { get; set; } = [];

    /// <summary>Archives of the libc's provider.</summary>
    public ITaskItem[] LibcArchives { get; set; } = [];

    /// <summary>The compiler's run-time libraries.</summary>
    public ITaskItem[] CompilerLibraries { get; set; } = [];

    /// <summary>The linker script.</summary>
    [Required]
    public string Script { get; set; } = "";

    /// <summary>More options of the linker, in the form of a command line.</summary>
    public string? AdditionalOptions { get; set; }

    /// <summary>Folders and their names in objects, <c>FOLDER=NAME</c>.</summary>
    public string[] PathMap { get; set; } = [];

    /// <summary>Levels over those of the policy: <c>MINIOS1642=none</c>.</summary>
    public string Levels { get; set; } = "";

    /// <summary>Codes to leave out, also those that are errors by themselves.</summary>
    public string NoWarn { get; set; } = "";

    /// <summary>The table of old and new names.</summary>
    public string? Names { get; set; }

    [Required]
    public string Record { get; set; } = "";

    private bool IsLibrary => Objects.Length + AdoptedObjects.Length == 0;

    protected override void Run()
    {
        string policyPath = PathOf(Policy), script = PathOf(Script), record = PathOf(Record);
        string? names = string.IsNullOrEmpty(Names) ? null : PathOf(Names);
        string[] inputs = [policyPath, script, .. PathsOf(EntryObjects.Concat(Objects).Concat(AdoptedObjects).Concat(Archives).Concat(GuestLibraries).Concat(AdoptedArchives).Concat(LibcArchives).Concat(CompilerLibraries))];
        var started = DateTime.UtcNow;
        using var files = new LinkFiles(PathOf, ProjectFolder);
        var options = files.Options(OptionList.Split(AdditionalOptions));
        Add(files, options, script);
        files.Follow(options);
        string fingerprint = Fingerprint.Of(
            [TaskIdentity.Of<CheckMiniosLink>(), LibcMode, Libc, Levels, NoWarn, AdditionalOptions ?? "", names ?? "", $"{Objects.Length} {AdoptedObjects.Length} {Archives.Length} {GuestLibraries.Length} {AdoptedArchives.Length}", .. Libraries, .. inputs, .. files.Others, .. PathMap]);
        RunStep("link check", record, fingerprint, Check, started: started);

        StepResult? Check()
        {
            var result = Result(files, NamespacePolicy.Load(policyPath), options, script, names);
            var real = new RealPath();
            Diagnostic[] diagnostics = [.. ShownFindings.Of(result.Findings).Select(real.Of)];
            if (!Report(diagnostics))
            {
                return null;
            }

            Say(string.Join(", ", result.Libraries.Where(l => l.Taken > 0).Select(l => $"{l.Library}: {l.Taken} of {l.Of} objects, {l.CodeBytes} bytes of code")));
            return new StepResult(inputs.Concat(files.Others).Distinct(), [], diagnostics);
        }
    }

    // In the order of the linker's command line.
    private void Add(LinkFiles files, LinkerOptions options, string script)
    {
        files.Add(options);
        files.AddScript(script);
        files.Add(LinkParty.Framework, "entry", EntryObjects);
        files.Add(LinkParty.Guest, "guest", Objects);
        files.Add(LinkParty.Guest, "guest", AdoptedObjects, LinkOrigin.Adopted);
        files.AddArchives(LinkParty.Framework, Archives, IsLibrary);
        files.AddArchives(LinkParty.Guest, GuestLibraries, origin: LinkOrigin.Elsewhere);
        files.AddArchives(LinkParty.Guest, AdoptedArchives, origin: LinkOrigin.Adopted);
        files.AddArchives(LinkParty.Libc, LibcArchives);
        files.AddArchives(LinkParty.Compiler, CompilerLibraries, inGroup: false);
    }

    private LinkCheckResult Result(LinkFiles files, NamespacePolicy policy, LinkerOptions options, string script, string? names)
    {
        var mode = LibcModes.Named(LibcMode);
        return LinkCheck.Run(new LinkCheckInput(files.Inputs, policy)
        {
            Options = options,
            ScriptPath = script,
            Files = files.Find,
            Absent = files.Absent,
            Hints = new LinkHints(policy, Libc, Libraries, names).For,
            Start = IsLibrary ? null : "app_main",
            Levels = policy.Levels.With(Unasked(mode)).With(FindingLevels.Parse(Levels)).With(FindingLevels.Silencing(NoWarn)),
            PathMap = [.. PathMapEntries.Parse(PathMap, PathOf).Select(e => (e.Name, e.Folder))],
        });
    }

    // Archives without a libc need names of whoever links them: the contract says which, and that is no mistake.
    private FindingLevels Unasked(LibcMode mode) => FindingLevels.Silencing(IsLibrary && mode == MiniosBuild.Policy.LibcMode.None && LibcArchives.Length == 0 ? FindingCodes.MissingName : "");
}
