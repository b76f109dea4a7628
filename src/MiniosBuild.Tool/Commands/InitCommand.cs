using System.CommandLine;
using System.Reflection;
using System.Text.RegularExpressions;
using MiniosBuild.Tool.Initial;
using MiniosBuild.Toolchain.Discovery;
using MiniosBuild.Toolchain.Processes;
using MiniosBuild.Toolchain.Trees;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios init</c>: looks at a tree, tries to build it, and writes a project with what its first green build needs.</summary>
internal sealed partial class InitCommand : Command, IDocumentsExitCodes
{
    private const int MostTries = 8;

    private readonly Argument<string> _path = new("path") { Description = "A Mini-OS tree, or a folder with one in it." };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The project's folder, which is made if it is not there.",
        HelpName = "folder",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<string?> _name = new("--name", "-n") { Description = "The project's name. Without it: the name of the tree's folder.", HelpName = "name" };

    private readonly Option<string> _type = new("--type") { Description = "Library: archives and headers. Exe: a guest, whose sources lie beside the project.", HelpName = "Library|Exe", DefaultValueFactory = _ => "Library" };

    private readonly Option<string> _arch = new("--arch") { Description = "The architecture.", HelpName = "name", DefaultValueFactory = _ => Architecture.Default.Name };

    private readonly Option<string?> _policy = new("--policy") { Description = "The policy: minios, minios-strict, hide-only, or the path of a .json.", HelpName = "policy" };

    private readonly Option<string?> _config = new("--config") { Description = "A file of CONFIG_X = y lines, such as those in the tree's testbuild folder.", HelpName = "file" };

    private readonly Option<string?> _source = new("--package-source") { Description = "Where NuGet finds the SDK: written into a nuget.config beside the project.", HelpName = "folder" };

    private readonly Option<bool> _force = new("--force") { Description = "Writes over a project, baseline and API list that are there." };

    public InitCommand()
        : base("init", "Looks at a Mini-OS tree, says what it is, tries to compile it, and writes a project with every setting that its first green build needs, a baseline of what the policy finds today, and the list of its public names.")
    {
        _type.AcceptOnlyFromAmong("Library", "Exe");
        Add(_path);
        Add(_output);
        Add(_name);
        Add(_type);
        Add(_arch);
        Add(_policy);
        Add(_config);
        Add(_source);
        Add(_force);
        SetAction(Execute);
    }

    public IReadOnlyList<(string Code, string Meaning)> ExitCodes =>
    [
        ($"{ExitCode.Success}", "the project is written, and builds"),
        ($"{ExitCode.Found}", "the project is written, and does not build yet: what is left is said"),
        ($"{ExitCode.Failed}", "not done: no tree, files in the way, no SDK"),
        ($"{ExitCode.Interrupted}", "interrupted"),
    ];

