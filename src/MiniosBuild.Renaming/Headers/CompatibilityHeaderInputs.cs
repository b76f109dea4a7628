using System.Text.RegularExpressions;
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

    /// <summary>
    /// By old name, what stands behind <c>#define</c> for a macro whose ## got other words to join: users write the names that it makes of their own as they always did.
    /// </summary>
    public IReadOnlyDictionary<string, string> Originals { get; init; } = new Dictionary<string, string>();

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
            Originals = Joining(plan.Names, census),
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

    /// <summary>Macros of which there is one definition, with a ## and a word that changes there.</summary>
    private static Dictionary<string, string> Joining(NameMap names, HeaderCensus census)
    {
        if (names.Parts.Count == 0)
        {
            return [];
        }

        return census.Headers.SelectMany(header => header.Own).Select(entry => entry.Name).Where(name => name.Kind == HeaderNameKind.FunctionMacro)
            .GroupBy(name => name.Name, name => $"{name.Name}({string.Join(", ", name.Parameters)}) {name.Body}", StringComparer.Ordinal)
            .Where(group => group.Distinct(StringComparer.Ordinal).Count() == 1 && HasPart(group.First(), names.Parts))
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
    }

    private static bool HasPart(string definition, IReadOnlyList<(string Old, string New)> parts) => definition.Contains("##", StringComparison.Ordinal)
        && parts.Any(part => part.Old.Length == 0 || Regex.IsMatch(definition, $@"##\s*{Regex.Escape(part.Old)}\b|\b{Regex.Escape(part.Old)}\s*##", RegexOptions.CultureInvariant));

    private static IEnumerable<string> GuardOf(CensusHeader header, HeaderPlan plan) =>
        header.Own.Where(entry => entry.Name.IsGuard).Select(entry => plan.Guards.GetValueOrDefault(header.Place)?.New ?? entry.Name.Name).Take(1);
}
