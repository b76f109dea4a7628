using System.Text;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>Everything that census and plan know about one name.</summary>
/// <param name="Name">The name as it is in the objects.</param>
/// <param name="Decision">What happens to it and why, at the definition that a link takes; null when no object defines it.</param>
/// <param name="Definitions">Every definition, in the order of the census.</param>
/// <param name="Referrers">Every object that refers to it without defining it, in the order of the census.</param>
public sealed record NameExplanation(
    string Name,
    SymbolDecision? Decision,
    IReadOnlyList<NameExplanation.Definition> Definitions,
    IReadOnlyList<NameExplanation.Referrer> Referrers)
{
    /// <summary>
    /// Explains a name: as it is, and, where the plan gives it to another name, that one too. The census must be the one that the plan was
    /// made from, or one of the same objects. Takes time linear in the census.
    /// </summary>
    /// <returns>Sorted by name; empty when the set does not know the name.</returns>
    public static IReadOnlyList<NameExplanation> Of(SymbolCensus census, NamespacePlan plan, string name)
    {
        CensusTables tables = census.Tables;
        byte[] asked = Encoding.UTF8.GetBytes(name);
        var numbers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Note(asked);
        plan.VisitChanges((old, renamed) =>
        {
            if (renamed.SequenceEqual(asked))
            {
                Note(old);
            }
        });

        return [.. numbers.Select(entry => Explain(tables, plan, entry.Key, entry.Value))];

        void Note(ReadOnlySpan<byte> known)
        {
            if (tables.Names.Find(known) is var number and >= 0)
            {
                numbers[tables.Names.Text(number)] = number;
            }
        }
    }

    private static NameExplanation Explain(CensusTables tables, NamespacePlan plan, string name, int number)
    {
        var definitions = new List<Definition>();
        var referrers = new List<Referrer>();
        (int Rank, CensusObject Source) owner = (-1, default);
        for (int source = 0; source < tables.Objects.Length; source++)
        {
            CensusObject at = tables.Objects[source];
            foreach (ref readonly DefinitionEntry entry in tables.DefinitionsOf(source))
            {
                if (entry.Name == number)
                {
                    definitions.Add(new Definition(at.Library, at.Path, entry.Kind, entry.Binding, entry.InComdatGroup));
                    owner = entry.Rank > owner.Rank ? (entry.Rank, at) : owner;
                }
            }

            foreach (ReferenceEntry entry in tables.ReferencesOf(source))
            {
                if (entry.Name == number)
                {
                    referrers.Add(new Referrer(at.Library, at.Path, entry.IsWeak));
                }
            }
        }

        return new NameExplanation(name, definitions.Count == 0 ? null : plan.DecisionFor(tables, number, owner.Source), definitions, referrers);
    }

    /// <summary>One definition of the name.</summary>
    /// <param name="Library">The object's library.</param>
    /// <param name="Object">The object's path.</param>
    /// <param name="Kind">What it is.</param>
    /// <param name="Binding">Global, weak or GNU unique.</param>
    /// <param name="InComdatGroup">Whether the linker takes one of all COMDAT groups like its own.</param>
    public sealed record Definition(string Library, string Object, SymbolKind Kind, ElfSymbolBinding Binding, bool InComdatGroup);

    /// <summary>One object that refers to the name.</summary>
    /// <param name="Library">The object's library.</param>
    /// <param name="Object">The object's path.</param>
    /// <param name="IsWeak">Whether the reference is 0 when nobody defines the name.</param>
    public sealed record Referrer(string Library, string Object, bool IsWeak);
}
