using System.Text;
using MiniosBuild.CSource.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>
/// Headers declare more than one configuration defines, drivers that are left out for example, and names that are local now.
/// Those names leave the guest's namespace as well. A name that the set refers to and does not define is the guest's to define, and so is one
/// that only a consumer defines.
/// </summary>
internal static class HeaderNames
{
    public static SortedDictionary<string, string> Renames(
        PlanOutcomes outcomes, PublicDeclarations declarations, SymbolClassifier classifier, IReadOnlySet<string> consumerDefinitions)
    {
        var renames = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, bool isFunction) in declarations.Functions.Keys.Select(name => (name, true))
            .Concat(declarations.Variables.Keys.Select(name => (name, false))))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(name);
            int number = outcomes.Tables.Names.Find(bytes);
            if (number < 0)
            {
                if (consumerDefinitions.Contains(name))
                {
                    continue;
                }

                var subject = new NameSubject(bytes, library: null, isFunction, isWeak: false, NameSubject.Guest);
                Outcome outcome = classifier.Classify(subject, out string text);
                if (outcome.Action == SymbolAction.Rename)
                {
                    renames[name] = outcome.Form == NewNameForm.Text ? text : Encoding.UTF8.GetString(outcomes.PrefixOf(outcome.Form)) + name;
                }
            }
            else if (outcomes[number].Action == SymbolAction.Localize
                && (isFunction ? outcomes.Policy.Functions : outcomes.Policy.Data) == SymbolTreatment.Rename)
            {
                renames[name] = outcomes.Policy.InternalPrefix + name;
            }
        }

        return renames;
    }
}
