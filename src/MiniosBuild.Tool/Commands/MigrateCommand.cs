using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;
using MiniosBuild.Tool.Sources;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios migrate</c>: moves the sources of a user to the new names of a set.</summary>
internal sealed class MigrateCommand : ReportingCommand
{
    private readonly Argument<string[]> _paths = new("path")
    {
        Description = "A source or a folder of sources (*.c, *.h, *.cc, *.cpp, *.S and their like). Nothing outside is ever written.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly NameTableOptions _table;

    private readonly Option<bool> _write = new("--write") { Description = "Write the sources. Without it the difference is shown, and nothing changes." };

    private readonly Option<string[]> _types = new("--types")
    {
        Description = "Names of types that come from elsewhere, with commas between them: with them \"T * x\" is known for a declaration. May be repeated.",
        HelpName = "name,...",
    };

    private readonly Option<bool> _all = new("--all")
    {
        Description = "Rewrite sources too that neither include a header of the set nor are included by one that does.",
    };

    private readonly Option<string?> _commands = new("--compile-commands")
    {
        Description = "A compile_commands.json: with --set, every source that it compiles is proven to say what it said.",
        HelpName = "file",
    };

    private readonly Option<bool> _prove = new("--prove")
    {
        Description = "With --set, prove every source with the compiler and the options of --cc and --cc-option.",
    };

    private readonly CompilerOptions _compiler;

    public MigrateCommand()
        : base("migrate", "Gives the names of a set that C and assembly sources use their new spelling, and shows what changes first.")
    {
        Add(_paths);
        _table = new NameTableOptions(this);
        Add(_write);
        Add(_types);
        Add(_all);
        Add(_commands);
        Add(_prove);
        _compiler = new CompilerOptions(this);
        Validators.Add(result =>
        {
            if (IsProven(result) && _table.Set(result) is null)
            {
                result.AddError("--prove and --compile-commands need --set, whose headers the compiler reads.");
            }
        });
    }

    public override IReadOnlyList<(string Code, string Meaning)> ExitCodes =>
    [
        ($"{ExitCode.Success}", "nothing is left to do: no name would change, or --write has written all of them, and every place was decided"),
        ($"{ExitCode.Found}", "sources would change (without --write), or places are left that only a person can decide"),
        .. base.ExitCodes.Skip(2),
    ];

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        (NameMap table, IReadOnlyList<Diagnostic> remarks) = _table.Read(parsed);
        string[] paths = parsed.GetRequiredValue(_paths);
        bool write = parsed.GetValue(_write);
        IReadOnlyList<Diagnostic> ended = SourceJournal.Recover(paths, write);
        SourceSearch search = SourceSearch.Below(paths, cancellation);
        var graph = new IncludeGraph(search.Sources, name => _table.IsHeaderOfSet(parsed, name));
        Migration migration = Migration.Of(search.Sources, table, CommaSeparated.Of(parsed.GetValue(_types)), graph, _table.Macros(parsed, table, cancellation), parsed.GetValue(_all), cancellation);
        SourceProofResult? proof = IsProven(parsed.CommandResult) ? SourceProof.Prove(migration, table, _table.IsInverse(parsed), _table.Set(parsed.CommandResult)!, Commands(parsed), cancellation) : null;
        bool isSound = proof?.IsProven != false;
        MigratedFile[] changed = [.. migration.Files.Where(file => file.HasChanged)];
        Diagnostic[] findings = [.. ended, .. remarks, .. migration.Findings, .. search.Remarks, .. NameMentions.In(search.Others, table, cancellation), .. Beside(proof, migration)];
        write &= isSound;
        if (write)
        {
            SourceWriter.Write(paths[0], changed, cancellation);
        }

        return new Report(Name)
        {
            Findings = [.. findings.Select(ReportedFinding.Of)],
            IsUnfinished = !isSound || migration.Undecided > 0 || (!write && changed.Length > 0),
            Lines = write ? changed.Select(file => $"{file.Source.Path}: {NameCounts.Text(file.Text.Replacements)}") : [],
            Bytes = write ? default : Difference(changed),
            Summary = Summary(migration, changed, write) + (proof is null ? "" : isSound ? $"; {Words.Count(proof.Proven, "source")} proven" : "; the change could not be proven, and nothing was written"),
            WriteProperties = json => WriteProperties(json, migration, write),
        };
    }

