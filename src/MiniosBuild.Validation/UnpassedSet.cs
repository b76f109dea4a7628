using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Validation;

/// <summary>The objects of a set as the compiler made them: what they define, and their export marks.</summary>
internal sealed class UnpassedSet
{
    private static readonly ObjectReader s_reader = new(ObjectFault.NotRelocatable);

    private readonly Dictionary<string, SymbolSite> _global = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Object, string Name), int> _local = [];

    public List<SetObject> Objects { get; } = [];

    /// <summary>Marked names, each with the first object that marks it.</summary>
    public SortedDictionary<string, int> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>Objects whose marks cannot be read.</summary>
    public List<(int Object, ObjectFormatException Fault)> Faults { get; } = [];

    /// <summary>Global definitions by name: of each the first that is not weak, else the first.</summary>
    public IReadOnlyDictionary<string, SymbolSite> Definitions => _global;

    /// <summary>A local definition of an object: its symbol; 0 for none.</summary>
    public int Local(int number, string name) => _local.GetValueOrDefault((number, name));

    /// <summary>Reads an object or archive; what cannot be read is left out, since the finished set has the same fault.</summary>
    public void Read(ValidatedFile file)
    {
        try
        {
            foreach ((ObjectFile source, ElfFile elf) in s_reader.ReadAll(file.Path, file.Data, refusal => refusal.ThrowIfDamaged()))
            {
                Add(new SetObject(file, source), elf, ElfExportMarks.Of(elf));
            }
        }
        catch (ObjectFormatException)
        {
        }
    }

    /// <summary>Reads the marks that an object of the finished set still has.</summary>
    /// <returns>Whether it has any.</returns>
    public bool ReadFinished(SetObject finished, ElfFile elf)
    {
        ElfExportMarks marks = ElfExportMarks.Of(elf);
        if (marks.Marks.Count == 0 && marks.Fault is null)
        {
            return false;
        }

        if (!Objects.Exists(known => known.Data.Span.SequenceEqual(finished.Data.Span)))
        {
            Add(finished, elf, marks);
        }

        return true;
    }

    private void Add(SetObject source, ElfFile elf, ElfExportMarks marks)
    {
        int number = Objects.Count;
        Objects.Add(source);
        foreach (ElfExportMark mark in marks.Marks)
        {
            Marks.TryAdd(System.Text.Encoding.UTF8.GetString(mark.Name.Span), number);
        }

        if (marks.Fault is { } fault)
        {
            Faults.Add((number, fault));
        }

        foreach (ElfSymbol symbol in elf.Symbols)
        {
            if (symbol.IsUndefined || !symbol.HasOwnName)
            {
                continue;
            }

            if (!symbol.IsGlobal)
            {
                if (marks.Marks.Count > 0)
                {
                    _local.TryAdd((number, symbol.Name), symbol.Index);
                }

                continue;
            }

            var site = new SymbolSite(number, symbol.Index, elf.KindOf(symbol), symbol.Binding);
            if (!_global.TryAdd(symbol.Name, site) && _global[symbol.Name].IsWeak && !site.IsWeak)
            {
                _global[symbol.Name] = site;
            }
        }
    }
}
