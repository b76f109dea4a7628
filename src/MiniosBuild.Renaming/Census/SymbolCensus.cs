using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Census;

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
            throw new DiagnosticException(Diagnostic.Error(PlanCodes.Unreadable, $"cannot read the file: {why} Give an object or an archive that can be read.", path), e);
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

/// <summary>One relocatable object of the set, or an archive of them where that is allowed.</summary>
/// <param name="Library">The library that it goes into: <c>core</c>, <c>libc</c>, <c>blkfront</c>, …</param>
/// <param name="Path">What diagnostics call it; identifies it in the census and the plan.</param>
/// <param name="Data">Its bytes; needed only while the census is read.</param>
public sealed record CensusInput(string Library, string Path, ReadOnlyMemory<byte> Data);

/// <summary>One object, and which definitions and references of the census are its own: those before its ends and not before the previous object's.</summary>
/// <param name="Library">The same string instance for all objects of a library.</param>
/// <param name="Path">What diagnostics call it: <c>file</c> or <c>archive(member)</c>.</param>
/// <param name="IsMember">Whether it is a member of an archive, which a link may leave out.</param>
/// <param name="Note">The text that an earlier pass left in it; null when there was none.</param>
/// <param name="DefinitionEnd">The number of the first definition that is no longer its own.</param>
/// <param name="ReferenceEnd">The same for references.</param>
internal readonly record struct CensusObject(string Library, string Path, bool IsMember, string? Note, int DefinitionEnd, int ReferenceEnd);

/// <summary>One export mark: the number of its name among those of marks, and of its object.</summary>
internal readonly record struct CensusMark(int Name, int Object);

/// <summary>One undefined reference of an object.</summary>
/// <param name="Name">The name that another object has to define.</param>
/// <param name="IsWeak">Whether it is 0 when none does.</param>
public sealed record SymbolReference(string Name, bool IsWeak);

/// <summary>One global definition of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Binding">Global, weak or GNU unique.</param>
/// <param name="InComdatGroup">Its section is dropped when another object has a group of the same signature.</param>
/// <param name="IsComdatSignature">Its name identifies a COMDAT group.</param>
public sealed record SymbolDefinition(
    string Name, SymbolKind Kind, ElfSymbolBinding Binding, bool InComdatGroup = false, bool IsComdatSignature = false)
{
    /// <summary>Whether a definition in another object takes its place without a word.</summary>
    public bool IsWeak => Binding == ElfSymbolBinding.Weak;

    /// <summary>Whether two of them in one link are an error.</summary>
    public bool IsStrong => Binding == ElfSymbolBinding.Global && Kind != SymbolKind.Common && !InComdatGroup;

    /// <summary>Whether it is code.</summary>
    public bool IsFunction => Kind.IsCode();
}
