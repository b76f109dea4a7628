using Microsoft.Build.Framework;
using MiniosBuild.Linking.Contracts;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Writes what framework and libc need of each other, computed from the finished archives, for programs and for people.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteMiniosContract : MiniosTask
{
    [Required]
    public string Policy { get; set; } = "";

    /// <summary>Stub, Private or None.</summary>
    [Required]
    public string LibcMode { get; set; } = "";

    [Required]
    public string Arch { get; set; } = "";

    public ITaskItem[] EntryObjects { get; set; } = [];

    /// <summary>The archives of the set, with metadata Library.</summary>
    [Required]
    public ITaskItem[] Archives { get; set; } = [];

    /// <summary>Archives of the libc's provider.</summary>
    public ITaskItem[] LibcArchives { get; set; } = [];

    /// <summary>The file for programs.</summary>
    [Required]
    public string Contract { get; set; } = "";

    /// <summary>The file for people.</summary>
    [Required]
    public string ContractText { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    protected override void Run()
    {
        string policyPath = PathOf(Policy), record = PathOf(Record), contract = PathOf(Contract), text = PathOf(ContractText);
        string[] inputs = [policyPath, .. PathsOf(EntryObjects.Concat(Archives).Concat(LibcArchives))];
        string fingerprint = Fingerprint.Of([TaskIdentity.Of<WriteMiniosContract>(), LibcMode, Arch, $"{Archives.Length}", .. inputs]);
        RunStep("contract", record, fingerprint, () =>
        {
            using var files = new LinkFiles(PathOf, ProjectFolder);
            files.Add(LinkParty.Framework, "entry", EntryObjects);
            files.AddArchives(LinkParty.Framework, Archives);
            files.AddArchives(LinkParty.Libc, LibcArchives);
            var written = LibcContract.Compute(files.Inputs, NamespacePolicy.Load(policyPath), LibcModes.Named(LibcMode), Arch);
            AtomicFile.Write(contract, written.ToJson());
            AtomicFile.Write(text, written.ToText());
            Say($"{written.Needs.Count} names cross the borders between framework, libc and compiler");
            return new StepResult(inputs, [contract, text]);
        });
    }
}
