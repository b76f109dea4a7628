using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>What the set says about one name.</summary>
internal struct NameFacts
{
    private const int None = -1;

    /// <summary>The definition that a link takes: of the highest rank, and of those the first; -1 when there is none.</summary>
    public int Owner;

    /// <summary>An object besides the owner's that needs the name to be global; -1 when there is none.</summary>
    public int User;

    public NameFactFlags Traits;

    public readonly bool IsDefined => Owner >= 0;

    public readonly bool Has(NameFactFlags trait) => (Traits & trait) != 0;

    /// <summary>By number of name.</summary>
    /// <param name="tables">The census.</param>
    /// <param name="isPassed">By object: whether it went through this very pass before; empty when none did.</param>
    public static NameFacts[] Collect(CensusTables tables, ReadOnlySpan<bool> isPassed)
    {
        var facts = new NameFacts[tables.Names.Count];
        Array.Fill(facts, new NameFacts { Owner = None, User = None });
        ReadOnlySpan<DefinitionEntry> definitions = tables.Definitions;
        ReadOnlySpan<ReferenceEntry> references = tables.References;
        int definition = 0;
        int reference = 0;
        for (int source = 0; source < tables.Objects.Length; source++)
        {
            ref readonly CensusObject ends = ref tables.Objects[source];
            bool passed = !isPassed.IsEmpty && isPassed[source];
            for (; definition < ends.DefinitionEnd; definition++)
            {
                ref NameFacts name = ref facts[definitions[definition].Name];
                name.Traits |= passed ? 0 : NameFactFlags.DefinedUnpassed;
                name.AddDefinition(tables, definition, source);
            }

            for (; reference < ends.ReferenceEnd; reference++)
            {
                facts[references[reference].Name].AddReference(references[reference].IsWeak, source);
            }
        }

        return facts;
    }

    private void AddDefinition(CensusTables tables, int definition, int source)
    {
        ReadOnlySpan<DefinitionEntry> definitions = tables.Definitions;
        Traits |= definitions[definition].IsWeak ? NameFactFlags.Weak : 0;
        if (definitions[definition].IsStrong)
        {
            Traits |= Has(NameFactFlags.Strong) ? NameFactFlags.StrongTwice : NameFactFlags.Strong;
        }

        if (Owner == None)
        {
            Owner = definition;
            return;
        }

        // Definitions that stand in for one another find each other by name and cannot be local.
        bool takesOver = definitions[definition].Rank > definitions[Owner].Rank;
        if (User == None && tables.ObjectOf(Owner) is var ownerSource && ownerSource != source)
        {
            User = takesOver ? ownerSource : source;
        }

        Owner = takesOver ? definition : Owner;
    }

    private void AddReference(bool isWeak, int source)
    {
        if (!Has(NameFactFlags.Referred))
        {
            User = source;
        }

        Traits |= isWeak ? NameFactFlags.Referred : NameFactFlags.Referred | NameFactFlags.ReferredStrongly;
    }
}
