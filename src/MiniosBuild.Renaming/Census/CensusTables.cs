using System.Runtime.InteropServices;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Census;

/// <summary>The definitions and references of all objects, one after the other; only added to while a census is read.</summary>
internal sealed class CensusTables
{
    private readonly List<CensusObject> _objects = [];
    private readonly List<DefinitionEntry> _definitions = [];
    private readonly List<ReferenceEntry> _references = [];
    private readonly List<int> _versioned = [];
    private readonly List<CensusMark> _marks = [];
    private readonly List<(int Object, ObjectFormatException Fault)> _markFaults = [];

    public NameTable Names { get; } = new();

    public ReadOnlySpan<CensusObject> Objects => CollectionsMarshal.AsSpan(_objects);

    public ReadOnlySpan<DefinitionEntry> Definitions => CollectionsMarshal.AsSpan(_definitions);

    public ReadOnlySpan<ReferenceEntry> References => CollectionsMarshal.AsSpan(_references);

    /// <summary>The numbers of the names that carry a symbol version, <c>name@VERSION</c>.</summary>
    public ReadOnlySpan<int> Versioned => CollectionsMarshal.AsSpan(_versioned);

    /// <summary>The names with an export mark, which need be names of no symbol.</summary>
    public NameTable MarkNames { get; } = new();

    /// <summary>The export marks, in the order of the objects.</summary>
    public ReadOnlySpan<CensusMark> Marks => CollectionsMarshal.AsSpan(_marks);

    /// <summary>The objects whose marks cannot be read.</summary>
    public IReadOnlyList<(int Object, ObjectFormatException Fault)> MarkFaults => _markFaults;

    /// <summary>The number of the first definition of an object.</summary>
    public int DefinitionStart(int number) => number == 0 ? 0 : _objects[number - 1].DefinitionEnd;

    public ReadOnlySpan<DefinitionEntry> DefinitionsOf(int number) => Definitions[DefinitionStart(number).._objects[number].DefinitionEnd];

    public ReadOnlySpan<ReferenceEntry> ReferencesOf(int number) =>
        References[(number == 0 ? 0 : _objects[number - 1].ReferenceEnd).._objects[number].ReferenceEnd];

    /// <summary>The object that a definition is of.</summary>
    public int ObjectOf(int definition)
    {
        int low = 0;
        int high = _objects.Count - 1;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _objects[middle].DefinitionEnd <= definition ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    public int AddName(ReadOnlySpan<byte> name)
    {
        int before = Names.Count;
        int number = Names.Add(name);
        if (number == before && name.Contains((byte)'@'))
        {
            _versioned.Add(number);
        }

        return number;
    }

    public void Add(DefinitionEntry definition) => _definitions.Add(definition);

    public void Add(ReferenceEntry reference) => _references.Add(reference);

    /// <summary>Adds the marks of the object that is being read.</summary>
    public void Add(ElfExportMarks marks)
    {
        foreach (ElfExportMark mark in marks.Marks)
        {
            _marks.Add(new CensusMark(MarkNames.Add(mark.Name.Span), _objects.Count));
        }

        if (marks.Fault is { } fault)
        {
            _markFaults.Add((_objects.Count, fault));
        }
    }

    /// <summary>Ends an object: what was added since the previous one is its own.</summary>
    public void EndObject(string library, string path, bool isMember, string? note) =>
        _objects.Add(new CensusObject(library, path, isMember, note, _definitions.Count, _references.Count));
}

/// <summary>One undefined reference: the number of its name, and whether it is weak.</summary>
internal readonly record struct ReferenceEntry
{
    private readonly uint _packed;

    public ReferenceEntry(int name, bool isWeak) => _packed = ((uint)name << 1) | (isWeak ? 1u : 0u);

    public int Name => (int)(_packed >> 1);

    public bool IsWeak => (_packed & 1) != 0;
}

/// <summary>One global definition, in as few bytes as a million of them need.</summary>
/// <param name="Name">The number of its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Binding">Global, weak or GNU unique.</param>
/// <param name="InComdatGroup">As <see cref="SymbolDefinition.InComdatGroup"/>.</param>
/// <param name="IsComdatSignature">As <see cref="SymbolDefinition.IsComdatSignature"/>.</param>
internal readonly record struct DefinitionEntry(
    int Name, SymbolKind Kind, ElfSymbolBinding Binding, bool InComdatGroup, bool IsComdatSignature)
{
    public bool IsWeak => Binding == ElfSymbolBinding.Weak;

    public bool IsFunction => Kind.IsCode();

    /// <summary>Whether a second one like it fails a link that takes both: common symbols and COMDAT groups are merged.</summary>
    public bool IsStrong => Binding == ElfSymbolBinding.Global && Kind != SymbolKind.Common && !InComdatGroup;

    /// <summary>Of definitions of one name a link takes that of the highest rank (gABI, Symbol Table: STB_WEAK, SHN_COMMON).</summary>
    public int Rank => IsWeak ? 0 : Kind == SymbolKind.Common ? 1 : 2;
}
