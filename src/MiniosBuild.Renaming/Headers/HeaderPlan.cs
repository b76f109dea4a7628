using MiniosBuild.CSource.Names;
using MiniosBuild.CSource.Rewriting;

namespace MiniosBuild.Renaming.Headers;

/// <summary>What happens to the names in public headers. Immutable; two plans are equal when their files are.</summary>
public sealed class HeaderPlan
{
    internal HeaderPlan(
        IReadOnlyList<HeaderDecision> decisions,
        NameMap names,
        IReadOnlyDictionary<string, GuardRename> guards,
        IReadOnlySet<string> types,
        IReadOnlyDictionary<string, IReadOnlyDictionary<int, JoinedWord>> joins,
        IReadOnlySet<string> joinedNames,
        IReadOnlyList<Diagnostic> diagnostics)
    {
        Decisions = decisions;
        Names = names.WithParts(joins.Values.SelectMany(words => words.Values).Where(word => word.New is not null && word.New != word.Old).Select(PartOf));
        Guards = guards;
        GuardNames = guards.Values.Distinct().GroupBy(guard => guard.Old, StringComparer.Ordinal).Where(alike => alike.Count() == 1)
            .ToDictionary(alike => alike.Key, alike => alike.Single().New, StringComparer.Ordinal);
        Types = types;
        Joins = joins;
        JoinedNames = joinedNames;
        Diagnostics = diagnostics;
        Removed = decisions.Where(decision => decision.Action == HeaderAction.Remove).Select(decision => decision.Name).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Changes nothing.</summary>
    public static HeaderPlan Empty { get; } = new([], NameMap.Empty, new Dictionary<string, GuardRename>(), new HashSet<string>(), new Dictionary<string, IReadOnlyDictionary<int, JoinedWord>>(), new HashSet<string>(), []);

    // A prefix that is joined in front of a parameter is a part by itself.
    private static (string Old, string New) PartOf(JoinedWord word) =>
        word.New!.EndsWith("##" + word.Old, StringComparison.Ordinal) ? ("", word.New[..^(word.Old.Length + 2)]) : (word.Old, word.New);

    /// <summary>For a header in which nothing is joined.</summary>
    public static IReadOnlyDictionary<int, JoinedWord> NoJoins { get; } = new Dictionary<int, JoinedWord>();

    /// <summary>A decision for every name of the public headers but include guards, sorted by name space and name.</summary>
    public IReadOnlyList<HeaderDecision> Decisions { get; }

    /// <summary>The renames, and those of symbols that headers only refer to.</summary>
    public NameMap Names { get; }

    /// <summary>The include guards that change, by the place where a header is staged.</summary>
    public IReadOnlyDictionary<string, GuardRename> Guards { get; }

    /// <summary>New include guards by old ones, for the headers that test another's; without those of which several headers have the same.</summary>
    public IReadOnlyDictionary<string, string> GuardNames { get; }

    /// <summary>Macros whose definitions leave the headers.</summary>
    public IReadOnlySet<string> Removed { get; }

    /// <summary>All names of types, the headers' own and others, as the sources have them.</summary>
    public IReadOnlySet<string> Types { get; }

    /// <summary>By place, the by offset, the words that ## joins to others, and what they become.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<int, JoinedWord>> Joins { get; }

    /// <summary>The names that ## makes of them.</summary>
    public IReadOnlySet<string> JoinedNames { get; }

    /// <summary>What is wrong with the plan, or was asked for in vain. Apply no plan that has errors.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="DiagnosticException">MINIOS1316: not a plan.</exception>
    public static HeaderPlan Parse(ReadOnlyMemory<byte> data, string path) => HeaderPlanFile.Read(data, path);

    /// <summary>The plan as JSON in UTF-8; equal plans give equal bytes.</summary>
    public byte[] Serialize() => HeaderPlanFile.Write(this);
}

/// <summary>The include guard of one header.</summary>
/// <param name="Old">In the sources.</param>
/// <param name="New">In the staged header.</param>
public sealed record GuardRename(string Old, string New);

/// <summary>What happens to a name in public headers.</summary>
public enum HeaderAction
{
    Keep,
    Rename,

    /// <summary>A macro's definition leaves the headers.</summary>
    Remove,
}

/// <summary>What happens to one name of public headers, and why.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The name in the sources.</param>
/// <param name="Place">The first public header that has it, by the place where it is staged.</param>
/// <param name="Site">Where that header declares it.</param>
/// <param name="Action">What happens.</param>
/// <param name="NewName">The name afterwards; the same when it is kept or removed.</param>
/// <param name="Reason">Why, for reports.</param>
public sealed record HeaderDecision(HeaderNameKind Kind, string Name, string Place, DeclarationSite Site, HeaderAction Action, string NewName, string Reason);
