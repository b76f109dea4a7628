using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Finds what a plan would break, and what the policy asked for in vain.</summary>
internal sealed class PlanChecks(
    PlanOutcomes outcomes, NameFacts[] facts, SymbolClassifier classifier, EarlierPasses passes, LibcMode libc, List<int> versioned)
{
    private readonly CensusTables _tables = outcomes.Tables;
    private readonly List<PlanFinding> _found = [];

    public IReadOnlyList<Diagnostic> Run()
    {
        for (int source = 0; source < _tables.Objects.Length; source++)
        {
            CheckDefinitions(source);
            CheckReferences(source);
        }

        CheckVersions();
        new TargetChecks(outcomes, facts, classifier, _found).Run();
        var reported = new List<Diagnostic>(new PlanReport(outcomes, facts, classifier).Describe(_found));
        CheckLibc(reported);
        reported.AddRange(new UnmatchedPolicyEntries(outcomes, classifier, passes).Find());
        return reported;
    }

    private void CheckDefinitions(int source)
    {
        foreach (ref readonly DefinitionEntry definition in _tables.DefinitionsOf(source))
        {
            ref readonly NameFacts name = ref facts[definition.Name];
            if (name.Has(NameFactFlags.StrongTwice) && definition.IsStrong && _tables.ObjectOf(name.Owner) is var first && first != source)
            {
                Found(PlanFindingKind.DefinedTwice, definition.Name, source, first);
            }

            ref readonly Outcome outcome = ref outcomes[definition.Name];

            // Beside a weak default no link takes it of an archive: the validator tells.
            if (outcome.Reason == ReasonKind.Hook && !definition.IsWeak && !name.Has(NameFactFlags.Weak))
            {
                Found(PlanFindingKind.StrongHook, definition.Name, source);
            }
            else if (outcome.Action == SymbolAction.Localize)
            {
                CheckLocal(source, definition);
            }
        }
    }

    private void CheckLocal(int source, in DefinitionEntry definition)
    {
        PlanFindingKind? kind =
            definition.Binding == ElfSymbolBinding.GnuUnique ? PlanFindingKind.LocalUnique
            : definition.IsComdatSignature ? PlanFindingKind.LocalSignature
            : definition.InComdatGroup ? PlanFindingKind.LocalGrouped
            : definition.Kind == SymbolKind.Common ? PlanFindingKind.LocalCommon
            : definition.IsWeak ? PlanFindingKind.LocalWeak
            : null;
        if (kind is not null)
        {
            Found(kind.Value, definition.Name, source);
        }
    }

    /// <summary>An object that went through the pass has its final references: a definition that is renamed only now is out of their reach.</summary>
    private void CheckReferences(int source)
    {
        if (passes.IsPassed.IsEmpty || !passes.IsPassed[source])
        {
            return;
        }

        foreach (ReferenceEntry reference in _tables.ReferencesOf(source))
        {
            if (outcomes[reference.Name].Action == SymbolAction.Rename)
            {
                Found(PlanFindingKind.PassedApart, reference.Name, source, _tables.ObjectOf(facts[reference.Name].Owner));
            }
        }
    }

    private void CheckVersions()
    {
        foreach (int name in versioned)
        {
            Found(PlanFindingKind.Version, name, facts[name].IsDefined ? _tables.ObjectOf(facts[name].Owner) : facts[name].User);
        }
    }

    private void CheckLibc(List<Diagnostic> reported)
    {
        if (libc != LibcMode.None)
        {
            return;
        }

        foreach (ref readonly CensusObject source in _tables.Objects)
        {
            if (source.Library == NamespacePolicy.LibcLibrary)
            {
                reported.Add(Diagnostic.Error(
                    PlanCodes.LibcInSetWithoutOne,
                    "the object belongs to the library libc, but the set has none (libc mode None); leave the libc's objects out, or choose Stub or Private.",
                    source.Path));
                return;
            }
        }
    }

    private void Found(PlanFindingKind kind, int name, int source, int other = -1) => _found.Add(new PlanFinding(kind, name, source, other));
}
