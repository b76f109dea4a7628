using System.CommandLine;
using System.Text.Json;
using MiniosBuild.Renaming.Api;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios api</c>: the public symbols of a set, and whether they are those of a list.</summary>
internal sealed class ApiCommand : ReportingCommand
{
    private readonly SetOptions _set;
    private readonly Planning _planning;

    private readonly Option<string?> _check = new("--check")
    {
        Description = "Compare with this list instead of printing one; each difference is an error at its line.",
        HelpName = "file",
    };

    private readonly Option<string?> _update = new("--update")
    {
        Description = "Write the list here instead of printing it.",
        HelpName = "file",
    };

    public ApiCommand()
        : base("api", "Lists the public symbols of a set, under the names that the policy gives them: what others may use, and what must not change unnoticed.")
    {
        _set = new SetOptions(this);
        _planning = new Planning(this);
        Add(_check);
        Add(_update);
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _set.Policy(parsed);
        using ObjectSet set = _set.Open(parsed);
        PlannedSet planned = _planning.Plan(parsed, policy, _set.Libc(parsed), set, cancellation);
        var actual = ApiList.Of(planned.Plan, planned.Census, policy, Settings(planned, set), planned.Declarations);

        var errors = planned.Plan.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        string? list = parsed.GetValue(_check), update = parsed.GetValue(_update);
        IReadOnlyList<Diagnostic> changes = list is null ? [] : ApiList.Load(list).Check(actual, list);
        if (update is not null && errors.Count == 0)
        {
            AtomicFile.Write(Path.GetFullPath(update), actual.ToText());
        }

        return new Report(Name)
        {
            Findings = [.. errors.Concat(changes).Select(ReportedFinding.Of)],
            FindingsAreTheResult = list is not null,
            Lines = list is null && update is null ? actual.ToText().TrimEnd('\n').Split('\n') : [],
            Summary = $"{Words.Count(actual.Symbols.Count, "public symbol")}{(list is null ? "" : $", {Words.Count(changes.Count, "difference")} to {list}")}",
            WriteProperties = json => WriteProperties(json, actual),
        };
    }

    // Those of a build's own list, as far as a set of finished files has them.
    private static IReadOnlyList<ApiSetting> Settings(PlannedSet planned, ObjectSet set) =>
    [
        ApiSetting.Of("libc", planned.Libc.ToString().ToLowerInvariant()),
        ApiSetting.Of("policy", planned.Policy.Name),
        ApiSetting.Of("libraries", set.Files.Select(file => file.Library).Where(library => library != "entry")),
    ];

    private static void WriteProperties(Utf8JsonWriter json, ApiList list)
    {
        json.WriteStartArray("symbols");
        foreach (ApiSymbol symbol in list.Symbols)
        {
            json.WriteStartObject();
            json.WriteString("name", symbol.Name);
            json.WriteString("kind", symbol.Kind.ToString().ToLowerInvariant());
            json.WriteString("library", symbol.Library);
            if (symbol.Declaration is { } site)
            {
                json.WriteString("file", site.File);
                json.WriteNumber("line", site.Line);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
