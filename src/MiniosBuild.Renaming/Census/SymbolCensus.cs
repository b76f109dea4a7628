using MiniosBuild.ObjectFormats;

namespace MiniosBuild.Renaming;

/// <summary>Every global definition and undefined reference of all objects of the set. Immutable.</summary>
public sealed class SymbolCensus
{
    private readonly Lazy<IReadOnlyList<ObjectSymbols>> _objects;

    private SymbolCensus(CensusTables tables)
    {
        Tables = tables;
        _objects = new(() => [.. Enumerable.Range(0, tables.Objects.Length).Select(SymbolsOf)]);
    }

    /// <summary>The objects, sorted by path; members of an archive in its order. Texts are made when this is first asked for.</summary>
    public IReadOnlyList<ObjectSymbols> Objects => _objects.Value;

    /// <summary>How many objects there are.</summary>
    public int ObjectCount => Tables.Objects.Length;

    /// <summary>How many global definitions they have.</summary>
    public int DefinitionCount => Tables.Definitions.Length;

    /// <summary>How many undefined references they have.</summary>
    public int ReferenceCount => Tables.References.Length;

    /// <summary>How many names there are, however often each is defined and referred to.</summary>
    public int NameCount => Tables.Names.Count;

    internal CensusTables Tables { get; }

    /// <summary>Reads the symbols of all objects, which must be relocatable and for one machine.</summary>
    /// <exception cref="DiagnosticException">
    /// The first object, by path, that cannot be handled: MINIOS1301 not a relocatable object, 1302 for another machine than the
    /// first, 1303 with intermediate code (LTO), 1306 given twice; MINIOS20xx damaged.
    /// </exception>
    public static SymbolCensus Read(IEnumerable<CensusInput> inputs)
    {
        var reader = new CensusReader();
        foreach (CensusInput input in CensusReader.Sort(inputs, input => (input.Library, input.Path)))
        {
            reader.ReadObject(input);
        }

        return new SymbolCensus(reader.Tables);
    }

    /// <summary>
    /// The same for objects and archives; a member is called <c>archive(member)</c>, or <c>archive(member@0xOFFSET)</c>, with the offset of its
    /// header, where the archive has several of its name.
    /// </summary>
    /// <exception cref="DiagnosticException">As <see cref="Read"/>; MINIOS1319 a thin archive, MINIOS21xx a damaged one.</exception>
    public static SymbolCensus ReadArchives(IEnumerable<CensusInput> inputs)
    {
        var reader = new CensusReader();
        foreach (CensusInput input in CensusReader.Sort(inputs, input => (input.Library, input.Path)))
        {
            reader.ReadObjectOrArchive(input);
        }

        return new SymbolCensus(reader.Tables);
    }

    /// <summary>The same for files, each of which is mapped only while it is read.</summary>
    /// <exception cref="DiagnosticException">As <see cref="ReadArchives"/>; MINIOS1318 a file that cannot be read.</exception>
    public static SymbolCensus ReadFiles(IEnumerable<CensusFile> files)
    {
        var reader = new CensusReader();
        foreach (CensusFile file in CensusReader.Sort(files, file => (file.Library, file.Path)))
        {
            using MappedFile map = Open(file.Path);
            reader.ReadObjectOrArchive(new CensusInput(file.Library, file.Path, map.Memory));
        }

        return new SymbolCensus(reader.Tables);
    }

    private static MappedFile Open(string path)
    {
        try
        {
            return MappedFile.Open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or OverflowException or ArgumentException or NotSupportedException)
        {
            string why = e is OverflowException ? "it has 2 GiB or more." : e.Message;
            throw new DiagnosticException(Diagnostic.Error("MINIOS1318", $"cannot read the file: {why} Give an object or an archive that can be read.", path), e);
        }
    }

    private ObjectSymbols SymbolsOf(int number)
    {
        CensusObject source = Tables.Objects[number];
        var definitions = new List<SymbolDefinition>();
        foreach (ref readonly DefinitionEntry entry in Tables.DefinitionsOf(number))
        {
            definitions.Add(new SymbolDefinition(
                Tables.Names.Text(entry.Name), entry.Kind, entry.Binding, entry.InComdatGroup, entry.IsComdatSignature));
        }

        var references = new List<SymbolReference>();
        foreach (ReferenceEntry entry in Tables.ReferencesOf(number))
        {
            references.Add(new SymbolReference(Tables.Names.Text(entry.Name), entry.IsWeak));
        }

        return new ObjectSymbols(
            source.Library,
            source.Path,
            [.. definitions.OrderBy(definition => definition.Name, StringComparer.Ordinal)],
            [.. references.DistinctBy(reference => reference.Name).OrderBy(reference => reference.Name, StringComparer.Ordinal)],
            source.Note);
    }
}
