using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Headers;

/// <summary>Decides about every name of the public headers, in accord with what becomes of the symbols.</summary>
public static class HeaderPlanner
{
    private const string StaysJoined = "joined by ## with others that cannot all be renamed";

    /// <summary>Makes the plan. What is wrong with it is in <see cref="HeaderPlan.Diagnostics"/>; apply no plan that has errors.</summary>
    /// <param name="policy">The rules.</param>
    /// <param name="census">The public headers of the tree.</param>
    /// <param name="symbols">The plan for the archives that the headers belong to.</param>
    public static HeaderPlan Plan(NamespacePolicy policy, HeaderCensus census, NamespacePlan symbols)
    {
        IReadOnlyList<OwnName> names = OwnName.Of(census);
        IReadOnlyDictionary<string, string> renames = symbols.HeaderRenames;
        var classifier = new HeaderClassifier(policy, census);
        var internals = new InternalMacros(census, names, classifier);
        var made = new MadeNames(census);
        var ordinary = new Dictionary<string, (HeaderDecision Decision, bool HasSymbol)>(StringComparer.Ordinal);
        var decisions = new List<HeaderDecision>();
        foreach (OwnName name in names.Where(name => !name.IsGuard))
        {
            HeaderDecision decision = Decide(name, classifier, renames, ordinary, internals, made);
            decisions.Add(decision);
            if (name.Space == NameSpace.Ordinary)
            {
                ordinary.Add(name.Text, (decision, name.Symbol is not null));
            }
        }

        var solver = new JoinSolver(census.Joins, SubjectOf(decisions, ordinary, census));
        decisions = [.. decisions.Select(decision => Joined(decision, solver, ordinary))];
        NameMap map = NameMap.Of(decisions.Where(decision => decision.Action == HeaderAction.Rename)
            .Select(decision => new NameMapEntry(decision.Kind, decision.Name, decision.NewName))
            .Concat(SymbolsReferredTo(names, renames, ordinary.Keys)));
        SortedDictionary<string, GuardRename> guards = HeaderGuards.Of(
            policy, names, decisions.Select(decision => decision.NewName).Concat(census.Foreign().Select(name => name.Name)), census);
        var types = census.Headers.SelectMany(header => header.Names).Select(entry => entry.Name).Concat(census.Others)
            .Where(name => name.Kind == HeaderNameKind.Typedef).Select(name => name.Name).ToHashSet(StringComparer.Ordinal);
        var checks = new HeaderPlanChecks(policy, census, names, decisions, renames);
        return new HeaderPlan(decisions, map, guards, types, solver.Edits(), solver.Joined.ToHashSet(StringComparer.Ordinal), [.. checks.Run(), .. Kept(decisions, solver)]);
    }

    private static Func<string, JoinSubject> SubjectOf(List<HeaderDecision> decisions, Dictionary<string, (HeaderDecision Decision, bool HasSymbol)> ordinary, HeaderCensus census)
    {
        HashSet<string> meant = census.Joins.Count == 0 ? [] :
        [
            .. decisions.Select(decision => decision.Name), .. census.Headers.SelectMany(header => header.Words).Where(word => word.Uses != HeaderWordUses.Undefined).Select(word => word.Text),
            .. census.Headers.SelectMany(header => header.Names).Select(entry => entry.Name).SelectMany(name => name.Uses.Append(name.Name)),
        ];
        ILookup<string, HeaderDecision> byName = decisions.ToLookup(decision => decision.Name, StringComparer.Ordinal);
        return name =>
        {
            string[] news = [.. byName[name].Select(decision => decision.NewName).Distinct(StringComparer.Ordinal)];
            return new JoinSubject(news.Length == 0 ? name : news.Length == 1 ? news[0] : null, news.Length > 0, ordinary.TryGetValue(name, out var other) && other.HasSymbol, meant.Contains(name));
        };
    }

