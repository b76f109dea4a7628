namespace MiniosBuild.Namespaces;

/// <summary>What happens to every global name of the set. Immutable; two plans are equal when their files are.</summary>
public sealed class NamespacePlan : IEquatable<NamespacePlan>
{
    private readonly Dictionary<string, PlannedObject> _objects;

    internal NamespacePlan(
        string policyName,
        LibcMode libc,
        IReadOnlyList<PlannedObject> objects,
        IReadOnlyDictionary<string, string> headerOnlyRenames,
        IReadOnlyList<UnresolvedName> unresolved,
        IReadOnlyList<Diagnostic> diagnostics)
    {
        PolicyName = policyName;
        Libc = libc;
        Objects = objects;
        HeaderOnlyRenames = headerOnlyRenames;
        Unresolved = unresolved;
        Diagnostics = diagnostics;
        _objects = objects.ToDictionary(planned => planned.Path, StringComparer.Ordinal);
        Decisions =
        [
            .. objects.SelectMany(planned => planned.Decisions)
                .OrderBy(decision => decision.Library, StringComparer.Ordinal)
                .ThenBy(decision => decision.Object, StringComparer.Ordinal)
                .ThenBy(decision => decision.Name, StringComparer.Ordinal),
        ];
        var renames = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (SymbolDecision decision in Decisions.Where(decision => decision.Action == SymbolAction.Rename))
        {
            renames[decision.Name] = decision.NewName;
        }

        Renames = renames;
        var headerRenames = new SortedDictionary<string, string>(renames, StringComparer.Ordinal);
        foreach ((string name, string newName) in headerOnlyRenames)
        {
            headerRenames.TryAdd(name, newName);
        }

        HeaderRenames = headerRenames;
    }

    /// <summary>The policy's name.</summary>
    public string PolicyName { get; }

    /// <summary>Whose C library the plan reckons with.</summary>
    public LibcMode Libc { get; }

    /// <summary>The objects of the set, sorted by path.</summary>
    public IReadOnlyList<PlannedObject> Objects { get; }

    /// <summary>All decisions, sorted by library, object and name.</summary>
    public IReadOnlyList<SymbolDecision> Decisions { get; }

    /// <summary>Old name to new name, for the whole set, sorted.</summary>
    public IReadOnlyDictionary<string, string> Renames { get; }

    /// <summary>What headers are rewritten with: <see cref="Renames"/> and names that headers declare but no object defines globally.</summary>
    public IReadOnlyDictionary<string, string> HeaderRenames { get; }

    /// <summary>Names that the guest or its libc has to define, sorted.</summary>
    public IReadOnlyList<UnresolvedName> Unresolved { get; }

    /// <summary>What is wrong with the plan, or was asked for in vain.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    internal IReadOnlyDictionary<string, string> HeaderOnlyRenames { get; }

    /// <summary>Reads what <see cref="Serialize"/> wrote.</summary>
    /// <exception cref="DiagnosticException">MINIOS1316: not a plan.</exception>
    public static NamespacePlan Parse(ReadOnlyMemory<byte> data, string path) => PlanFile.Read(data, path);

    /// <summary>The plan as JSON in UTF-8; equal plans give equal bytes.</summary>
    public byte[] Serialize() => PlanFile.Write(this);

    /// <summary>The renames that concern one object: of its own definitions and of what it refers to; sorted.</summary>
    /// <exception cref="KeyNotFoundException">The object is not in the plan.</exception>
    public IReadOnlyList<(string Old, string New)> RenamesFor(string objectPath) =>
    [
        .. _objects[objectPath].Decisions.Where(decision => decision.Action == SymbolAction.Rename).Select(decision => decision.Name)
            .Concat(_objects[objectPath].RenamedReferences)
            .Order(StringComparer.Ordinal)
            .Select(name => (name, Renames[name])),
    ];

    /// <summary>The names to make local in one object, sorted; to be applied after its renames.</summary>
    /// <exception cref="KeyNotFoundException">The object is not in the plan.</exception>
    public IReadOnlyList<string> LocalsFor(string objectPath) =>
    [
        .. _objects[objectPath].Decisions.Where(decision => decision.Action == SymbolAction.Localize).Select(decision => decision.NewName),
    ];

    /// <summary>All renames as <c>old new</c> lines, as objcopy --redefine-syms reads them.</summary>
    public string RenameMapText() => string.Concat(Renames.Select(rename => $"{rename.Key} {rename.Value}\n"));

    /// <inheritdoc/>
    public bool Equals(NamespacePlan? other) => other is not null && Serialize().AsSpan().SequenceEqual(other.Serialize());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NamespacePlan);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(PolicyName, Libc, Decisions.Count);
}
