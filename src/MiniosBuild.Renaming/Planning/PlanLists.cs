using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Writes a plan's numbers out as the records that reports, tasks and the plan's file show.</summary>
internal sealed class PlanLists(PlanOutcomes outcomes, EarlierPasses passes, NameFacts[] facts, Func<int, bool> isReserved)
{
    private readonly CensusTables _tables = outcomes.Tables;

    public PlanOutcomes Outcomes => outcomes;

    public IReadOnlyList<PlannedObject> Objects() => [.. Enumerable.Range(0, _tables.Objects.Length).Select(Object)];

    /// <summary>Names that objects refer to and nobody defines, and that no tool or guest is known to define.</summary>
    public IReadOnlyList<UnresolvedName> Unresolved()
    {
        var users = new SortedDictionary<string, (bool IsWeak, List<string> Objects)>(StringComparer.Ordinal);
        HashSet<int> missing = Missing();
        for (int source = 0; source < _tables.Objects.Length; source++)
        {
            foreach (ReferenceEntry reference in _tables.ReferencesOf(source))
            {
                if (!missing.Contains(reference.Name))
                {
                    continue;
                }

                string name = _tables.Names.Text(reference.Name);
                if (!users.TryGetValue(name, out (bool IsWeak, List<string> Objects) use))
                {
                    users.Add(name, use = (!facts[reference.Name].Has(NameFactFlags.ReferredStrongly), []));
                }

                string path = _tables.Objects[source].Path;
                if (use.Objects.Count == 0 || use.Objects[^1] != path)
                {
                    use.Objects.Add(path);
                }
            }
        }

        return [.. users.Select(use => new UnresolvedName(use.Key, use.Value.IsWeak, use.Value.Objects))];
    }

    private HashSet<int> Missing()
    {
        var missing = new HashSet<int>();
        for (int name = 0; name < facts.Length; name++)
        {
            if (facts[name].Has(NameFactFlags.Referred) && !facts[name].IsDefined && !isReserved(name))
            {
                missing.Add(name);
            }
        }

        // A default version, name@@VERSION, is what references to the plain name mean.
        foreach (int name in _tables.Versioned)
        {
            if (facts[name].IsDefined && VersionedNames.DefaultOf(_tables.Names.Bytes(name)) is { IsEmpty: false } twin && _tables.Names.Find(twin) is var plain and >= 0)
            {
                missing.Remove(plain);
            }
        }

        return missing;
    }

    private PlannedObject Object(int number)
    {
        CensusObject source = _tables.Objects[number];
        var decisions = new List<SymbolDecision>();
        foreach (ref readonly DefinitionEntry definition in _tables.DefinitionsOf(number))
        {
            Outcome outcome = outcomes[definition.Name];
            decisions.Add(new SymbolDecision(
                source.Library, source.Path, _tables.Names.Text(definition.Name), outcome.Action, outcomes.NewName(definition.Name), outcome.Rule, outcomes.Reason(definition.Name), outcomes.IsPublic(definition.Name)));
        }

        var renamed = new SortedSet<string>(StringComparer.Ordinal);
        bool isPassed = !passes.IsPassed.IsEmpty && passes.IsPassed[number];
        foreach (ReferenceEntry reference in _tables.ReferencesOf(number))
        {
            if (outcomes[reference.Name].Action == SymbolAction.Rename && !isPassed)
            {
                renamed.Add(_tables.Names.Text(reference.Name));
            }
        }

        return new PlannedObject(
            source.Library, source.Path, [.. decisions.OrderBy(decision => decision.Name, StringComparer.Ordinal)], [.. renamed]);
    }
}
