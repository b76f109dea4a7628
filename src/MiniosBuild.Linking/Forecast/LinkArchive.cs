using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Linking.Forecast;

/// <summary>An archive of a link: which of its members define which names.</summary>
internal sealed class LinkArchive
{
    private readonly ArArchive _archive;
    private readonly NameTable _names;
    private readonly Dictionary<long, int> _numbers = [];

    public LinkArchive(LinkInput input, ArArchive archive, NameTable names)
    {
        Input = input;
        _archive = archive;
        _names = names;
        Taken = new LinkObject?[archive.Members.Count];
        if (archive.Index is { } index)
        {
            ReadIndex(index, names);
        }
        else
        {
            ReadSymbols(names);
        }

        Done = new bool[Entries.Count];
    }

    public LinkInput Input { get; }

    /// <summary>The objects of the members that the link takes, by the members' places.</summary>
    public LinkObject?[] Taken { get; }

    /// <summary>The index: the number of a name, and the place of the member that defines it (-1 when a stale index leads nowhere).</summary>
    public List<(int Name, int Member)> Entries { get; } = [];

    /// <summary>The entries that need no further look.</summary>
    public bool[] Done { get; }

    /// <summary>The names that its members define.</summary>
    public IEnumerable<string> Names => Entries.Select(entry => _names.Text(entry.Name));

    public IReadOnlyList<ArMember> Members => _archive.Members;

    public LinkObject NewObject(int member) => new(Input, Members[member].Name, Members[member].HeaderOffset);

    /// <summary>Whether a member defines a name as initialised or zeroed data, strongly: a common symbol of that name is worth fetching it for.</summary>
    public bool DefinesData(int member, ReadOnlySpan<byte> name)
    {
        try
        {
            foreach (ElfSymbol symbol in ElfFile.Parse(Members[member].Data).Symbols)
            {
                if (symbol.IsGlobal && symbol.NameBytes.SequenceEqual(name))
                {
                    return symbol.Binding != ElfSymbolBinding.Weak && symbol.Type != ElfSymbolType.Func
                        && symbol.Placement is ElfSymbolPlacement.Section or ElfSymbolPlacement.Absolute;
                }
            }
        }
        catch (ObjectFormatException)
        {
            // It is told when the member is taken.
        }

        return false;
    }

    private void ReadIndex(ArSymbolIndex index, NameTable names)
    {
        for (int i = 0; i < Members.Count; i++)
        {
            _numbers[Members[i].HeaderOffset] = i;
        }

        Entries.EnsureCapacity(index.Count);
        long offset = -1;
        int member = -1;
        for (int i = 0; i < index.Count; i++)
        {
            ArIndexEntry entry = index[i];
            if (entry.MemberOffset != offset)
            {
                offset = entry.MemberOffset;
                member = _numbers.GetValueOrDefault(offset, -1);
            }

            Entries.Add((names.Add(VersionedName.Plain(entry.SymbolBytes)), member));
        }
    }

    /// <summary>What <c>ranlib</c> would put into the index that is not there.</summary>
    private void ReadSymbols(NameTable names)
    {
        for (int i = 0; i < Members.Count; i++)
        {
            ReadOnlyMemory<byte> data = Members[i].Data;
            if (!ElfFile.IsElf(data.Span))
            {
                continue;
            }

            try
            {
                foreach (ElfSymbol symbol in ElfFile.Parse(data).Symbols)
                {
                    if (symbol.IsGlobal && symbol.IsDefined && symbol.HasName)
                    {
                        Entries.Add((names.Add(VersionedName.Plain(symbol.NameBytes)), i));
                    }
                }
            }
            catch (ObjectFormatException)
            {
                // Nobody can ask for it.
            }
        }
    }
}
