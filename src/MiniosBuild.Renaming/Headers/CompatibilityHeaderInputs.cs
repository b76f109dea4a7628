using MiniosBuild.CSource.Census;
using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Renaming.Headers;

/// <summary>What the compatibility header is made from.</summary>
/// <param name="Names">Old and new names of what the public headers declare.</param>
/// <param name="OwnGuard">Its include guard.</param>
public sealed record CompatibilityHeaderInputs(NameMap Names, string OwnGuard)
{
    /// <summary>Old names of the functions and variables that have a symbol; the others are inline.</summary>
    public IReadOnlySet<string> Symbols { get; init; } = new HashSet<string>();

    /// <summary>Include guards of the staged headers: one that is defined tells that its header was read too early.</summary>
    public IReadOnlyCollection<string> Guards { get; init; } = [];

    /// <summary>Names of the public headers that stay as they are, of any kind.</summary>
    public IReadOnlySet<string> Taken { get; init; } = new HashSet<string>();

    /// <summary>Old names for which the headers ask as for macros, or which they undefine: a macro under the new name is no alias to them.</summary>
    public IReadOnlySet<string> Tested { get; init; } = new HashSet<string>();

    /// <summary>What plans and census say.</summary>
    public static CompatibilityHeaderInputs Of(NamespacePolicy policy, HeaderCensus census, HeaderPlan plan, NamespacePlan symbols) =>
        new(Served(plan.Names, census), policy.Headers.MacroPrefix + "COMPAT_H")
        {
            Symbols = plan.Names.Entries
                .Where(entry => entry.Kind is HeaderNameKind.Function or HeaderNameKind.Variable && symbols.HeaderRenames.GetValueOrDefault(entry.Old) == entry.New)
                .Select(entry => entry.Old).ToHashSet(StringComparer.Ordinal),
            Guards = [.. census.Headers.SelectMany(header => GuardOf(header, plan))],
            Tested = census.Headers.SelectMany(header => header.Words).Where(word => (word.Uses & (HeaderWordUses.Tested | HeaderWordUses.Undefined)) != 0).Select(word => word.Text).ToHashSet(StringComparer.Ordinal),
            Taken = plan.Decisions.Where(decision => decision.Action == HeaderAction.Keep).Select(decision => decision.Name).ToHashSet(StringComparer.Ordinal),
        };

    /// <summary>
    /// The names without macros that every header undefines again, which users never had: an alias would only meet theirs. Where something else
    /// has the name, the macro counts still.
    /// </summary>
    private static NameMap Served(NameMap names, HeaderCensus census)
    {
        var macros = census.Headers.SelectMany(header => header.Own).Select(entry => entry.Name).Where(name => name.Kind.IsMacro());
        HashSet<string> undone = macros.GroupBy(name => name.Name, StringComparer.Ordinal).Where(group => group.All(name => name.IsUndone)).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        return NameMap.Of(names.Entries.Where(entry => !undone.Contains(entry.Old) || names.Ordinary(entry.Old) is not null || names.Tag(entry.Old) is not null));
    }

    private static IEnumerable<string> GuardOf(CensusHeader header, HeaderPlan plan) =>
        header.Own.Where(entry => entry.Name.IsGuard).Select(entry => plan.Guards.GetValueOrDefault(header.Place)?.New ?? entry.Name.Name).Take(1);
}
