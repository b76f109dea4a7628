using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>Finds where the sources have what findings are about; reads debug information of those objects only that have findings.</summary>
internal sealed class SourceLocator(List<SetObject> objects, IReadOnlyList<(string Recorded, string Real)> pathMap)
{
    public void Locate(FoundList found)
    {
        // By object, so that no two are open at a time: a request is the number of a finding and which of its two symbols is meant.
        var requests = new List<(int Object, int Finding, bool IsOther)>();
        ReadOnlySpan<FoundEntry> entries = found.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            AddRequest(entries[i].Site, i, isOther: false);
            AddRequest(entries[i].Other, i, isOther: true);
        }

        requests.Sort((left, right) => left.Object != right.Object ? left.Object.CompareTo(right.Object) : left.Finding.CompareTo(right.Finding));
        int opened = -1;
        ObjectPositions? positions = null;
        foreach ((int number, int finding, bool isOther) in requests)
        {
            if (number != opened)
            {
                opened = number;
                positions = new ObjectPositions(objects[number]);
            }

            FoundEntry entry = found.Entries[finding];
            SymbolSite site = isOther ? entry.Other : entry.Site;
            if (positions!.Of(site.Symbol, site.Kind) is { } position)
            {
                found.Locate(finding, isOther, position with { File = RecordedPath.Real(position.File, pathMap) });
            }
        }

        void AddRequest(in SymbolSite site, int finding, bool isOther)
        {
            if (site.Exists && objects[site.Object].HasDebugInformation)
            {
                requests.Add((site.Object, finding, isOther));
            }
        }
    }
}

/// <summary>Where the sources have the symbols of one object, as far as its debug information tells.</summary>
internal sealed class ObjectPositions
{
    private readonly ElfFile _elf;
    private readonly DwarfReader? _reader;

    public ObjectPositions(SetObject source)
    {
        _elf = ElfFile.Parse(source.Data); // It was parsed before, so that it is well-formed.
        try
        {
            _reader = DwarfReader.Open(_elf);
        }
        catch (ObjectFormatException)
        {
        }
    }

    public SourcePosition? Of(int symbol, SymbolKind kind)
    {
        // Damaged debug information is no reason to say nothing of what was found: it is told without a line.
        try
        {
            return kind == SymbolKind.Undefined ? _reader?.UseOf(symbol) : _reader?.DeclarationOf(_elf.Symbols[symbol]);
        }
        catch (ObjectFormatException)
        {
            return null;
        }
    }
}
