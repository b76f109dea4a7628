using MiniosBuild.ObjectFormats.Dwarf;

namespace MiniosBuild.Linking.Forecast;

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
            ? DwarfPositions.Ask(ReaderOf(place.Object), pathMap, reader => reader.DeclarationOf(elf.Symbols[at.Symbol]))
            : null;
    }

    /// <summary>Where a symbol is first used.</summary>
    public SourcePosition? UseOf(in LinkPlace place) =>
        place.Object.Elf is not null && place.Symbol > 0 ? DwarfPositions.UseOf(ReaderOf(place.Object), place.Symbol, pathMap) : null;

    /// <summary>The line of an instruction.</summary>
    public SourcePosition? LineAt(LinkObject owner, int section, ulong offset) =>
        DwarfPositions.Ask(ReaderOf(owner), pathMap, reader => reader.LineAt(section, offset));

    private DwarfReader? ReaderOf(LinkObject owner)
    {
        if (!_readers.TryGetValue(owner, out DwarfReader? reader))
        {
            if (_readers.Count >= MostOpen)
            {
                _readers.Clear();
            }

            _readers.Add(owner, reader = owner.Elf is { } elf ? DwarfPositions.Open(elf) : null);
        }

        return reader;
    }
}
