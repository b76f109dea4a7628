namespace MiniosBuild.Namespaces;

/// <summary>Decides about every global name of the set, once for all objects, since a definition and its references must agree.</summary>
public static class NamespacePlanner
{
    /// <summary>Makes the plan. What is wrong with it is in <see cref="NamespacePlan.Diagnostics"/>; apply no plan that has errors.</summary>
    /// <param name="policy">The rules.</param>
    /// <param name="census">All objects of the set.</param>
    /// <param name="declarations">What the public headers declare.</param>
    /// <param name="libc">Whose C library the guest gets.</param>
    /// <param name="consumerNeeds">Names that registered consumers refer to, as they are before or after the rename; null for none.</param>
    public static NamespacePlan Plan(
        NamespacePolicy policy,
        SymbolCensus census,
        PublicDeclarations declarations,
        LibcMode libc,
        IReadOnlySet<string>? consumerNeeds = null)
    {
        SortedDictionary<string, NameUse> names = NameUse.Collect(census);
        var classifier = new SymbolClassifier(policy, declarations, libc, consumerNeeds ?? new HashSet<string>());
        var outcomes = new SortedDictionary<string, Classification>(StringComparer.Ordinal);
        foreach (NameUse use in names.Values.Where(use => use.Definitions.Count > 0))
        {
            outcomes.Add(use.Name, classifier.Classify(SubjectOf(use)));
        }

        PlannedObject[] objects = [.. census.Objects.Select(source => Apply(source, outcomes))];
        SortedDictionary<string, string> headerNames = HeaderOnlyRenames(policy, names, outcomes, declarations, classifier);
        UnresolvedName[] unresolved =
        [
            .. names.Values
                .Where(use => use.Definitions.Count == 0 && classifier.ReservedBy(use.Name) is null)
                .Select(use => new UnresolvedName(
                    use.Name,
                    use.References.TrueForAll(entry => entry.Reference.IsWeak),
                    [.. use.References.Select(entry => entry.Object.Path)])),
        ];
        var checks = new PlanChecks(policy, census, names, outcomes, classifier, libc);
        return new NamespacePlan(policy.Name, libc, objects, headerNames, unresolved, checks.Run());
    }

    private static NameSubject SubjectOf(NameUse use) => new(
        use.Name, use.Owner.Object.Library, use.Owner.Definition.IsFunction, use.Owner.Definition.IsWeak, use.OtherUser);

    private static PlannedObject Apply(ObjectSymbols source, SortedDictionary<string, Classification> outcomes)
    {
        var decisions = new List<SymbolDecision>();
        foreach (SymbolDefinition definition in source.Definitions)
        {
            Classification outcome = outcomes[definition.Name];
            decisions.Add(new SymbolDecision(
                source.Library, source.Path, definition.Name, outcome.Action, outcome.NewName, outcome.Rule, outcome.Reason));
        }

        string[] renamed =
        [
            .. source.References
                .Where(reference => outcomes.TryGetValue(reference.Name, out Classification outcome) && outcome.Action == SymbolAction.Rename)
                .Select(reference => reference.Name),
        ];
        return new PlannedObject(source.Library, source.Path, decisions, renamed);
    }

    /// <summary>
    /// Headers declare more than one configuration defines, drivers that are left out for example, and variables that are local now.
    /// Those names leave the guest's namespace as well. A name that the set refers to and does not define is the guest's to define.
    /// </summary>
    private static SortedDictionary<string, string> HeaderOnlyRenames(
        NamespacePolicy policy,
        SortedDictionary<string, NameUse> names,
        SortedDictionary<string, Classification> outcomes,
        PublicDeclarations declarations,
        SymbolClassifier classifier)
    {
        var renames = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, bool isFunction) in declarations.Functions.Keys.Select(name => (name, true))
            .Concat(declarations.Variables.Keys.Select(name => (name, false))))
        {
            if (outcomes.TryGetValue(name, out Classification outcome))
            {
                if (outcome.Action == SymbolAction.Localize && !isFunction)
                {
                    renames[name] = policy.InternalPrefix + name;
                }
            }
            else if (!names.ContainsKey(name))
            {
                outcome = classifier.Classify(new NameSubject(name, null, isFunction, IsWeak: false, OtherUser: "a guest"));
                if (outcome.Action == SymbolAction.Rename)
                {
                    renames[name] = outcome.NewName;
                }
            }
        }

        return renames;
    }
}
