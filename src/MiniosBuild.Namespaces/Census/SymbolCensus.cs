using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>Every global definition and undefined reference of all objects of the set.</summary>
public sealed class SymbolCensus
{
    private SymbolCensus(IReadOnlyList<ObjectSymbols> objects) => Objects = objects;

    /// <summary>The objects, sorted by path.</summary>
    public IReadOnlyList<ObjectSymbols> Objects { get; }

    /// <summary>Reads the symbols of all objects, which must be relocatable and for one machine.</summary>
    /// <exception cref="DiagnosticException">
    /// The first object, by path, that cannot be handled: MINIOS1301 not a relocatable object, 1302 for another machine than the
    /// first, 1303 with intermediate code (LTO), 1304 common symbols, 1305 symbol versions, 1306 given twice; MINIOS20xx damaged.
    /// </exception>
    public static SymbolCensus Read(IEnumerable<CensusInput> inputs)
    {
        CensusInput[] sorted = [.. inputs.OrderBy(input => input.Path, StringComparer.Ordinal)];
        var objects = new List<ObjectSymbols>(sorted.Length);
        ElfFile? first = null;
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i].Path == sorted[i - 1].Path)
            {
                throw new DiagnosticException(Diagnostic.Error(
                    "MINIOS1306",
                    $"the object is given twice, for library {sorted[i - 1].Library} and for library {sorted[i].Library}; give each object once.",
                    sorted[i].Path));
            }

            var reader = new ObjectReader(sorted[i]);
            first ??= reader.Elf;
            reader.RequireSameMachine(first, sorted[0].Path);
            objects.Add(reader.ReadSymbols());
        }

        return new SymbolCensus(objects);
    }
}
