using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;

namespace MiniosBuild.Namespaces;

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
                    "MINIOS1306", $"the object is given twice, for library {previous} and for library {library}; give each object once.", path));
            }
        }

        return sorted;
    }

    public void ReadObject(CensusInput input) => _objects.Read(LibraryOf(input), input.Path, input.Data, isMember: false);

    public void ReadObjectOrArchive(CensusInput input)
    {
        if (!ArArchive.IsArchive(input.Data.Span))
        {
            ReadObject(input);
            return;
        }

        ArArchive archive = Parse(input);
        string library = LibraryOf(input);
        bool[] isRepeated = RepeatedNames(archive);
        for (int i = 0; i < archive.Members.Count; i++)
        {
            ArMember member = archive.Members[i];
            string path = isRepeated[i] ? $"{input.Path}({member.Name}@0x{member.HeaderOffset:x})" : $"{input.Path}({member.Name})";
            _objects.Read(library, path, member.Data, isMember: true);
        }
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
            "MINIOS1319",
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
