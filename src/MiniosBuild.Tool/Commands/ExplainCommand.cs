using System.CommandLine;
using System.Text.Json;
using MiniosBuild.CSource.Names;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios explain</c>: everything about one name.</summary>
internal sealed class ExplainCommand : ReportingCommand
{
    private readonly Argument<string> _symbol = new("symbol") { Description = "The name, as the objects (and the headers) have it or as the policy changes it." };
    private readonly SetOptions _set;
    private readonly Planning _planning;

    public ExplainCommand()
        : base("explain", "Says what becomes of a name and by which rule, who defines it and who refers to it, and where the sources do.")
    {
        Add(_symbol);
        _set = new SetOptions(this);
        _planning = new Planning(this);
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        string symbol = parsed.GetRequiredValue(_symbol);
        using ObjectSet set = _set.Open(parsed);
        PlannedSet planned = _planning.Plan(parsed, _set.Policy(parsed), _set.Libc(parsed), set, cancellation);
        PlannedHeaders? headers = _planning.PlanHeaders(parsed, planned, cancellation);
        IReadOnlyList<NameExplanation> found = NameExplanation.Of(planned.Census, planned.Plan, symbol);
        IReadOnlyList<ExplainedHeaderName> declared = headers?.Explain(symbol) ?? [];
        if (found.Count == 0 && declared.Count == 0)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolCodes.UnknownSymbol, $"no object of the set defines \"{symbol}\" or refers to it as a global name{(headers is null ? "" : ", and no header declares it")}. {Advice(planned, headers, symbol)}"));
        }

        var positions = new SourcePositions(set.Files);
        ExplainedName[] names = [.. found.Select(name => ExplainedName.Of(name, positions))];
        return new Report(Name)
        {
            // A plan that is refused decides nothing: say why. And say what was a common symbol, since the sources do not look so.
            Findings = [.. planned.Remarks.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error || IsAbout(diagnostic, found)).Select(ReportedFinding.Of)],
            Lines = [.. names.SelectMany(Lines), .. declared.SelectMany(HeaderLines)],
            WriteProperties = json => WriteProperties(json, names, declared),
        };
    }

    private static bool IsAbout(Diagnostic remark, IReadOnlyList<NameExplanation> found) =>
        CommonAllocation.IsRemark(remark) && found.Any(name => remark.Message.StartsWith($"\"{name.Name}\" ", StringComparison.Ordinal));

    private static string Advice(PlannedSet planned, PlannedHeaders? headers, string symbol)
    {
        IEnumerable<string> known = planned.Census.Objects
            .SelectMany(at => at.Definitions.Select(definition => definition.Name).Concat(at.References.Select(reference => reference.Name)))
            .Concat(planned.Plan.Renames.Values)
            .Concat((headers?.Plan.Decisions ?? []).SelectMany(decision => new[] { decision.Name, decision.NewName }));
        return NearestName.Find(symbol, known) is { } near ? $"Did you mean {near}?" : "Correct the name, or add the archive that has it";
    }

    private static IEnumerable<string> Lines(ExplainedName explained)
    {
        NameExplanation name = explained.Name;
        yield return name.Decision is { } decision ? $"{DecisionText.What(decision)} (rule {decision.Rule}: {decision.Reason})"
            : explained.Definitions.Count > 0 ? $"{name.Name} is not decided" : $"{name.Name} is not defined in the set";
        foreach ((NameExplanation.Definition definition, SourcePosition? at) in explained.Definitions)
        {
            string group = definition.InComdatGroup ? ", in a COMDAT group" : "";
            yield return $"  defined by {definition.Object}{At(at)}: {definition.Kind.ToString().ToLowerInvariant()}, {Binding(definition.Binding)}{group}, library {definition.Library}";
        }

        foreach ((NameExplanation.Referrer referrer, SourcePosition? at) in explained.Referrers)
        {
            yield return $"  referred to by {referrer.Object}{At(at)}: library {referrer.Library}{(referrer.IsWeak ? ", weakly" : "")}";
        }
    }

    private static IEnumerable<string> HeaderLines(ExplainedHeaderName name)
    {
        yield return $"{name.Decision.Kind.Text()} {HeaderDecisionText.What(name.Decision)} ({name.Decision.Reason})";
        foreach (DeclarationSite site in name.Sites)
        {
            yield return $"  declared at {site.File}({site.Line})";
        }
    }

    private static string At(SourcePosition? position) => position is { } at ? $" at {at.File}({at.Line},{at.Column})" : "";

    private static string Binding(ElfSymbolBinding binding) => binding switch
    {
        ElfSymbolBinding.Weak => "weak",
        ElfSymbolBinding.GnuUnique => "unique",
        _ => "global",
    };

    private static void WriteProperties(Utf8JsonWriter json, ExplainedName[] names, IReadOnlyList<ExplainedHeaderName> declared)
    {
        json.WriteStartArray("names");
        foreach (ExplainedName explained in names)
        {
            json.WriteStartObject();
            json.WriteString("name", explained.Name.Name);
            if (explained.Name.Decision is { } decision)
            {
                json.WriteStartObject("decision");
                DecisionText.WriteProperties(json, decision);
                json.WriteEndObject();
            }

            json.WriteStartArray("definitions");
            foreach ((NameExplanation.Definition definition, SourcePosition? at) in explained.Definitions)
            {
                json.WriteStartObject();
                WriteSite(json, definition.Library, definition.Object, at);
                json.WriteString("kind", definition.Kind.ToString().ToLowerInvariant());
                json.WriteString("binding", Binding(definition.Binding));
                json.WriteBoolean("comdat", definition.InComdatGroup);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("referrers");
            foreach ((NameExplanation.Referrer referrer, SourcePosition? at) in explained.Referrers)
            {
                json.WriteStartObject();
                WriteSite(json, referrer.Library, referrer.Object, at);
                json.WriteBoolean("weak", referrer.IsWeak);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("headerNames");
        foreach (ExplainedHeaderName name in declared)
        {
            json.WriteStartObject();
            HeaderDecisionText.WriteProperties(json, name.Decision);
            json.WriteStartArray("sites");
            foreach (DeclarationSite site in name.Sites)
            {
                json.WriteStartObject();
                json.WriteString("file", site.File);
                json.WriteNumber("line", site.Line);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSite(Utf8JsonWriter json, string library, string path, SourcePosition? position)
    {
        json.WriteString("library", library);
        json.WriteString("object", path);
        if (position is { } at)
        {
            json.WriteString("file", at.File);
            json.WriteNumber("line", at.Line);
            json.WriteNumber("column", at.Column);
        }
    }
}
