using System.Collections.Concurrent;
using MiniosBuild.CSource.Proving;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Toolchain.Compilation;
using MiniosBuild.Toolchain.Processes;

namespace MiniosBuild.Tool.Sources;

/// <summary>
/// Proves that sources which moved to new names say what they said: each is read by the preprocessor in old names with the header that brings those back, and in new ones without it, and the
/// texts may differ in names of the table alone; what compiled before compiles afterwards.
/// </summary>
internal sealed class SourceProof
{
    private readonly NameMap _table;
    private readonly string _include;
    private readonly string _root;
    private readonly string _moved;
    private readonly Dictionary<string, MigratedFile> _sources;
    private readonly bool _isInverse;
    private readonly CancellationToken _cancellation;

    private SourceProof(Migration migration, NameMap table, bool isInverse, string set, string scratch, CancellationToken cancellation)
    {
        _table = isInverse ? table.Inverse() : table;
        _isInverse = isInverse;
        _include = Path.Combine(Path.GetFullPath(set), "include");
        _cancellation = cancellation;
        _sources = migration.Files.ToDictionary(file => file.Source.Target, StringComparer.Ordinal);
        _root = Root(_sources.Keys);
        _moved = Path.Combine(scratch, "moved");
        foreach ((string target, MigratedFile file) in _sources)
        {
            AtomicFile.Write(MovedPath(target), file.HasChanged ? file.Text.Bytes : file.Source.Bytes);
        }
    }

    /// <summary>What is wrong: MINIOS1541 and 1542 are errors, 1531 and 1545 (a source that could not be read before either) warnings.</summary>
    /// <param name="migration">The sources before and after.</param>
    /// <param name="table">From the names that they have to those that they get.</param>
    /// <param name="isInverse">Whether they go back to old names.</param>
    /// <param name="set">The set's folder.</param>
    /// <param name="commandOf">How a source is compiled, by its full path; null for one that is not.</param>
    /// <param name="cancellation">Ends the compiler.</param>
    public static SourceProofResult Prove(Migration migration, NameMap table, bool isInverse, string set, Func<string, CompileCommand?> commandOf, CancellationToken cancellation)
    {
        using var scratch = new ScratchFolder();
        var proof = new SourceProof(migration, table, isInverse, set, scratch.Path, cancellation);
        var results = new ConcurrentBag<(int Place, IReadOnlyList<Diagnostic> Found)>();
        (MigratedFile File, CompileCommand Command)[] compiled =
        [
            .. migration.Files.Where(file => !file.IsLeft && Path.GetExtension(file.Source.Path) is not (".h" or ".hh" or ".hpp" or ".hxx" or ".inc"))
                .Select(file => (file, commandOf(file.Source.Target)!)).Where(at => at.Item2 is not null),
        ];
        Parallel.For(0, compiled.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, i => results.Add((i, proof.Compare(compiled[i].File, compiled[i].Command))));
        Diagnostic[] found = [.. results.OrderBy(result => result.Place).SelectMany(result => result.Found).DistinctBy(diagnostic => (diagnostic.Code, diagnostic.File, diagnostic.Line))];
        return new SourceProofResult(found, results.Count(result => result.Found.All(diagnostic => diagnostic.Code is SourceCodes.MadeText)));
    }

    private IReadOnlyList<Diagnostic> Compare(MigratedFile file, CompileCommand command)
    {
        SourceFile source = file.Source;
        var runner = new ToolRunner();
        string before = source.Target, after = MovedPath(source.Target);
        string[] language = source.IsAssembly ? ["-x", "assembler-with-cpp"] : [];
        ToolResult Run(bool isMoved, params string[] what) => runner.Run(
            new ToolCommand(command.Compiler, [.. Options(command, isMoved), .. language, .. what, isMoved ? after : before], command.Folder), _cancellation);
        (ToolResult was, ToolResult became) = (Run(isMoved: false, "-w", "-E"), Run(isMoved: true, "-w", "-E"));
        if (was.ExitCode != 0)
        {
            return [Unproven(source, command, was)];
        }

        if (became.ExitCode != 0)
        {
            return [Refused(command, became, after)];
        }

        (string old, string renamed) = _isInverse ? (became.Output, was.Output) : (was.Output, became.Output);
        var proof = new RewriteProof(
            _isInverse ? file.Names.Inverse() : file.Names, [], [], new HashSet<string>(), path => _isInverse ? MovedOf(path) : OriginalOf(path), path => _sources.TryGetValue(OriginalOf(path) ?? path, out MigratedFile? known) ? known.Source.Path : path, _table);
        IReadOnlyList<Diagnostic> found = proof.Compare(Own(old), Own(renamed), "with its headers");
        string[] compile = ["-fsyntax-only", .. Path.GetExtension(source.Path) == ".c" ? HeaderProof.StrictOptions : []];
        if (source.IsAssembly || found.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) || Run(isMoved: false, compile).ExitCode != 0)
        {
            return found;
        }

