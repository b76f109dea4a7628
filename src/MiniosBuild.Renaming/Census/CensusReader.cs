using MiniosBuild.ObjectFormats.Sets;

namespace MiniosBuild.Renaming.Census;

/// <summary>Reads objects and archives, one after the other, in the order of their paths.</summary>
internal sealed class CensusReader
{
    private readonly Dictionary<string, string> _libraries = new(StringComparer.Ordinal);
    private readonly CensusObjectReader _objects;

    public CensusReader() => _objects = new CensusObjectReader(Tables);

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

    public void ReadObject(CensusInput input) => _objects.Read(LibraryOf(input), new ObjectFile(input.Path, input.Data));

    public void ReadObjectOrArchive(CensusInput input)
    {
        string library = LibraryOf(input);
        foreach (ObjectFile file in ObjectReader.Open(input.Path, input.Data, CensusObjectReader.Refuse))
        {
            _objects.Read(library, file);
        }
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
