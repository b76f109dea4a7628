using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;

namespace MiniosBuild.Renaming.Headers;

/// <summary>Which internal macros can leave the headers: those that nothing needs which stays there.</summary>
internal sealed class InternalMacros
{
    private readonly HashSet<string> _removed;

    public InternalMacros(HeaderCensus census, IReadOnlyList<OwnName> names, HeaderClassifier classifier)
    {
        var uses = names.Where(name => name.Space == NameSpace.Macro && classifier.WhyInternal(name) is not null)
            .ToDictionary(name => name.Text, UsesOf, StringComparer.Ordinal);
        _removed = new HashSet<string>(uses.Keys, StringComparer.Ordinal);
        if (uses.Count == 0)
        {
            return;
        }

        // What declarations and inline functions need of macros shows only in the raw text: the preprocessor has replaced it.
        const HeaderWordUses text = HeaderWordUses.Plain | HeaderWordUses.Evaluated;
        var needed = new Stack<string>(
            names.Where(name => !(name.Space == NameSpace.Macro && uses.ContainsKey(name.Text)) && !name.IsInsideOnly).SelectMany(UsesOf)
                .Concat(census.Headers.SelectMany(header => header.Words).Where(word => (word.Uses & text) != 0).Select(word => word.Text)));
        while (needed.TryPop(out string? name))
        {
            if (_removed.Remove(name))
            {
                foreach (string use in uses[name])
                {
                    needed.Push(use);
                }
            }
        }
    }

    public bool IsRemoved(string name, NameSpace space) => space == NameSpace.Macro && _removed.Contains(name);

    private static IEnumerable<string> UsesOf(OwnName name) => name.Declarations.SelectMany(declaration => declaration.Entry.Name.Uses);
}
