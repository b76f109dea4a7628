using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Decides about every global name of the set, once for all objects, since a definition and its references must agree.</summary>
public static class NamespacePlanner
{
    /// <summary>
    /// Makes the plan, in time linear in the census. What is wrong with it is in <see cref="NamespacePlan.Diagnostics"/>; apply no plan that
    /// has errors.
    /// </summary>
    /// <param name="policy">The rules.</param>
    /// <param name="census">All objects of the set.</param>
    /// <param name="declarations">What the public headers declare; <see cref="PublicDeclarations.Everything"/> where there are none to go by.</param>
    /// <param name="libc">Whose C library the guest gets.</param>
    /// <param name="consumerNeeds">Names that registered consumers refer to, as they are before or after the rename; null for none.</param>
    /// <param name="spelled">What assembly and labels of the public headers spell; null for nothing.</param>
    /// <param name="consumerDefinitions">Names that registered consumers define: of those that headers declare and the set leaves to others, theirs stay; null for none.</param>
    public static NamespacePlan Plan(
        NamespacePolicy policy,
        SymbolCensus census,
        PublicDeclarations declarations,
        LibcMode libc,
        IReadOnlySet<string>? consumerNeeds = null,
        SpelledNames? spelled = null,
        IReadOnlySet<string>? consumerDefinitions = null)
    {
        CensusTables tables = census.Tables;
        var outcomes = new PlanOutcomes(policy, tables, declarations, spelled ?? SpelledNames.None);
        var passes = new EarlierPasses(policy, libc, tables);
        if (passes.Foreign.Count > 0)
        {
            return NamespacePlan.Refused(policy.Name, libc, passes.Foreign);
        }

        NameFacts[] facts = NameFacts.Collect(tables, passes.IsPassed);
        var classifier = new SymbolClassifier(policy, declarations, libc, consumerNeeds ?? new HashSet<string>(), spelled ?? SpelledNames.None, tables.MarkNames);
        Decide(outcomes, facts, classifier);
        List<int> versioned = VersionedNames.Settle(tables, outcomes, facts, classifier);
        SortedDictionary<string, string> headerNames = HeaderNames.Renames(outcomes, declarations, classifier, consumerDefinitions ?? new HashSet<string>());
        var checks = new PlanChecks(outcomes, facts, classifier, passes, libc, versioned);
        IReadOnlyList<Diagnostic> found =
            [.. checks.Run(), .. new PublicSourceChecks(outcomes, passes).Find(consumerNeeds is { Count: > 0 })];
        return new NamespacePlan(
            new PlanLists(outcomes, passes, facts, name => classifier.ReservedBy(tables.Names.Bytes(name)) is not null), libc, headerNames, found);
    }

    private static void Decide(PlanOutcomes outcomes, NameFacts[] facts, SymbolClassifier classifier)
    {
        CensusTables tables = outcomes.Tables;
        ReadOnlySpan<DefinitionEntry> definitions = tables.Definitions;
        int definition = 0;
        foreach (ref readonly CensusObject source in tables.Objects)
        {
            for (; definition < source.DefinitionEnd; definition++)
            {
                ref readonly DefinitionEntry entry = ref definitions[definition];
                ref readonly NameFacts name = ref facts[entry.Name];
                if (name.Owner != definition)
                {
                    continue;
                }

                if (!name.Has(NameFactFlags.DefinedUnpassed))
                {
                    outcomes.Set(entry.Name, Outcome.Keep(3, ReasonKind.Passed), "");
                    continue;
                }

                var subject = new NameSubject(tables.Names.Bytes(entry.Name), source.Library, entry.IsFunction, entry.IsWeak, name.User);
                outcomes.Set(entry.Name, classifier.Classify(subject, out string text), text);
            }
        }
    }
}