        ToolResult checkedAfter = Run(isMoved: true, compile);
        return checkedAfter.ExitCode == 0 ? found : [.. found, Refused(command, checkedAfter, after)];
    }

    // The set's headers come first, whatever the options have of the library before it moved. What is below the root is looked for among the moved sources first.
    private List<string> Options(CompileCommand command, bool isMoved)
    {
        List<string> options = ["-I" + _include];
        if (isMoved == _isInverse)
        {
            options.AddRange(["-include", CompatibilityHeader.Place]);
        }

        string previous = "";
        foreach (string option in command.Options)
        {
            string joined = new[] { "-iquote", "-isystem", "-idirafter", "-I" }.FirstOrDefault(name => option.StartsWith(name, StringComparison.Ordinal)) ?? "";
            string folder = joined.Length > 0 && option.Length > joined.Length ? option[joined.Length..] : previous is "-iquote" or "-isystem" or "-idirafter" or "-I" ? option : "";
            string full = folder.Length > 0 ? Path.GetFullPath(folder, command.Folder) : "";
            if (isMoved && full.Length > 0 && IsBelowRoot(full))
            {
                options.AddRange(folder == option ? [MovedPath(full), previous, option] : new[] { joined + MovedPath(full), option });
            }
            else if (isMoved && previous is "-include" or "-imacros" && MovedPathOf(option, command.Folder) is { } included)
            {
                options.Add(included);
            }
            else
            {
                options.Add(option);
            }

            previous = option;
        }

        if (isMoved)
        {
            // Files that are no sources lie where they did.
            options.AddRange(_sources.Keys.Select(target => Path.GetDirectoryName(target)!).Distinct(StringComparer.Ordinal).SelectMany(folder => new[] { "-iquote", folder }));
        }

        return options;
    }

    private bool IsBelowRoot(string path) => (path + "/").StartsWith(_root, StringComparison.Ordinal);

    private string MovedPath(string path) => Path.Combine(_moved, Path.GetRelativePath(_root, path));

    private string? MovedPathOf(string path, string folder) => Path.GetFullPath(path, folder) is var full && _sources.ContainsKey(full) ? MovedPath(full) : null;

    private string? OriginalOf(string file) => file.StartsWith(_moved + "/", StringComparison.Ordinal) ? Path.Combine(_root, file[(_moved.Length + 1)..]) : null;

    private string? MovedOf(string file) => _sources.ContainsKey(file) ? MovedPath(file) : null;

    // The header that brings old names back is read in front of the source.
    private static string Own(string text)
    {
        int last = new[] { "\"<command-line>\"", "\"<command line>\"" }.Max(marker => text.LastIndexOf(marker, StringComparison.Ordinal));
        return last < 0 || text.IndexOf('\n', last) is not (>= 0 and int end) ? text : text[end..];
    }

    private static string Root(IEnumerable<string> targets)
    {
        string root = Path.GetDirectoryName(targets.First())! + "/";
        foreach (string target in targets)
        {
            while (!target.StartsWith(root, StringComparison.Ordinal))
            {
                root = Path.GetDirectoryName(root.TrimEnd('/')) is { Length: > 1 } above ? above + "/" : "/";
            }
        }

        return root;
    }

    private Diagnostic Unproven(SourceFile source, CompileCommand command, ToolResult result) => Diagnostic.Warning(
        SourceCodes.Unproven, $"this source is not proven, since it cannot be read in old names with {CompatibilityHeader.Place} either: {FirstError(command, result, source.Target).Message}", source.Path);

    private Diagnostic Refused(CompileCommand command, ToolResult result, string file)
    {
        Diagnostic error = FirstError(command, result, file);
        string? original = error.File is { } place ? OriginalOf(place) ?? place : null;
        return Diagnostic.Error(
            HeaderCodes.HeaderNotCompiled, $"the source would not compile with its new names, and does so with the old ones: {error.Message.Replace(_moved + "/", _root, StringComparison.Ordinal)}",
            original is not null && _sources.TryGetValue(original, out MigratedFile? known) ? known.Source.Path : original, error.Line, error.Column);
    }

    private static Diagnostic FirstError(CompileCommand command, ToolResult result, string file) =>
        CompilerOutput.WithCause(CompilerOutput.Parse(result.Errors, command.Folder, file), result, file).First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}

/// <summary>What a proof of sources found.</summary>
/// <param name="Findings">In the order of the sources.</param>
/// <param name="Proven">How many sources with a command are proven.</param>
internal sealed record SourceProofResult(IReadOnlyList<Diagnostic> Findings, int Proven)
{
    /// <summary>Whether the sources may be written.</summary>
    public bool IsProven => Findings.All(finding => finding.Severity != DiagnosticSeverity.Error);
}
