using System.CommandLine;
using System.Text.Json;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Reports;
using MiniosBuild.Tool.Sets;

namespace MiniosBuild.Tool.Commands;

/// <summary><c>minios apply</c>: renames symbols and makes them local, by a policy, a plan or a map.</summary>
internal sealed class ApplyCommand : ReportingCommand
{
    private readonly SetOptions _set;

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where the result goes: a file, or a folder, which several inputs need. It may be the input itself.",
        HelpName = "file|folder",
        Required = true,
    };

    private readonly Option<string?> _plan = new("--plan")
    {
        Description = "Apply this plan, as minios plan -o has written it.",
        HelpName = "file",
    };

    private readonly Option<string?> _map = new("--map")
    {
        Description = "Apply these renames: \"old new\" lines, as objcopy --redefine-syms reads them.",
        HelpName = "file",
    };

    private readonly Option<bool> _noNote = new("--no-note")
    {
        Description = "Add no note section about the pass. A second one is not recognised then.",
    };

    private readonly RewriterOption _rewriter;
    private readonly Planning _planning;

    public ApplyCommand()
        : base("apply", "Renames symbols and makes them local, proves that nothing else changed, and makes archive indexes anew. All files are published, or none.")
    {
        _set = new SetOptions(this);
        Add(_output);
        Add(_plan);
        Add(_map);
        _rewriter = new RewriterOption(this);
        Add(_noNote);
        _planning = new Planning(this);
        Validators.Add(result =>
        {
            bool plan = result.GetValue(_plan) is not null, map = result.GetValue(_map) is not null;
            if (plan && map)
            {
                result.AddError("--plan and --map exclude each other.");
            }
            else if (!plan && !map && !_set.HasPolicy(result))
            {
                result.AddError("give --policy, --plan or --map, which says what to change.");
            }
        });
    }

    protected override Report Run(ParseResult parsed, CancellationToken cancellation)
    {
        using ObjectSet set = _set.Open(parsed);
        IReadOnlyList<string> outputs = new OutputPlaces(parsed.GetRequiredValue(_output)).For(set.Files);
        (SymbolMap? map, LibcMode libc, IReadOnlyList<Diagnostic> remarks) = Changes(parsed, set, cancellation);
        if (map is null)
        {
            return new Report(Name) { Findings = [.. remarks.Select(ReportedFinding.Of)], Summary = "the plan has errors; nothing was written" };
        }

        using var scratch = new ScratchFolder();
        var options = new PassOptions { Note = Note(parsed, libc), BackEnd = _rewriter.BackEnd(parsed, scratch, cancellation), DropsMarks = parsed.GetValue(_map) is null };
        IReadOnlyList<PassedFile> passes = new SetPass(new ArchivePass(map, options), RequireTogether).Apply(set.Files, outputs, cancellation);
        PassReport[] reports = [.. passes.Select(pass => pass.Report)];
        IReadOnlyList<Diagnostic> unmatched = map.Path is not null ? UnmatchedEntries.Of(map, reports)
            : parsed.GetValue(_plan) is { } plan ? UnmatchedEntries.OfPlan(map, reports, plan)
            : [];
        return new Report(Name)
        {
            Findings = [.. remarks.Concat(unmatched).Concat(reports.Select(report => report.KeptGroups).OfType<Diagnostic>()).Select(ReportedFinding.Of)],
            Summary = Summary(passes),
            WriteProperties = json => WriteProperties(json, passes),
        };

        // A plan that was made just now knows the whole set.
        void RequireTogether(IReadOnlyList<PassReport> reports)
        {
            if ((parsed.GetValue(_map) ?? parsed.GetValue(_plan)) is { } source)
            {
                PassReport.RequireTogether(map, [.. set.Files.Select(file => file.Path)], reports, source);
            }
        }
    }

    /// <summary>What to change, and whose C library that reckons with; no map when the plan has errors.</summary>
    private (SymbolMap? Map, LibcMode Libc, IReadOnlyList<Diagnostic> Remarks) Changes(ParseResult parsed, ObjectSet set, CancellationToken cancellation)
    {
        if (parsed.GetValue(_map) is { } map)
        {
            return (RenameMap.Load(map), _set.Libc(parsed), []);
        }

        if (parsed.GetValue(_plan) is { } path)
        {
            var plan = NamespacePlan.Parse(InputText.ReadBytes(path), path);
            RequireSamePolicy(parsed, plan, path);
            CommonAllocation commons = set.AllocateCommons();
            RequireWholeSet(commons, plan, set, path);
            return (SymbolMap.Of(plan), plan.Libc, [.. commons.Diagnostics.Select(ReportedPlace.WithPlainFile)]);
        }

        PlannedSet planned = _planning.Plan(parsed, _set.Policy(parsed), _set.Libc(parsed), set, cancellation);
        return (planned.HasErrors ? null : SymbolMap.Of(planned.Plan), planned.Libc, planned.Remarks);
    }

    /// <summary>Which object gets a common symbol depends on all of them.</summary>
    private static void RequireWholeSet(CommonAllocation commons, NamespacePlan plan, ObjectSet set, string path)
    {
        IEnumerable<string> given = SymbolCensus.ReadArchives(set.Files.Select(file => new CensusInput(file.Library, file.Path, file.Data))).Objects.Select(at => at.Path);
        if (commons.Names.Count > 0 && !plan.Objects.Select(at => at.Path).ToHashSet(StringComparer.Ordinal).SetEquals(given))
        {
            throw new DiagnosticException(Diagnostic.Error(
                PassCodes.PartOfSet,
                $"common symbols ({string.Join(", ", commons.Names.Take(3))}{(commons.Names.Count > 3 ? ", ..." : "")}) get their places by all objects of the set, but the plan was made for others than are given; give the files that minios plan was given",
                path));
        }
    }

    /// <summary>The note would say that the objects went through a pass of a policy that knows nothing of them.</summary>
    private void RequireSamePolicy(ParseResult parsed, NamespacePlan plan, string path)
    {
        if (_set.HasPolicy(parsed.CommandResult) && _set.Policy(parsed).Name is var policy && policy != plan.PolicyName)
        {
            throw new DiagnosticException(Diagnostic.Error(
                ToolCodes.PlanOfOtherPolicy,
                $"the plan was made from the policy {plan.PolicyName}, but --policy names {policy}; name the policy that the plan was made from, or leave --policy out, and no note is written",
                path));
        }
    }

    /// <summary>The note about the pass: it names the policy, which a plan or a map comes from only if the user says so.</summary>
    private string? Note(ParseResult parsed, LibcMode libc) =>
        parsed.GetValue(_noNote) || !_set.HasPolicy(parsed.CommandResult) ? null : PassNote.TextFor(_set.Policy(parsed), libc);

    internal static string Summary(IReadOnlyList<PassedFile> passes)
    {
        int members = passes.Sum(pass => pass.Report.Members), changed = passes.Sum(pass => pass.Report.ChangedMembers);
        int renamed = passes.Sum(pass => pass.Report.Renamed), local = passes.Sum(pass => pass.Report.MadeLocal);
        return $"{Words.Count(members, "object")} in {Words.Count(passes.Count, "file")}, {changed} changed and proven: {Words.Count(renamed, "symbol")} renamed, {local} made local";
    }

    internal static void WriteProperties(Utf8JsonWriter json, IReadOnlyList<PassedFile> passes)
    {
        json.WriteStartArray("files");
        foreach (PassedFile pass in passes)
        {
            json.WriteStartObject();
            json.WriteString("input", pass.Input);
            json.WriteString("output", pass.Output);
            json.WriteBoolean("changed", pass.HasChanged);
            json.WriteNumber("members", pass.Report.Members);
            json.WriteNumber("changedMembers", pass.Report.ChangedMembers);
            json.WriteNumber("passedMembers", pass.Report.PassedMembers);
            json.WriteNumber("renamed", pass.Report.Renamed);
            json.WriteNumber("madeLocal", pass.Report.MadeLocal);
            json.WriteNumber("size", pass.Report.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
