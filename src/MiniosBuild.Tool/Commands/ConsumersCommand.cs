using System.CommandLine;
using System.Text.Json;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios consumers</c>: what a program needs of a set, and what of it the set has.</summary>
internal sealed class ConsumersCommand : ReportingCommand
{
    private readonly Argument<string[]> _program = new("program")
    {
        Description = "The program's objects and archives.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "An object or archive of the set, or LIBRARY=FILE; may be repeated.",
        HelpName = "file",
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "Look at what this plan makes of the set, instead of at its files.",
        HelpName = "file",
    };

    private readonly Option<string?> _map = new("--map")
    {
        Description = "The renames that the files of the set went through, as \"old new\" lines, to know programs that still say the old names.",
        HelpName = "file",
    };

    private readonly PolicyOption _policy;

    public ConsumersCommand()
        : base("consumers", "Says which names of a set a program uses, by their old or new name and through which member, and which of them it would not find.")
    {
        Add(_program);
        Add(_set);
        Add(_plan);
        Add(_map);
        _policy = new PolicyOption(this);
        Validators.Add(result =>
        {
            bool set = result.GetValue(_set) is { Length: > 0 }, plan = result.GetValue(_plan) is not null;
            if (set == plan)
            {
                result.AddError(set ? "--set and --plan exclude each other: a plan names its files." : "give the set: its files with --set, or a plan with --plan.");
            }

            if (plan && result.GetValue(_map) is not null)
            {
                result.AddError("--plan and --map exclude each other: a plan has its own renames.");
            }
        });
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        NamespacePolicy policy = _policy.Load(parsed);
        using ObjectSet program = ObjectSet.Open(parsed.GetRequiredValue(_program));
        var needs = ConsumerNeeds.Read(program.Files.Select(file => new ConsumerFile(file.Path, file.Data)));
        ConsumerReport report = Compare(parsed, policy, needs);
        ConsumedName[] used = [.. report.Names.Where(name => name.State is not (ConsumerNameState.Tools or ConsumerNameState.Libc))];
        return new Report(Name)
        {
            Findings = [.. report.Diagnostics.Select(ReportedFinding.Of)],
            Lines = used.Select(Line),
            Summary = $"{Words.Count(report.Names.Count(name => name.IsGiven), "name")} of the set used, {report.Names.Count(name => name.State == ConsumerNameState.Hidden)} hidden, {report.Names.Count(name => name.State == ConsumerNameState.Missing)} defined nowhere",
            WriteProperties = json => WriteProperties(json, report.Names),
        };
    }

    private ConsumerReport Compare(ParseResult parsed, NamespacePolicy policy, ConsumerNeeds needs)
    {
        if (parsed.GetValue(_plan) is { } plan)
        {
            return ConsumerReport.Of(NamespacePlan.Parse(InputText.ReadBytes(plan), plan), policy, needs);
        }

        using ObjectSet set = ObjectSet.Open(parsed.GetValue(_set)!);
        return ConsumerReport.Of(set.Files, Renames(parsed.GetValue(_map)), policy, needs);
    }

    private static IReadOnlyDictionary<string, string> Renames(string? path) => path is null ? new Dictionary<string, string>() : RenameMap.Names(RenameMap.Load(path));

    private static string Line(ConsumedName name)
    {
        string users = string.Join(", ", name.Need.Uses.Select(use => use.Place));
        return $"{name.Need.Name}: {What(name)}; used by {users}";
    }

    private static string What(ConsumedName name) => name.State switch
    {
        ConsumerNameState.Missing => name.Need.IsWeak ? "defined nowhere (weak)" : "defined nowhere",
        ConsumerNameState.Hidden => $"hidden in {name.Provider}",
        _ => $"{(name.State == ConsumerNameState.Internal ? "internal" : "public")}{(name.Form == ConsumerNameForm.Old ? $", called {name.Target} now" : "")}, from {name.Provider}",
    };

    private static void WriteProperties(Utf8JsonWriter json, IEnumerable<ConsumedName> names)
    {
        json.WriteStartArray("names");
        foreach (ConsumedName name in names)
        {
            json.WriteStartObject();
            json.WriteString("name", name.Need.Name);
            json.WriteString("state", name.State.ToString().ToLowerInvariant());
            json.WriteString("form", name.Form.ToString().ToLowerInvariant());
            json.WriteString("target", name.Target);
            JsonReport.WriteIfThere(json, "library", name.Library);
            JsonReport.WriteIfThere(json, "provider", name.Provider);
            json.WriteStartArray("uses");
            foreach (ConsumerUse use in name.Need.Uses)
            {
                json.WriteStartObject();
                json.WriteString("file", use.File);
                JsonReport.WriteIfThere(json, "member", use.Member);
                json.WriteBoolean("weak", use.IsWeak);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
