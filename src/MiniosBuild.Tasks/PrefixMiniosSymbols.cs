using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Tasks;

/// <summary>Applies the plan to every object: renames definitions and references together, localises, and proves that nothing else changed.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrefixMiniosSymbols : MiniosTask
{
    /// <summary>What rewrites symbols: <c>managed</c>, which needs no tool, <c>objcopy</c> or <c>llvm-objcopy</c>.</summary>
    public string SymbolRewriter { get; set; } = "managed";

    /// <summary>The path of the objcopy, if the rewriter is one.</summary>
    public string? Objcopy { get; set; }

    /// <summary>What tells that objcopy from another one.</summary>
    public string? Identity { get; set; }

    /// <summary>False leaves all names as they are.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The policy that the plan was made from; objects get a note of it.</summary>
    [Required]
    public string Policy { get; set; } = "";

    [Required]
    public string Plan { get; set; } = "";

    [Required]
    public ITaskItem[] Objects { get; set; } = [];

    /// <summary>The folder that the objects are in; their paths in it are kept.</summary>
    [Required]
    public string ObjectFolder { get; set; } = "";

    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The passed objects in the order of the objects, with their metadata.</summary>
    [Output]
    public ITaskItem[] PassedObjects { get; set; } = [];

    protected override void Run()
    {
        if (!Enabled)
        {
            PassedObjects = Objects;
            return;
        }

        string planPath = PathOf(Plan), from = PathOf(ObjectFolder), to = PathOf(OutputFolder);
        var plan = NamespacePlan.Parse(File.ReadAllBytes(planPath), planPath);
        string[] objects = PathsOf(Objects);
        RequirePlanned(plan, planPath, objects);
        Directory.CreateDirectory(to);
        var options = new PassOptions
        {
            Note = Note(plan), BackEnd = SymbolRewriters.BackEnd(SymbolRewriter, NewToolRunner(), Objcopy, to, Cancellation), DropsMarks = true, MaxDegreeOfParallelism = 1,
        };
        string identity = string.Join('\n', SymbolRewriter, Objcopy, Identity);
        var steps = objects.Select(o => new ObjectPassStep(
            o, Path.Combine(to, Path.GetRelativePath(from, o)), plan.RenamesFor(o), plan.LocalsFor(o), options, identity)).ToList();
        foreach (string folder in steps.Select(s => Path.GetDirectoryName(s.Output)!).Distinct())
        {
            Directory.CreateDirectory(folder);
        }

        var errors = new ConcurrentDictionary<int, Diagnostic>();
        var reasons = new string?[steps.Count];
        WithCores(steps.Count, cores => Parallel.For(
            0, steps.Count, new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = Cancellation }, i =>
            {
                try
                {
                    reasons[i] = steps[i].Apply(Cancellation);
                }
                catch (Exception e) when (DiagnosticOf(e) is { } diagnostic)
                {
                    errors[i] = diagnostic;
                }
            }));
        foreach (var (_, diagnostic) in errors.OrderBy(e => e.Key))
        {
            Report(diagnostic);
        }

        int applied = reasons.Count(r => r is not null);
        Say(applied == 0 ? $"the names of all {steps.Count} objects are up to date" : $"passed {applied} of {steps.Count} objects");
        PassedObjects = [.. steps.Zip(Objects, (step, item) => ItemOf(step.Output, item))];
    }

    private string Note(NamespacePlan plan) => PassNote.TextFor(NamespacePolicy.Load(PathOf(Policy)), plan.Libc);

    private static void RequirePlanned(NamespacePlan plan, string planPath, IEnumerable<string> objects)
    {
        if (objects.Except(plan.Objects.Select(o => o.Path)).FirstOrDefault() is { } other)
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.ObjectNotPlanned, $"the plan was made for other objects: it has none at {other}. Delete the file, and it is made anew", planPath));
        }
    }
}