    private int Execute(ParseResult parsed)
    {
        using var interruption = new Interruption();
        try
        {
            return Run(parsed, interruption.Token);
        }
        catch (DiagnosticException e)
        {
            Console.Error.WriteLine(e.Diagnostic);
            return ExitCode.Failed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(Diagnostic.Error(ToolchainCodes.FileAccess, e.Message));
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var architecture = Architecture.Named(parsed.GetRequiredValue(_arch));
        string tree = FindTree(Path.GetFullPath(parsed.GetRequiredValue(_path)));
        string folder = Path.GetFullPath(parsed.GetRequiredValue(_output));
        string name = parsed.GetValue(_name) ?? Path.GetFileName(tree);
        string project = Path.Combine(folder, name + ".miniosproj");
        string? config = parsed.GetValue(_config) is { } given ? Path.GetFullPath(given) : null;
        string[] written = [project, Path.Combine(folder, "minios.baseline.txt"), Path.Combine(folder, "minios.api.txt")];
        RequireFree(written, parsed.GetValue(_force));

        List<(string Name, string Value)> settings = config is null ? [] : [.. ConfigFile.Read(config).Switches.Select(s => ("CONFIG_" + s.Name, s.Value))];
        var recipe = TreeRecipe.Read(tree, architecture.Family, architecture.Name, settings);
        foreach (string line in TreeDescription.Lines(tree, architecture, recipe))
        {
            Console.WriteLine(line);
        }

        var properties = new List<(string, string)>();
        if (architecture != Architecture.Default)
        {
            properties.Add(("MiniosArch", architecture.Name));
        }

        if (parsed.GetValue(_policy) is { } policy)
        {
            properties.Add(("MiniosPolicy", policy.EndsWith(".json", StringComparison.Ordinal) ? Path.GetRelativePath(folder, Path.GetFullPath(policy)) : policy));
        }

        if (config is not null)
        {
            properties.Add(("MiniosConfigFile", Path.GetRelativePath(folder, config)));
        }

        string type = parsed.GetRequiredValue(_type);
        string text(IReadOnlyList<InitialSetting> needed) => InitialProject.Text(Version, type, Path.GetRelativePath(folder, tree), properties, needed);
        Directory.CreateDirectory(folder);
        if (parsed.GetValue(_source) is { } source)
        {
            AtomicFile.Write(Path.Combine(folder, "nuget.config"), NugetConfiguration(Path.GetFullPath(source)));
        }

        foreach (string old in written.Skip(1))
        {
            File.Delete(old);
        }

        AtomicFile.Write(project, text([]));
        string dotnet = new ToolLocator(Environment.GetEnvironmentVariable("PATH") ?? "", null, "", folder)
            .Find(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"), "dotnet", "DOTNET_HOST_PATH", "dotnet-sdk-10.0");
        var build = new ProjectBuild(new ToolRunner(), dotnet, project, cancellation);
        var needed = Settle(build, recipe, tree, needs => AtomicFile.Write(project, text(needs)));
        return Finish(build, written, needed.Count);
    }

    private static string Version => typeof(InitCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private static string FindTree(string path)
    {
        var trees = Directory.Exists(path) ? TreePlaces.Find(path) : [];
        return trees.Count == 1 ? trees[0] : throw new DiagnosticException(Diagnostic.Error(
            ToolCodes.NoTree,
            trees.Count > 1 ? $"there are {trees.Count} Mini-OS trees: {string.Join(", ", trees)}. Name one"
                : Directory.Exists(path) ? "no Mini-OS tree is in this folder: a tree has a folder arch beside kernel.c, sched.c and events.c" : "the folder does not exist",
            path));
    }

    private static void RequireFree(IEnumerable<string> files, bool force)
    {
        if (!force && files.FirstOrDefault(File.Exists) is { } there)
        {
            throw new DiagnosticException(Diagnostic.Error(ToolCodes.ProjectThere, "the file exists; --force writes over it, its baseline and its API list", there));
        }
    }

    // What cannot be compiled here, or needs what nobody has, goes: by its switch, or, if it does not compile, by itself.
    private static List<InitialSetting> Settle(ProjectBuild build, TreeRecipe? recipe, string tree, Action<IReadOnlyList<InitialSetting>> write)
    {
        var needed = new List<InitialSetting>();
        var gone = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < MostTries; i++)
        {
            Progress(i == 0 ? "compiling the tree" : "compiling the tree without that");
            var answer = build.Run("-t:MiniosCompileTree");
            RequireSdk(answer);
            if (answer.Succeeded)
            {
                Progress("collecting what the policy finds today");
                build.Run("-t:MiniosUpdateBaseline");
                Progress("building");
                answer = build.Run();
            }

            var found = answer.Errors.Select(e => Remedy(e, recipe, tree)).OfType<InitialSetting>().Where(s => gone.Add(s.Attributes[0].Value)).ToList();
            if (found.Count == 0)
            {
                break;
            }

            needed.AddRange(found);
            found.ForEach(s => Console.WriteLine($"{s.Item} {string.Join(' ', s.Attributes.Select(a => $"{a.Name}={a.Value}"))}: {s.Reason}"));
            write(needed);
        }

        return needed;
    }

    private static InitialSetting? Remedy(Diagnostic error, TreeRecipe? recipe, string tree)
    {
        bool compiles = error.Code == FindingCodes.MissingName;
        string source = SourceOf(error), relative = Path.GetRelativePath(tree, source);
        if (!(compiles || error.Code is ToolchainCodes.CompileError or ToolchainCodes.CompilerFailed) || relative.StartsWith("..", StringComparison.Ordinal) || source.EndsWith(".h", StringComparison.Ordinal))
        {
            return null;
        }

        string reason = compiles ? $"{relative}({error.Line}) needs what nothing defines: {error.Message.Split(": ", 2)[^1].Split(". ")[0]}"
            : $"{relative} does not compile here: {error.Message.Split("; ")[0]}";
        return recipe?.Sources.FirstOrDefault(s => s.Path == source)?.Switch is { } gate ? InitialSetting.Off(gate, reason)
            : compiles ? null : InitialSetting.Without(relative, reason);
    }

    private static int Finish(ProjectBuild build, string[] written, int needed)
    {
        Progress("collecting what the policy finds today");
        var baseline = build.Run("-t:MiniosUpdateBaseline");
        Progress("listing the public names");
        var api = build.Run("-t:MiniosUpdateApi");
        Progress("building");
        var whole = build.Run();
        foreach (var error in new[] { baseline, api, whole }.SelectMany(a => a.Errors).Distinct())
        {
            Console.Error.WriteLine(error);
        }

        Console.WriteLine($"{written[0]}: {Count(needed, "setting")}");
        Console.WriteLine($"{written[1]}: {Count(Lines(written[1]), "finding")} of today, which {(Lines(written[1]) == 1 ? "is" : "are")} accepted");
        Console.WriteLine($"{written[2]}: {Count(Lines(written[2]), "public name")}");
        if (whole.Succeeded)
        {
            Console.WriteLine("It builds: dotnet build");
            return ExitCode.Success;
        }

        if (whole.Errors.Count == 0)
        {
            Console.Error.WriteLine(whole.Output);
        }

        return ExitCode.Found;
    }

    private static void RequireSdk(BuildAnswer answer)
    {
        if (answer.Errors.FirstOrDefault(e => e.Code is "MSB4236" or "NU1101" or "NU1102") is { } error)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolCodes.NoSdk, $"the SDK MiniosBuild/{Version} was not found by NuGet: {error.Message} Say where its package is with --package-source", error.File));
        }
    }

    // The compiler's chain of includes ends with the source.
    private static string SourceOf(Diagnostic error) =>
        IncludedFrom().Matches(error.Message.Split("; note at ")[0]) is { Count: > 0 } chain ? chain[^1].Groups[1].Value : error.File ?? "";

    private static int Lines(string file) => File.Exists(file) ? File.ReadLines(file).Count(l => l.Length > 0 && !l.StartsWith('#')) : 0;

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static void Progress(string what) => Console.Error.WriteLine($"minios: {what} …");

    private static string NugetConfiguration(string folder) => $"""
        <configuration>
          <packageSources>
            {new System.Xml.Linq.XElement("add", new System.Xml.Linq.XAttribute("key", "minios"), new System.Xml.Linq.XAttribute("value", folder))}
          </packageSources>
        </configuration>

        """;

    [GeneratedRegex(@"from ([^\s,][^,;]*?)\(\d+\)")]
    private static partial Regex IncludedFrom();
}
