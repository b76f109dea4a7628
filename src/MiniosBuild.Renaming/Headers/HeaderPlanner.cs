using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Headers;

/// <summary>Decides about every name of the public headers, in accord with what becomes of the symbols.</summary>
public static class HeaderPlanner
{
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

        NameMap map = NameMap.Of(decisions.Where(decision => decision.Action == HeaderAction.Rename)
            .Select(decision => new NameMapEntry(decision.Kind, decision.Name, decision.NewName))
            .Concat(SymbolsReferredTo(names, renames, ordinary.Keys)));
        SortedDictionary<string, GuardRename> guards = HeaderGuards.Of(
            policy, names, decisions.Select(decision => decision.NewName).Concat(census.Foreign().Select(name => name.Name)));
        var types = census.Headers.SelectMany(header => header.Names).Select(entry => entry.Name).Concat(census.Others)
            .Where(name => name.Kind == HeaderNameKind.Typedef).Select(name => name.Name).ToHashSet(StringComparer.Ordinal);
        var checks = new HeaderPlanChecks(policy, census, names, decisions, renames);
        return new HeaderPlan(decisions, map, guards, types, checks.Run());
    }

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
