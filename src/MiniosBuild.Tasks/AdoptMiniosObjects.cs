using Microsoft.Build.Framework;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.Renaming.Adopting;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>
/// Brings objects and archives that were compiled against the old names of the set to its new ones: what they refer to follows the plan, and the
/// result is proven as that of the pass is.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class AdoptMiniosObjects : MiniosTask
{
    /// <summary>What rewrites symbols: <c>managed</c>, <c>objcopy</c> or <c>llvm-objcopy</c>.</summary>
    public string SymbolRewriter { get; set; } = "managed";

    /// <summary>The path of the objcopy, if the rewriter is one.</summary>
    public string? Objcopy { get; set; }

    /// <summary>What tells that objcopy from another one.</summary>
    public string? Identity { get; set; }

    /// <summary>False leaves all files as they are: the set has its old names.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The policy that the plan was made from.</summary>
    [Required]
    public string Policy { get; set; } = "";

    [Required]
    public string Plan { get; set; } = "";

    /// <summary>The objects and archives.</summary>
    public ITaskItem[] Files { get; set; } = [];

    [Required]
    public string OutputFolder { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    /// <summary>The adopted objects, in the order of the files, with metadata PublishedPath.</summary>
    [Output]
    public ITaskItem[] AdoptedObjects { get; set; } = [];

    /// <summary>The adopted archives, in the order of the files, with metadata PublishedPath.</summary>
    [Output]
    public ITaskItem[] AdoptedArchives { get; set; } = [];

    protected override void Run()
    {
        string[] files = [.. PathsOf(Files).Distinct(StringComparer.Ordinal)], places = Places(files);
        string[] outputs = Enabled ? [.. places.Select(place => Path.Combine(PathOf(OutputFolder), place))] : files;
        if (Enabled && files.Length > 0)
        {
            Adopt(files, outputs);
        }

        if (Log.HasLoggedErrors)
        {
            return;
        }

        ILookup<bool, ITaskItem> byKind = files.Select((file, i) => (IsArchive: IsArchive(file), Item: ItemOf(outputs[i], ("PublishedPath", "lib/adopted/" + places[i]))))
            .ToLookup(made => made.IsArchive, made => made.Item);
        AdoptedObjects = [.. byKind[false]];
        AdoptedArchives = [.. byKind[true]];
    }

    private void Adopt(string[] files, string[] outputs)
    {
        string planPath = PathOf(Plan), policyPath = PathOf(Policy), record = PathOf(Record);
        string fingerprint = Fingerprint.Of([TaskIdentity.Of<AdoptMiniosObjects>(), SymbolRewriter, Objcopy ?? "", Identity ?? "", policyPath, planPath, .. files, .. outputs]);
        RunStep("adopted files", record, fingerprint, () =>
        {
            var policy = NamespacePolicy.Load(policyPath);
            var plan = NamespacePlan.Parse(File.ReadAllBytes(planPath), planPath);
            using var inputs = new AdoptedInputs(files, plan.Objects.Count > 0 ? plan.Objects[0].Path : null);
            var adoption = Adoption.Of(inputs.Files, AdoptingSet.Of(plan, policy));
            if (!Report(adoption.Diagnostics))
            {
                return null;
            }

            WithCores(files.Length, cores =>
            {
                var pass = new ArchivePass(adoption.Map, new PassOptions
                {
                    Adopts = true,
                    Note = PassNote.TextFor(policy, plan.Libc),
                    BackEnd = SymbolRewriters.BackEnd(SymbolRewriter, NewToolRunner(), Objcopy, PathOf(OutputFolder), Cancellation),
                    MaxDegreeOfParallelism = cores,
                });
                PassReport[] reports = [.. files.Zip(outputs, Pass)];
                PassReport.RequireTogether(adoption.Map, files, reports, planPath);
                Say($"adopted {files.Length} files: {reports.Sum(report => report.Renamed)} symbols of {reports.Sum(report => report.ChangedMembers)} objects follow the plan");

                PassReport Pass(string file, string output)
                {
                    Directory.CreateDirectory(Path.GetDirectoryName(output)!);
                    return pass.Apply(file, output, Cancellation);
                }
            });
            return new StepResult([policyPath, planPath, .. files], outputs, adoption.Diagnostics);
        });
    }

    /// <summary>A path below the output folder for each file: its name, in a folder of its number where an earlier one has that name.</summary>
    private static string[] Places(string[] files)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        return [.. files.Select((file, i) => taken.Add(Path.GetFileName(file)) ? Path.GetFileName(file) : $"{i}/{Path.GetFileName(file)}")];
    }

    private static bool IsArchive(string path)
    {
        using var stream = File.OpenRead(path);
        byte[] start = new byte[8];
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && ArArchive.IsArchive(start);
    }
}
