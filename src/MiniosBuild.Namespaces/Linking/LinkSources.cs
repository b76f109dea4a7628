using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>
/// Where the sources have what an object of a link defines, uses or does. Damaged debug information is no reason to say nothing of what was
/// found: there is no line then.
/// </summary>
internal sealed class LinkSources(IReadOnlyList<(string Recorded, string Real)> pathMap)
{
    private const int MostOpen = 16;

    private readonly Dictionary<LinkObject, DwarfReader?> _readers = [];

    /// <summary>Where a symbol is defined.</summary>
    public SourcePosition? DefinitionOf(in LinkPlace place)
    {
        LinkPlace at = place;
        return place.Object.Elf is { } elf && place.Symbol > 0
            ? Ask(ReaderOf(place.Object), pathMap, reader => reader.DeclarationOf(elf.Symbols[at.Symbol]))
            : null;
    }

    /// <summary>Where a symbol is first used.</summary>
    public SourcePosition? UseOf(in LinkPlace place) =>
        place.Object.Elf is not null && place.Symbol > 0 ? UseOf(ReaderOf(place.Object), place.Symbol, pathMap) : null;

    /// <summary>The line of an instruction.</summary>
    public SourcePosition? LineAt(LinkObject owner, int section, ulong offset) =>
        Ask(ReaderOf(owner), pathMap, reader => reader.LineAt(section, offset));

    public static SourcePosition? UseOf(DwarfReader? reader, int symbol, IReadOnlyList<(string Recorded, string Real)> pathMap) =>
        Ask(reader, pathMap, r => r.UseOf(symbol));

    /// <summary>The debug information of an object; null when it has none.</summary>
    public static DwarfReader? Open(ElfFile elf)
    {
        try
        {
            return DwarfReader.Open(elf);
        }
        catch (ObjectFormatException)
        {
            return null;
        }
    }

    private static SourcePosition? Ask(
        DwarfReader? reader, IReadOnlyList<(string Recorded, string Real)> pathMap, Func<DwarfReader, SourcePosition?> question)
    {
        try
        {
            return reader is not null && question(reader) is { } found ? found with { File = RecordedPath.Real(found.File, pathMap) } : null;
        }
        catch (ObjectFormatException)
        {
            return null;
        }
    }

    private DwarfReader? ReaderOf(LinkObject owner)
    {
        if (!_readers.TryGetValue(owner, out DwarfReader? reader))
        {
            if (_readers.Count >= MostOpen)
            {
                _readers.Clear();
            }

            _readers.Add(owner, reader = owner.Elf is { } elf ? Open(elf) : null);
        }

        return reader;
    }
}
