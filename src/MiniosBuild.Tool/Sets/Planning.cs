using System.CommandLine;
using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Census;
using MiniosBuild.Renaming.Consumers;
using MiniosBuild.Renaming.Headers;
using MiniosBuild.Renaming.Passing;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Tool.Reports;

namespace MiniosBuild.Tool.Sets;

/// <summary>The options that a plan depends on besides the files, and the plan itself.</summary>
internal sealed class Planning
{
    private const string Headers = "headers";
    private const string All = "all";
    private const string Consumers = "consumers";
    private const string Marks = "marks";

    private readonly Option<string?> _public = new("--public")
    {
        Description = "Which names are public, whatever the policy says. headers: those that --headers or --declarations declare. consumers: what --consumer needs, which is public in any case. marks: those with an export mark. all: every one. FILE: those that it lists besides, a name a line. Without it: what the policy says, which is headers unless it says otherwise; where no headers are given, what the consumers need, else all.",
        HelpName = "headers|consumers|marks|all|file",
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
        PublicDeclarations? declared = _headers.Read(parsed, policy, cancellation);
        ConsumerNeeds? programs = _consumers.Needs(parsed);
        IReadOnlySet<string>? consumers = programs?.Names;
        var needs = new HashSet<string>(consumers ?? new HashSet<string>(), StringComparer.Ordinal);
        string? choice = parsed.GetValue(_public);
        if (choice is not (null or Headers or Consumers or Marks or All))
        {
            needs.UnionWith(PublicNames.Load(choice));
        }

        CommonAllocation commons = set.AllocateCommons();
        needs.UnionWith(declared is null ? [] : commons.DeclaredIn(declared));
        policy = choice switch
        {
            Headers or All => policy with { Public = PublicSources.Default },
            Consumers => policy with { Public = new PublicSources { Consumers = true } },
            Marks => policy with { Public = new PublicSources { Marks = true } },
            _ => policy,
        };
        bool everything = choice == All || (choice is null && declared is null && consumers is null);
        PublicDeclarations publicNames = everything ? PublicDeclarations.Everything : declared ?? PublicDeclarations.Empty;
        SpelledNames spelled = _headers.Census(parsed, policy, cancellation) is { } run ? SpelledNames.Of(run.Census) : SpelledNames.None;
        SymbolCensus census = SymbolCensus.ReadArchives(set.Files.Select(file => new CensusInput(file.Library, file.Path, file.Data)));
        NamespacePlan plan = NamespacePlanner.Plan(policy, census, publicNames, libc, needs, spelled, programs?.Definitions);
        return new PlannedSet(policy, libc, declared, census, plan, [.. commons.Diagnostics.Select(ReportedPlace.WithPlainFile), .. plan.Diagnostics]);
    }

    /// <summary>What becomes of the other names in the headers under --headers; null when there are none, or the policy says nothing of them.</summary>
    /// <exception cref="DiagnosticException">MINIOS1001, 11xx, 1804, 1814.</exception>
    public PlannedHeaders? PlanHeaders(ParseResult parsed, PlannedSet set, CancellationToken cancellation) =>
        set.Policy.Headers.Kinds.Count > 0 && _headers.Census(parsed, set.Policy, cancellation) is { } run
            ? new PlannedHeaders(run.Census, HeaderPlanner.Plan(set.Policy, run.Census, set.Plan))
            : null;
}
