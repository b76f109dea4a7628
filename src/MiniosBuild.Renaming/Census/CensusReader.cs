using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Census;

/// <summary>Reads objects and archives, one after the other, in the order of their paths.</summary>
internal sealed class CensusReader
{
    private readonly Dictionary<string, string> _libraries = new(StringComparer.Ordinal);
    private readonly ObjectReader _objects;

    public CensusReader() => _objects = new ObjectReader(Tables);

    public CensusTables Tables { get; } = new();

    /// <summary>Sorts inputs by path, and refuses one that is given twice.</summary>
    public static T[] Sort<T>(IEnumerable<T> inputs, Func<T, (string Library, string Path)> key)
    {
        T[] sorted = [.. inputs.OrderBy(input => key(input).Path, StringComparer.Ordinal)];
        for (int i = 1; i < sorted.Length; i++)
        {
            ((string previous, string path), string library) = (key(sorted[i - 1]), key(sorted[i]).Library);
            if (path == key(sorted[i]).Path)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    PlanCodes.GivenTwice, $"the object is given twice, for library {previous} and for library {library}; give each object once.", path));
            }
        }

        return sorted;
    }

    public void ReadObject(CensusInput input) => _objects.Read(LibraryOf(input), input.Path, input.Data, isMember: false);

    public void ReadObjectOrArchive(CensusInput input)
    {
        string library = LibraryOf(input);
        foreach ((string path, ReadOnlyMemory<byte> data) in ObjectsOf(input, out ArArchive? archive))
        {
            _objects.Read(library, path, data, isMember: archive is not null);
        }
    }

    /// <summary>The objects of an input, and what they are called.</summary>
    /// <param name="input">An object or an archive.</param>
    /// <param name="archive">The archive; null for an object by itself.</param>
    /// <exception cref="DiagnosticException">MINIOS1319 a thin archive, MINIOS21xx a damaged one.</exception>
    public static List<(string Path, ReadOnlyMemory<byte> Data)> ObjectsOf(CensusInput input, out ArArchive? archive)
    {
        if (!ArArchive.IsArchive(input.Data.Span))
        {
            archive = null;
            return [(input.Path, input.Data)];
        }

        archive = Parse(input);
        bool[] isRepeated = RepeatedNames(archive);
        var objects = new List<(string, ReadOnlyMemory<byte>)>(archive.Members.Count);
        for (int i = 0; i < archive.Members.Count; i++)
        {
            ArMember member = archive.Members[i];
            string path = isRepeated[i] ? $"{input.Path}({member.Name}@0x{member.HeaderOffset:x})" : $"{input.Path}({member.Name})";
            objects.Add((path, member.Data));
        }

        return objects;
    }

    private static ArArchive Parse(CensusInput input)
    {
        ArArchive archive;
        try
        {
            archive = ArArchive.Parse(input.Data);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(input.Path), e);
        }

        return !archive.IsThin ? archive : throw new DiagnosticException(Diagnostic.Error(
            PlanCodes.ThinArchive,
            "the archive is thin: it only names its members' files, which a pass over the archive would have to change in place. Give the objects themselves, or make an ordinary archive (ar rcs without T).",
            input.Path));
    }

    /// <summary>By member: whether another one has its name.</summary>
    private static bool[] RepeatedNames(ArArchive archive)
    {
        var names = new NameTable();
        int[] numbers = new int[archive.Members.Count];
        int[] counts = new int[archive.Members.Count];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = names.Add(archive.Members[i].NameBytes);
            counts[numbers[i]]++;
        }

        return Array.ConvertAll(numbers, number => counts[number] > 1);
    }

    /// <summary>One instance for each library, so that comparing two is mostly comparing references.</summary>
    private string LibraryOf(CensusInput input)
    {
        if (!_libraries.TryGetValue(input.Library, out string? library))
        {
            _libraries.Add(input.Library, library = input.Library);
        }

        return library;
    }
}

/// <summary>One file of the set: a relocatable object, or an archive of them.</summary>
/// <param name="Library">The library that its objects belong to.</param>
/// <param name="Path">Where it is, and what diagnostics call it.</param>
public sealed record CensusFile(string Library, string Path);
