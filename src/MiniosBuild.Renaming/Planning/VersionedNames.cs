using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Symbol versions (trap 11): <c>name@VERSION</c> is bound to what happens to <c>name</c>, so that nothing may happen to that.</summary>
internal static class VersionedNames
{
    /// <summary>Keeps all versioned names, and returns those whose name before the <c>@</c> would change.</summary>
    public static List<int> Settle(CensusTables tables, PlanOutcomes outcomes, NameFacts[] facts, SymbolClassifier classifier)
    {
        var changed = new List<int>();
        foreach (int name in tables.Versioned)
        {
            ReadOnlySpan<byte> plain = Plain(tables.Names.Bytes(name));
            int twin = tables.Names.Find(plain);
            bool changes = twin >= 0 && outcomes[twin].Action != SymbolAction.Keep;
            if (facts[name].IsDefined)
            {
                DefinitionEntry owner = tables.Definitions[facts[name].Owner];
                string library = tables.Objects[tables.ObjectOf(facts[name].Owner)].Library;
                var subject = new NameSubject(plain, library, owner.IsFunction, owner.IsWeak, facts[name].User);
                Outcome outcome = classifier.Classify(subject, out _);
                changes |= outcome.Action != SymbolAction.Keep;
                outcomes.Set(name, Outcome.Keep(outcome.Rule, outcome.Reason, outcome.Detail), "");
            }

            if (changes)
            {
                changed.Add(name);
            }
        }

        return changed;
    }

    /// <summary>The plain name whose references a default version, <c>name@@VERSION</c>, serves; empty for another version.</summary>
    public static ReadOnlySpan<byte> DefaultOf(ReadOnlySpan<byte> name) => name.IndexOf("@@"u8) is var at and > 0 ? name[..at] : [];

    /// <summary>The name before the version.</summary>
    public static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> name) => name[..name.IndexOf((byte)'@')];
}