    private bool IsProven(CommandResult result) => result.GetValue(_prove) || result.GetValue(_commands) is not null;

    private Func<string, CompileCommand?> Commands(ParseResult parsed)
    {
        IReadOnlyDictionary<string, CompileCommand>? commands = parsed.GetValue(_commands) is { } file ? CompileCommands.Load(file) : null;
        if (commands is not null)
        {
            return path => commands.GetValueOrDefault(path) is { } found ? found with { Options = [.. found.Options, .. _compiler.Options(parsed)] } : null;
        }

        var command = new CompileCommand(_compiler.Program(parsed), Environment.CurrentDirectory, _compiler.Options(parsed));
        return _ => command;
    }

    // The rewriter tells the strings that it sees; the compiler those that it makes.
    private static IEnumerable<Diagnostic> Beside(SourceProofResult? proof, Migration migration) => (proof?.Findings ?? [])
        .Where(finding => !migration.Findings.Any(other => other.Code == finding.Code && other.File == finding.File && other.Line == finding.Line));

    private static byte[] Difference(IEnumerable<MigratedFile> changed)
    {
        var output = new MemoryStream();
        foreach (MigratedFile file in changed)
        {
            UnifiedDiff.Write(output, RelativeName(file.Source.Path), file.Source.Bytes, file.Text.Bytes);
        }

        return output.ToArray();
    }

    // patch refuses absolute paths; it is run where the command was.
    private static string RelativeName(string path)
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("../", StringComparison.Ordinal) ? path : relative;
    }

    private static string Summary(Migration migration, MigratedFile[] changed, bool write)
    {
        int names = changed.Sum(file => file.Text.Replacements.Count), left = migration.Files.Count(file => file.IsLeft);
        string kinds = names == 0 ? "" : $" ({NameCounts.Text(changed.SelectMany(file => file.Text.Replacements))})";
        return $"{Words.Count(names, "name")}{kinds} {(write ? "changed" : names == 1 ? "changes" : "change")} in {changed.Length} of {Words.Count(migration.Files.Count, "source")}"
            + (left == 0 ? "" : $", {left} without a header of the set left")
            + (migration.Undecided == 0 ? "" : $"; {Words.Count(migration.Undecided, "place")} to decide")
            + (write || changed.Length == 0 ? "" : "; --write writes them");
    }

    private static void WriteProperties(Utf8JsonWriter json, Migration migration, bool write)
    {
        Replacement[] all = [.. migration.Files.Where(file => file.HasChanged).SelectMany(file => file.Text.Replacements)];
        json.WriteBoolean("written", write);
        NameCounts.Write(json, "kinds", all);
        json.WriteNumber("undecided", migration.Undecided);
        json.WriteStartArray("files");
        foreach (MigratedFile file in migration.Files)
        {
            json.WriteStartObject();
            json.WriteString("file", file.Source.Path);
            json.WriteBoolean("changed", file.HasChanged);
            json.WriteBoolean("left", file.IsLeft);
            json.WriteStartArray("names");
            foreach (Replacement replacement in file.HasChanged ? file.Text.Replacements : [])
            {
                json.WriteStartObject();
                json.WriteNumber("line", replacement.Line);
                json.WriteNumber("column", replacement.Column);
                json.WriteString("kind", replacement.Entry.Kind.Word());
                json.WriteString("old", replacement.Entry.Old);
                json.WriteString("new", replacement.Entry.New);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
