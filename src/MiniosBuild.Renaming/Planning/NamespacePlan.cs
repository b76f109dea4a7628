using System.Text;
using MiniosBuild.Renaming.Census;

namespace MiniosBuild.Renaming.Planning;

/// <summary>
/// What happens to every global name of the set. Immutable; two plans are equal when their files are. The lists are made when they are
/// first asked for: a plan of a million names is numbers until then.
/// </summary>
public sealed class NamespacePlan : IEquatable<NamespacePlan>
{
    private readonly PlanOutcomes? _outcomes;
    private readonly Lazy<IReadOnlyList<PlannedObject>> _objects;
    private readonly Lazy<Dictionary<string, PlannedObject>> _byPath;
    private readonly Lazy<IReadOnlyList<SymbolDecision>> _decisions;
    private readonly Lazy<SortedDictionary<string, string>> _renames;
    private readonly Lazy<SortedDictionary<string, string>> _headerRenames;
    private readonly Lazy<IReadOnlyList<UnresolvedName>> _unresolved;

    internal NamespacePlan(
        string policyName,
        LibcMode libc,
        Func<IReadOnlyList<PlannedObject>> objects,
        IReadOnlyDictionary<string, string> headerOnlyRenames,
        Func<IReadOnlyList<UnresolvedName>> unresolved,
        IReadOnlyList<Diagnostic> diagnostics)
    {
        PolicyName = policyName;
        Libc = libc;
        HeaderOnlyRenames = headerOnlyRenames;
        Diagnostics = diagnostics;
        _objects = new(objects);
        _unresolved = new(unresolved);
        _byPath = new(() => Objects.DistinctBy(planned => planned.Path).ToDictionary(planned => planned.Path, StringComparer.Ordinal));
        _decisions = new(SortDecisions);
        _renames = new(CollectRenames);
        _headerRenames = new(CollectHeaderRenames);
    }

    internal NamespacePlan(PlanLists lists, LibcMode libc, IReadOnlyDictionary<string, string> headerOnlyRenames, IReadOnlyList<Diagnostic> diagnostics)
        : this(lists.Outcomes.Policy.Name, libc, lists.Objects, headerOnlyRenames, lists.Unresolved, diagnostics) => _outcomes = lists.Outcomes;

    /// <summary>The policy's name.</summary>
    public string PolicyName { get; }

    /// <summary>Whose C library the plan reckons with.</summary>
    public LibcMode Libc { get; }

    /// <summary>The objects of the set, in the order of the census.</summary>
    public IReadOnlyList<PlannedObject> Objects => _objects.Value;

    /// <summary>All decisions, sorted by library, object and name.</summary>
    public IReadOnlyList<SymbolDecision> Decisions => _decisions.Value;

    /// <summary>Old name to new name, for the whole set, sorted.</summary>
    public IReadOnlyDictionary<string, string> Renames => _renames.Value;

    /// <summary>What headers are rewritten with: <see cref="Renames"/> and names that headers declare but no object defines globally.</summary>
    public IReadOnlyDictionary<string, string> HeaderRenames => _headerRenames.Value;

    /// <summary>Names that the guest or its libc has to define, sorted.</summary>
    public IReadOnlyList<UnresolvedName> Unresolved => _unresolved.Value;

    /// <summary>What is wrong with the plan, or was asked for in vain.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    internal IReadOnlyDictionary<string, string> HeaderOnlyRenames { get; }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="DiagnosticException">MINIOS1316: not a plan.</exception>
    public static NamespacePlan Parse(ReadOnlyMemory<byte> data, string path) => PlanFile.Read(data, path);

    internal static NamespacePlan Refused(string policyName, LibcMode libc, IReadOnlyList<Diagnostic> diagnostics) =>
        new(policyName, libc, () => [], new Dictionary<string, string>(), () => [], diagnostics);

    /// <summary>The plan as JSON in UTF-8; equal plans give equal bytes.</summary>
    public byte[] Serialize() => PlanFile.Write(this);

    /// <summary>
    /// Hands over every name that changes, each once, in no particular order but always the same, without making texts of them. Renames are of the
    /// name wherever it stands, local changes of its definition.
    /// </summary>
    public void VisitChanges(PlannedChangeVisitor visit)
    {
        if (_outcomes is null)
        {
            foreach (SymbolDecision decision in Decisions.DistinctBy(decision => decision.Name).Where(decision => decision.Action != SymbolAction.Keep))
            {
                visit(Encoding.UTF8.GetBytes(decision.Name), decision.Action == SymbolAction.Localize ? [] : Encoding.UTF8.GetBytes(decision.NewName));
            }

            return;
        }

        byte[] buffer = new byte[256];
        for (int name = 0; name < _outcomes.All.Length; name++)
        {
            if (_outcomes[name].Action != SymbolAction.Keep)
            {
                bool isLocal = _outcomes[name].Action == SymbolAction.Localize;
                visit(_outcomes.Tables.Names.Bytes(name), isLocal ? [] : _outcomes.NewNameBytes(name, ref buffer));
            }
        }
    }

