using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Validation;

/// <summary>
/// Who defines and who wants each name of a set: of each the one that matters, and only definitions that may quarrel all of them,
/// so that a million symbols need no more than a few arrays.
/// </summary>
internal sealed class SetSymbols(PermittedNames permitted)
{
    private Entry[] _entries = new Entry[1024];

    public NameTable Names { get; } = new();

    /// <summary>Definitions besides <see cref="Definition"/> that are not weak, and those of hooks that are, in the order of the objects.</summary>
    public List<(int Name, SymbolSite Site)> MoreDefinitions { get; } = [];

    /// <summary>The number of a name.</summary>
    public int Number(ReadOnlySpan<byte> name)
    {
        int number = Names.Add(name);
        if (number >= _entries.Length)
        {
            Array.Resize(ref _entries, _entries.Length * 2);
        }

        return number;
    }

    public NameTraits TraitsOf(int name)
    {
        ref Entry entry = ref _entries[name];
        return entry.Traits != NameTraits.None ? entry.Traits : entry.Traits = permitted.TraitsOf(Names.Bytes(name));
    }

    /// <summary>The first definition that is not weak, else the first.</summary>
    public SymbolSite Definition(int name) => _entries[name].Definition.Site;

    /// <summary>Whether several objects define it.</summary>
    public bool IsDefinedOften(int name) => _entries[name].IsDefinedOften;

    /// <summary>The first reference that is not weak, else the first.</summary>
    public SymbolSite User(int name) => _entries[name].User.Site;

    /// <summary>The first object that has it as a local symbol.</summary>
    public SymbolSite Local(int name) => _entries[name].Local.Site;

    public void Define(int name, in SymbolSite site)
    {
        ref Entry entry = ref _entries[name];
        if (!entry.Definition.Exists)
        {
            entry.Definition = new Slot(site);
            return;
        }

        entry.IsDefinedOften = true;
        SymbolSite first = entry.Definition.Site;
        SymbolSite other = site;
        if (first.IsWeak && !site.IsWeak)
        {
            entry.Definition = new Slot(site);
            other = first;
        }

        if (!other.IsWeak || (TraitsOf(name) & NameTraits.Hook) != 0)
        {
            MoreDefinitions.Add((name, other));
        }
    }

    public void Want(int name, in SymbolSite site)
    {
        ref Entry entry = ref _entries[name];
        if (!entry.User.Exists || (entry.User.Site.IsWeak && !site.IsWeak))
        {
            entry.User = new Slot(site);
        }
    }

    public void Hide(int name, in SymbolSite site)
    {
        ref Entry entry = ref _entries[name];
        if (!entry.Local.Exists)
        {
            entry.Local = new Slot(site);
        }
    }

    /// <summary>The numbers of all names that a condition holds for, sorted by the names' bytes.</summary>
    public int[] Sorted(Func<int, bool> condition)
    {
        var found = new List<int>();
        for (int name = 0; name < Names.Count; name++)
        {
            if (condition(name))
            {
                found.Add(name);
            }
        }

        return Sorted(found);
    }

    /// <summary>Names sorted by their bytes.</summary>
    public int[] Sorted(IEnumerable<int> names)
    {
        int[] sorted = [.. names];
        Array.Sort(sorted, (left, right) => Names.Bytes(left).SequenceCompareTo(Names.Bytes(right)));
        return sorted;
    }

    private struct Entry
    {
        public Slot Definition;
        public Slot User;
        public Slot Local;
        public NameTraits Traits;
        public bool IsDefinedOften;
    }

    // A site in 8 bytes and two; all zero is none.
    private readonly struct Slot(in SymbolSite site)
    {
        private readonly int _object = site.Object + 1;
        private readonly int _symbol = site.Symbol;
        private readonly byte _kind = (byte)site.Kind;
        private readonly byte _binding = (byte)site.Binding;

        public bool Exists => _object != 0;

        public SymbolSite Site => Exists ? new SymbolSite(_object - 1, _symbol, (SymbolKind)_kind, (ElfSymbolBinding)_binding) : SymbolSite.None;
    }
}

/// <summary>One symbol of one object of the set.</summary>
/// <param name="Object">Which object; -1 for none.</param>
/// <param name="Symbol">Its index in the object's symbol table.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Binding">Global, weak or GNU unique.</param>
internal readonly record struct SymbolSite(int Object, int Symbol, SymbolKind Kind, ElfSymbolBinding Binding)
{
    public static SymbolSite None { get; } = new(-1, 0, SymbolKind.Undefined, ElfSymbolBinding.Local);

    public bool Exists => Object >= 0;

    public bool IsWeak => Binding == ElfSymbolBinding.Weak;

    public bool IsCode => Kind.IsCode();
}
