using System.CommandLine;
using System.CommandLine.Parsing;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Tool.Sources;

/// <summary>The options that say which names change, and what the headers are that bring them.</summary>
internal sealed class NameTableOptions
{
    private readonly Option<string?> _names = new("--names")
    {
        Description = "The table of old and new names: the names.txt of a build's share/minios.",
        HelpName = "file",
    };

    private readonly Option<string?> _set = new("--set")
    {
        Description = "The output folder of a build: its share/minios/names.txt is the table, and what is below its include folder are the headers of the set.",
        HelpName = "folder",
    };

    private readonly Option<bool> _inverse = new("--inverse") { Description = "From the new names back to the old ones." };

    private readonly Option<string[]> _except = new("--except")
    {
        Description = "Old names that stay, with commas between them. May be repeated.",
        HelpName = "name,...",
    };

    public NameTableOptions(Command command)
    {
        command.Add(_names);
        command.Add(_set);
        command.Add(_inverse);
        command.Add(_except);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_names) is null && result.GetValue(_set) is null)
            {
                result.AddError("give --names or --set, which say what the names are now.");
            }
        });
    }

    /// <summary>What each name becomes, and MINIOS1809 for exceptions that are not in the table.</summary>
    /// <exception cref="DiagnosticException">MINIOS1519, 1801.</exception>
    public (NameMap Table, IReadOnlyList<Diagnostic> Remarks) Read(ParseResult parsed)
    {
        string path = parsed.GetValue(_names) ?? NameTableFile.In(parsed.GetValue(_set)!);
        NameMap table = NameTableFile.Load(path);
        var except = CommaSeparated.Of(parsed.GetValue(_except)).ToHashSet(StringComparer.Ordinal);
        Diagnostic[] unmatched = [.. except.Except(table.Entries.Select(entry => entry.Old)).Order(StringComparer.Ordinal).Select(name => Unmatched(name, table, path))];
        NameMap left = NameMap.Of(table.Entries.Where(entry => !except.Contains(entry.Old))).WithParts(table.Parts);
        return (parsed.GetValue(_inverse) ? left.Inverse() : left, unmatched);
    }

    /// <summary>Whether a header name, without its delimiters, is a header of the set.</summary>
    public bool IsHeaderOfSet(ParseResult parsed, string name) =>
        name.StartsWith("mini-os/", StringComparison.Ordinal)
        || (parsed.GetValue(_set) is { } set && !Path.IsPathRooted(name) && File.Exists(Path.Combine(set, "include", name)));

    /// <summary>The set's folder; null when only the table is known.</summary>
    public string? Set(CommandResult result) => result.GetValue(_set);

    /// <summary>Whether names go back to the old ones.</summary>
    public bool IsInverse(ParseResult parsed) => parsed.GetValue(_inverse);

    /// <summary>The macros of the set's headers, if the set is known.</summary>
    public SetMacros Macros(ParseResult parsed, NameMap table, CancellationToken cancellation) =>
        parsed.GetValue(_set) is { } set ? SetMacros.Read(Path.Combine(set, "include"), table, parsed.GetValue(_inverse), cancellation) : SetMacros.None;

    private static Diagnostic Unmatched(string name, NameMap table, string path) => Diagnostic.Warning(
        ToolCodes.UnmatchedOption,
        $"--except {name} excepts nothing: the table has no such old name{(NearestName.Find(name, table.Entries.Select(entry => entry.Old)) is { } near ? $". Did you mean {near}?" : "; remove it")}",
        path);
}