    private static HeaderDecision Joined(HeaderDecision decision, JoinSolver solver, Dictionary<string, (HeaderDecision Decision, bool HasSymbol)> ordinary) =>
        ordinary.TryGetValue(decision.Name, out var other) && other.HasSymbol ? decision
        : solver.Kept.Contains(decision.Name) ? decision with { Action = HeaderAction.Keep, NewName = decision.Name, Reason = StaysJoined }
        : solver.Names.TryGetValue(decision.Name, out string? name) ? decision with { Action = HeaderAction.Rename, NewName = name, Reason = "joined by ## of parts that are renamed" }
        : decision;

    /// <summary>Names that would have another name if no ## made them.</summary>
    private static IEnumerable<Diagnostic> Kept(List<HeaderDecision> decisions, JoinSolver solver) => decisions
        .Where(decision => decision.Reason == StaysJoined)
        .Select(decision => Diagnostic.Warning(
            HeaderCodes.JoinedStays, $"the {decision.Kind.Text()} \"{decision.Name}\" keeps its name: ## makes it of parts that other names are made of too, so that no new spelling of the parts fits all of them",
            decision.Site.File, decision.Site.Line));

    private static HeaderDecision Decide(
        OwnName name,
        HeaderClassifier classifier,
        IReadOnlyDictionary<string, string> renames,
        Dictionary<string, (HeaderDecision Decision, bool HasSymbol)> ordinary,
        InternalMacros internals,
        MadeNames made)
    {
        (string place, CensusName first) = name.First;
        (HeaderAction action, string newName, string reason) =
            OfSymbol(name, renames)
            ?? Following(name, ordinary)
            ?? (made.Has(name) ? (HeaderAction.Keep, name.Text, "made by ## where it is declared: no text spells it")
                : internals.IsRemoved(name.Text, name.Space)
                ? (HeaderAction.Remove, name.Text, classifier.WhyInternal(name) + ", and no public text needs it")
                : classifier.Classify(name));
        return new HeaderDecision(name.Kind, name.Text, place, first.Name.Site, action, newName, reason);
    }

    /// <summary>A function or variable has the name that the archives give it. An asm label gives the symbol another name than the identifier.</summary>
    private static (HeaderAction, string, string)? OfSymbol(OwnName name, IReadOnlyDictionary<string, string> renames) =>
        name.Space != NameSpace.Ordinary || name.Symbol != name.Text ? null
        : renames.TryGetValue(name.Text, out string? newName) && newName != name.Text ? (HeaderAction.Rename, newName, "what its symbol becomes")
        : (HeaderAction.Keep, name.Text, "its symbol keeps the name");

    /// <summary>A macro that hides a function or variable of its name goes on doing so (trap 24), under the name that the archives give it or that it gets here.</summary>
    private static (HeaderAction, string, string)? Following(OwnName name, Dictionary<string, (HeaderDecision Decision, bool HasSymbol)> ordinary) =>
        name.Space == NameSpace.Macro && ordinary.TryGetValue(name.Text, out var hidden) && hidden is ({ } other, var hasSymbol) && (hasSymbol || other.Action == HeaderAction.Rename)
            ? (other.Action, other.NewName, $"has the name of a {other.Kind.Text()}, and follows it")
            : null;

    /// <summary>Symbols that no public header declares, but a macro, an inline function or a #pragma redefine_extname of one refers to.</summary>
    private static IEnumerable<NameMapEntry> SymbolsReferredTo(
        IReadOnlyList<OwnName> names, IReadOnlyDictionary<string, string> renames, IReadOnlyCollection<string> declared) =>
        names.SelectMany(name => name.Declarations).Select(declaration => declaration.Entry.Name)
            .SelectMany(name => name.Symbol is { } symbol && symbol != name.Name ? name.Uses.Append(symbol) : name.Uses)
            .Distinct(StringComparer.Ordinal)
            .Where(use => renames.ContainsKey(use) && !declared.Contains(use))
            .Select(use => new NameMapEntry(HeaderNameKind.Function, use, renames[use]));
}
