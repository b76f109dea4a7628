using System.Collections.Concurrent;
using Microsoft.Build.Framework;
using MiniosBuild.Namespaces;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Toolchain.Passes;

namespace MiniosBuild.Tasks;

/// <summary>Applies the plan to every object: renames definitions and references together, and localises.</summary>
[MSBuildMultiThreadableTask]
public sealed class PrefixMiniosSymbols : MiniosTask
{
    [Required]
    public string Objcopy { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    /// <summary>False leaves all names as they are.</summary>
    public bool Enabled { get; set; } = true;

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
        var passes = objects
            .Select(o => new ObjectPass(o, Path.Combine(to, Path.GetRelativePath(from, o)), plan.RenamesFor(o), plan.LocalsFor(o))).ToList();
        var symbols = new SymbolPass(NewToolRunner(), Objcopy, Identity, ProjectFolder);
        var errors = new ConcurrentDictionary<int, Diagnostic>();
        var reasons = new string?[passes.Count];
        WithCores(passes.Count, cores => Parallel.For(
            0, passes.Count, new ParallelOptions { MaxDegreeOfParallelism = cores, CancellationToken = Cancellation }, i =>
            {
                try
                {
                    reasons[i] = symbols.Apply(passes[i], output => RequireResult(passes[i], output), Cancellation);
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
        Say(applied == 0 ? $"the names of all {passes.Count} objects are up to date" : $"passed {applied} of {passes.Count} objects");
        PassedObjects = [.. passes.Zip(Objects, (pass, item) => ItemOf(pass.Output, item))];
    }

    private static void RequirePlanned(NamespacePlan plan, string planPath, IEnumerable<string> objects)
    {
        if (objects.Except(plan.Objects.Select(o => o.Path)).FirstOrDefault() is { } other)
        {
            throw new DiagnosticException(Diagnostic.Error(
                TaskCodes.ObjectNotPlanned, $"the plan was made for other objects: it has none at {other}. Delete the file, and it is made anew", planPath));
        }
    }

    // objcopy ends with 0 also if a list matched nothing or two symbols got one name, so its work is read again.
    private static void RequireResult(ObjectPass pass, string output)
    {
        var expected = GlobalNames(pass.Input);
        foreach (var (old, renamed) in pass.Renames)
        {
            if (!expected.Remove(old) || !expected.Add(renamed))
            {
                throw Differs(pass, $"'{old}' could not be renamed to '{renamed}': the object {(expected.Contains(renamed) ? "has that name already" : "has no such symbol")}");
            }
        }

        foreach (string local in pass.Locals)
        {
            expected.Remove(local);
        }

        var actual = GlobalNames(output);
        if (!actual.SetEquals(expected))
        {
            actual.SymmetricExceptWith(expected);
            throw Differs(pass, $"after the symbol pass these names are not as planned: {string.Join(", ", actual.Order(StringComparer.Ordinal))}");
        }
    }

    private static HashSet<string> GlobalNames(string path) => Reading(path, () => ElfFile.Parse(File.ReadAllBytes(path)).Symbols
        .Where(s => s.IsGlobal && s.Name.Length > 0).Select(s => s.Name).ToHashSet(StringComparer.Ordinal));

    private static DiagnosticException Differs(ObjectPass pass, string message) =>
        new(Diagnostic.Error(TaskCodes.PassResultDiffers, message, pass.Input));
}
