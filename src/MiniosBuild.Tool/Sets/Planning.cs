using System.CommandLine;
using MiniosBuild.Namespaces;
using MiniosBuild.Tool.Reports;

namespace MiniosBuild.Tool.Sets;

/// <summary>The options that a plan depends on besides the files, and the plan itself.</summary>
internal sealed class Planning
{
    private const string Headers = "headers";
    private const string All = "all";

    private readonly Option<string?> _public = new("--public")
    {
        Description = "Which names are public. headers: those that --headers or --declarations declare. all: every one. FILE: those that it lists, a name a line. Without it: headers where there are some, else what the consumers need, else all.",
        HelpName = "headers|all|file",
    };

    private readonly ConsumerOption _consumers;
    private readonly HeaderOptions _headers;

    public Planning(Command command)
    {
        command.Add(_public);
        _consumers = new ConsumerOption(command);
        _headers = new HeaderOptions(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_public) == Headers && !_headers.AreGiven(result))
            {
                result.AddError("--public headers needs --headers or --declarations, which say what is declared.");
            }
        });
    }

    /// <summary>Makes the plan of a set.</summary>
    /// <exception cref="DiagnosticException">What keeps the files from being read: 13xx, 15xx, 16xx, 18xx, 20xx, 21xx.</exception>
    public PlannedSet Plan(ParseResult parsed, NamespacePolicy policy, LibcMode libc, ObjectSet set, CancellationToken cancellation)
    {
        PublicDeclarations? declared = _headers.Read(parsed, cancellation);
        IReadOnlySet<string>? consumers = _consumers.Needs(parsed)?.Names;
        var needs = new HashSet<string>(consumers ?? new HashSet<string>(), StringComparer.Ordinal);
        string? choice = parsed.GetValue(_public);
        if (choice is not (null or Headers or All))
        {
            needs.UnionWith(PublicNames.Load(choice));
        }

        CommonAllocation commons = set.AllocateCommons();
        needs.UnionWith(declared is null ? [] : commons.DeclaredIn(declared));
        bool everything = choice == All || (choice is null && declared is null && consumers is null);
        PublicDeclarations publicNames = everything ? PublicDeclarations.Everything : declared ?? PublicDeclarations.Empty;
        SpelledNames spelled = _headers.Census(parsed, cancellation) is { } run ? SpelledNames.Of(run.Census) : SpelledNames.None;
        SymbolCensus census = SymbolCensus.ReadArchives(set.Files.Select(file => new CensusInput(file.Library, file.Path, file.Data)));
        NamespacePlan plan = NamespacePlanner.Plan(policy, census, publicNames, libc, needs, spelled);
        return new PlannedSet(policy, libc, declared, census, plan, [.. commons.Diagnostics.Select(ReportedPlace.WithPlainFile), .. plan.Diagnostics]);
    }

    /// <summary>What becomes of the other names in the headers under --headers; null when there are none, or the policy says nothing of them.</summary>
    /// <exception cref="DiagnosticException">MINIOS1001, 11xx, 1804, 1814.</exception>
    public PlannedHeaders? PlanHeaders(ParseResult parsed, PlannedSet set, CancellationToken cancellation) =>
        set.Policy.Headers.Kinds.Count > 0 && _headers.Census(parsed, cancellation) is { } run
            ? new PlannedHeaders(run.Census, HeaderPlanner.Plan(set.Policy, run.Census, set.Plan))
            : null;
}
