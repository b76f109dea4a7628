using Microsoft.Build.Framework;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Files;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tasks;

/// <summary>Compiles C and assembly sources that are out of date, several at a time.</summary>
[MSBuildMultiThreadableTask]
public sealed class CompileMinios : MiniosTask
{
    [Required]
    public string Compiler { get; set; } = "";

    [Required]
    public string Identity { get; set; } = "";

    /// <summary>
    /// Sources, with the optional metadata Library (a folder of its own for the objects), PreprocessorDefinitions,
    /// AdditionalIncludeDirectories and AdditionalOptions.
    /// </summary>
    [Required]
    public ITaskItem[] Sources { get; set; } = [];

    /// <summary>The folder that object names are relative to.</summary>
    [Required]
    public string RootFolder { get; set; } = "";

    [Required]
    public string ObjectFolder { get; set; } = "";

    public string[] Options { get; set; } = [];

    /// <summary>More options, in the form of a command line.</summary>
    public string? AdditionalOptions { get; set; }

    public string[] Defines { get; set; } = [];

    /// <summary>System include folders, in search order.</summary>
    public string[] IncludeFolders { get; set; } = [];

    /// <summary>Folders and their names in objects, <c>FOLDER=NAME</c>.</summary>
    public string[] PathMap { get; set; } = [];

    /// <summary>The table of old and new names: errors and warnings of old names tell the new ones.</summary>
    public string? Names { get; set; }

    /// <summary>Folders of a tree that is not ours to mend: each warning of its sources is given once, when they are compiled, and headers from elsewhere are listed.</summary>
    public string[] TreeFolders { get; set; } = [];

    /// <summary>The objects in the order of the sources, with metadata Library and Source.</summary>
    [Output]
    public ITaskItem[] Objects { get; set; } = [];

    protected override void Run()
    {
        string root = PathOf(RootFolder), folder = PathOf(ObjectFolder);
        string[] common =
        [
            .. Options, .. OptionList.Split(AdditionalOptions), .. new PathMap(PathMapEntries.Parse(PathMap, PathOf)).CompilerOptions,
            .. Defines.Select(d => "-D" + d), .. PathsOf(IncludeFolders).SelectMany(i => new[] { "-isystem", i }),
        ];
        var units = Sources.Select(s => Unit(s, root, folder, common)).ToList();
        RequireOwnObjects(units);

        IReadOnlyList<CompileResult> results = [];
        var compiler = new Compiler(NewToolRunner(), Compiler, Identity, ProjectFolder);
        WithCores(units.Count, cores => results = compiler.Compile(
            units, cores, unit => Log.LogMessage(MessageImportance.Low, "{0}", $"compiling {unit.Source}"), Cancellation));
        var spellings = new NewSpellings(string.IsNullOrEmpty(Names) ? null : PathOf(Names));
        foreach (var result in results)
        {
            if (result.Reason is not null)
            {
                Say($"{Path.GetRelativePath(root, result.Unit.Source)}: {result.Reason}");
                Log.LogMessage(MessageImportance.Low, "{0}", result.CommandLine);
            }

        }

        var tree = TreeFolders.Length == 0 ? null : new TreeCompilation(PathsOf(TreeFolders), PathsOf(IncludeFolders));
        foreach (var diagnostic in results.SelectMany(r => tree is null ? r.Diagnostics : tree.New(r)))
        {
            Report(FloatingPointHint.Of(spellings.Hint(diagnostic)));
        }

        if (tree?.HostHeaders is { } headers)
        {
            Report(headers);
        }

        int compiled = results.Count(r => r.Reason is not null);
        Say(compiled == 0 ? $"all {units.Count} objects are up to date" : $"compiled {compiled} of {units.Count} sources");
        Objects =
        [
            .. units.Zip(Sources, (unit, source) => ItemOf(
                unit.Object, ("Library", source.GetMetadata("Library")), ("Source", unit.Source))),
        ];
    }

    private CompileUnit Unit(ITaskItem source, string root, string folder, string[] common)
    {
        string path = PathOf(source);
        string target = Path.Combine(folder, source.GetMetadata("Library"), ObjectName.Of(path, root));
        string[] own =
        [
            .. source.GetMetadata("PreprocessorDefinitions").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(d => "-D" + d.Trim()),
            .. source.GetMetadata("AdditionalIncludeDirectories").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(i => "-I" + PathOf(i.Trim())),
        ];
        string[] assembly = path.EndsWith(".S", StringComparison.Ordinal) ? ["-D__ASSEMBLY__"] : [];

        // Of two options that exclude each other compilers take the last: the source's own.
        string[] arguments = [.. own, .. common, .. OptionList.Split(source.GetMetadata("AdditionalOptions")), .. assembly];
        return new CompileUnit(path, target, arguments) { FloatingPointArguments = TreeFolders.Length > 0 ? FloatingPoint.Allow(arguments) : null };
    }

    private static void RequireOwnObjects(IEnumerable<CompileUnit> units)
    {
        foreach (var group in units.GroupBy(u => u.Object).Where(g => g.Count() > 1))
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolchainCodes.SameObject,
                $"{string.Join(" and ", group.Select(u => u.Source))} would both be compiled to {group.Key}; rename one of them",
                group.First().Source));
        }
    }
}