    /// <summary>The renames that concern one object: of its own definitions and of what it refers to; sorted.</summary>
    /// <exception cref="KeyNotFoundException">The object is not in the plan.</exception>
    public IReadOnlyList<(string Old, string New)> RenamesFor(string objectPath) =>
    [
        .. _byPath.Value[objectPath].Decisions.Where(decision => decision.Action == SymbolAction.Rename).Select(decision => decision.Name)
            .Concat(_byPath.Value[objectPath].RenamedReferences)
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Renames[name])),
    ];

    /// <summary>The names to make local in one object, sorted; to be applied after its renames.</summary>
    /// <exception cref="KeyNotFoundException">The object is not in the plan.</exception>
    public IReadOnlyList<string> LocalsFor(string objectPath) =>
    [
        .. _byPath.Value[objectPath].Decisions.Where(decision => decision.Action == SymbolAction.Localize).Select(decision => decision.NewName),
    ];

    /// <summary>All renames as <c>old new</c> lines, as objcopy --redefine-syms reads them.</summary>
    public string RenameMapText() => string.Concat(Renames.Select(rename => $"{rename.Key} {rename.Value}\n"));

    /// <inheritdoc/>
    public bool Equals(NamespacePlan? other) => other is not null && Serialize().AsSpan().SequenceEqual(other.Serialize());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NamespacePlan);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PolicyName, Libc, Decisions.Count);

    /// <summary>What happens to a definition, by its number where the plan was made from that very census, else by its texts.</summary>
    internal SymbolDecision? DecisionFor(CensusTables tables, int name, in CensusObject owner)
    {
        if (_outcomes?.Tables == tables)
        {
            Outcome outcome = _outcomes[name];
            return new SymbolDecision(
                owner.Library, owner.Path, tables.Names.Text(name), outcome.Action, _outcomes.NewName(name), outcome.Rule, _outcomes.Reason(name), _outcomes.IsPublic(name));
        }

        string text = tables.Names.Text(name);
        return _byPath.Value.TryGetValue(owner.Path, out PlannedObject? planned)
            ? planned.Decisions.FirstOrDefault(decision => decision.Name == text)
            : null;
    }

    private SymbolDecision[] SortDecisions() =>
    [
        .. Objects.SelectMany(planned => planned.Decisions)
            .OrderBy(decision => decision.Library, StringComparer.Ordinal)
            .ThenBy(decision => decision.Object, StringComparer.Ordinal)
            .ThenBy(decision => decision.Name, StringComparer.Ordinal),
    ];

    private SortedDictionary<string, string> CollectRenames()
    {
        var renames = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (_outcomes is not null)
        {
            VisitChanges((name, newName) =>
            {
                if (!newName.IsEmpty)
                {
                    renames[Encoding.UTF8.GetString(name)] = Encoding.UTF8.GetString(newName);
                }
            });
            return renames;
        }

        foreach (SymbolDecision decision in Decisions.Where(decision => decision.Action == SymbolAction.Rename))
        {
            renames[decision.Name] = decision.NewName;
        }

        return renames;
    }

    private SortedDictionary<string, string> CollectHeaderRenames()
    {
        var renames = new SortedDictionary<string, string>(_renames.Value, StringComparer.Ordinal);
        foreach ((string name, string newName) in HeaderOnlyRenames)
        {
            renames.TryAdd(name, newName);
        }

        return renames;
    }
}

/// <summary>What happens to a global definition.</summary>
public enum SymbolAction : byte
{
    /// <summary>It stays global under its name.</summary>
    Keep,

    /// <summary>It stays global under a new name, and every reference follows.</summary>
    Rename,

    /// <summary>It is seen only in its own object from then on.</summary>
    Localize,
}

/// <summary>What happens to one global definition, and why.</summary>
/// <param name="Library">The library of the object that defines it.</param>
/// <param name="Object">The object's path, as in the census.</param>
/// <param name="Name">Its name in the object now.</param>
/// <param name="Action">What happens to it.</param>
/// <param name="NewName">Its name afterwards; the same unless <paramref name="Action"/> is <see cref="SymbolAction.Rename"/>.</param>
/// <param name="Rule">The rule that decided, 1 to 8, as docs and policies number them.</param>
/// <param name="Reason">The same in words.</param>
/// <param name="IsPublic">Whether programs outside the set may use the name; else it is local, a tool's, or the set's own affair.</param>
public sealed record SymbolDecision(
    string Library, string Object, string Name, SymbolAction Action, string NewName, int Rule, string Reason, bool IsPublic);

/// <summary>Takes one change of a plan; both names are valid during the call only.</summary>
/// <param name="name">The name as it is.</param>
/// <param name="newName">The new one; empty when the definition becomes local.</param>
public delegate void PlannedChangeVisitor(ReadOnlySpan<byte> name, ReadOnlySpan<byte> newName);

/// <summary>What the plan does to one object.</summary>
/// <param name="Library">Its library.</param>
/// <param name="Path">Its path, as in the census.</param>
/// <param name="Decisions">Its own global definitions, sorted by name.</param>
/// <param name="RenamedReferences">The names, before the pass, of renamed definitions of other objects that it refers to; sorted.</param>
public sealed record PlannedObject(
    string Library, string Path, IReadOnlyList<SymbolDecision> Decisions, IReadOnlyList<string> RenamedReferences);

/// <summary>A name that objects of the set refer to and that nobody is known to define: the guest or its libc has to.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsWeak">Whether every reference is weak, so that the link succeeds without it.</param>
/// <param name="Objects">The objects that refer to it, sorted by path.</param>
public sealed record UnresolvedName(string Name, bool IsWeak, IReadOnlyList<string> Objects)
{
    /// <inheritdoc/>
    public bool Equals(UnresolvedName? other) =>
        other is not null && Name == other.Name && IsWeak == other.IsWeak && Objects.SequenceEqual(other.Objects);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, IsWeak, Objects.Count);
}
