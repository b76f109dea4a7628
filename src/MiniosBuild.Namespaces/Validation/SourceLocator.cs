using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

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
        ElfFile? elf = null;
        DwarfReader? reader = null;
        foreach ((int number, int finding, bool isOther) in requests)
        {
            if (number != opened)
            {
                opened = number;
                (elf, reader) = Open(objects[number]);
            }

            FoundEntry entry = found.Entries[finding];
            if (reader is not null && PositionOf(elf!, reader, isOther ? entry.Other : entry.Site) is { } position)
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

    private static (ElfFile Elf, DwarfReader? Reader) Open(SetObject shipped)
    {
        ElfFile elf = ElfFile.Parse(shipped.Data); // It was parsed before, so that it is well-formed.
        try
        {
            return (elf, DwarfReader.Open(elf));
        }
        catch (ObjectFormatException)
        {
            return (elf, null);
        }
    }

    private static SourcePosition? PositionOf(ElfFile elf, DwarfReader reader, in SymbolSite site)
    {
        // Damaged debug information is no reason to say nothing of what was found: it is told without a line.
        try
        {
            return site.Class == SymbolClass.Unknown ? reader.UseOf(site.Symbol) : reader.DeclarationOf(elf.Symbols[site.Symbol]);
        }
        catch (ObjectFormatException)
        {
            return null;
        }
    }
}
