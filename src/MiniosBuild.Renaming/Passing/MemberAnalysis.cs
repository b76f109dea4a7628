using System.Buffers;
using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Renaming.Passing;

/// <summary>Finds out what a map changes in one object, and what the object's part of the index is called afterwards.</summary>
/// <param name="map">What happens to names.</param>
/// <param name="usage">Where they are met.</param>
/// <param name="adopts">As <see cref="PassOptions.Adopts"/>.</param>
internal sealed class MemberAnalysis(SymbolMap map, NameUsage usage, bool adopts)
{
    /// <summary>Fills in the changes, the count of those made local, and the index names of a member.</summary>
    /// <param name="member">The member to fill in.</param>
    /// <param name="file">Its object.</param>
    /// <param name="number">Its place in the archive.</param>
    /// <exception cref="DiagnosticException">MINIOS1305: a name that the map changes carries a symbol version.</exception>
    public void Run(PassMember member, ElfFile file, int number)
    {
        var names = new ArrayBufferWriter<byte>(256);
        int nameCount = 0;
        var changes = new List<(int, int)>();
        for (int index = 1; index < file.Symbols.Count; index++)
        {
            ElfSymbol symbol = file.Symbols[index];
            if (!symbol.IsGlobal && !symbol.IsCommon)
            {
                continue;
            }

            ReadOnlySpan<byte> name = symbol.NameBytes;
            int entry = symbol.IsGlobal && symbol.HasOwnName ? Entry(member, symbol, name, number) : -1;
            if (entry >= 0)
            {
                changes.Add((index, entry));
                name = map[entry].NewName.Span;
                if (map[entry].MakeLocal)
                {
                    member.MadeLocal++;
                    continue;
                }
            }

            if (ArIndexNames.Holds(symbol))
            {
                nameCount++;
                Span<byte> place = names.GetSpan(name.Length + 1);
                name.CopyTo(place);
                place[name.Length] = 0;
                names.Advance(name.Length + 1);
            }
        }

        member.Changes = [.. changes];
        member.KeptGroup = KeptGroup.Find(file, member.Changes, map);
        member.IndexNames = new ArIndexNames(names.WrittenSpan.ToArray(), nameCount);
    }

    /// <summary>Requires that a member whose note says that it went through the pass has nothing left that the map changes.</summary>
    /// <exception cref="DiagnosticException">MINIOS1335: it has.</exception>
    public void RunPassed(PassMember member, ElfFile file, int number)
    {
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (!symbol.IsGlobal || !symbol.HasOwnName)
            {
                continue;
            }

            (int entry, int targetOf) = map.Find(symbol.NameBytes);
            if (targetOf >= 0)
            {
                // Where names change places, a name that the map gives is one that it takes as well.
                usage.HasPassed(targetOf, number);
            }
            else if (entry >= 0 && !map[entry].Keeps && (symbol.IsDefined || !map[entry].MakeLocal))
            {
                throw new DiagnosticException(Diagnostic.Error(
                    PassCodes.OtherPass,
                    $"the object's note says that it went through this pass already, but it still has the symbol \"{symbol.Name}\", which the pass changes: the pass was by another map or plan, or ld -r joined the object with one that was not passed; pass the objects that the compiler made",
                    member.Path));
            }
        }
    }

    /// <returns>The entry of the map that changes the symbol; -1 when it stays as it is.</returns>
    private int Entry(PassMember member, in ElfSymbol symbol, ReadOnlySpan<byte> name, int number)
    {
        (int entry, int targetOf) = map.Find(name);
        if (entry >= 0 && !map[entry].Keeps)
        {
            if (!map[entry].MakeLocal)
            {
                usage.Rename(entry, number);
                return entry;
            }

            if (symbol.IsDefined)
            {
                usage.MakeLocal(entry, number);
                return entry;
            }

            usage.Use(entry, number);
        }

        if (targetOf >= 0)
        {
            if (symbol.IsDefined || !adopts)
            {
                usage.HasNewName(targetOf, number);
            }
        }
        else if (entry < 0)
        {
            RequireNoVersion(member, symbol, name);
        }

        return -1;
    }

    /// <summary>The symbol table says name@@VERSION, which a map of plain names would miss without a word.</summary>
    private void RequireNoVersion(PassMember member, in ElfSymbol symbol, ReadOnlySpan<byte> name)
    {
        int version = name.IndexOf((byte)'@');
        if (version > 0 && map.Find(name[..version]).Entry >= 0)
        {
            throw new DiagnosticException(Diagnostic.Error(
                PassCodes.VersionedName,
                $"symbol {symbol.Index}, \"{symbol.Name}\", carries a symbol version, which a rename of the plain name would miss; remove the .symver directive or attribute, or list the whole name in the map",
                member.Path));
        }
    }
}
