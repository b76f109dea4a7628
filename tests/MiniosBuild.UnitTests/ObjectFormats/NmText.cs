using MiniosBuild.ObjectFormats.Ar;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>What `nm -ps` should print of an archive, without blank lines; letters that stand for a section are reduced to their case.</summary>
internal static class NmText
{
    public static IEnumerable<string> Lines(ArArchive archive)
    {
        if (archive.Index is { Count: > 0 } index)
        {
            yield return "Archive index:";
            foreach (ArIndexEntry entry in index)
            {
                yield return $"{entry.Symbol} in {archive.MemberAt(entry.MemberOffset)!.Name}";
            }
        }

        foreach (ArMember member in archive.Members)
        {
            yield return $"{member.Name}:";
            ElfFile elf = ElfFile.Parse(member.Data);
            foreach (ElfSymbol symbol in elf.Symbols.Skip(1))
            {
                if (symbol.Type is not (ElfSymbolType.File or ElfSymbolType.Section))
                {
                    string value = symbol.IsUndefined ? "" : (symbol.IsCommon ? symbol.Size : symbol.Value).ToString(elf.Class == ElfClass.Elf64 ? "x16" : "x8");
                    yield return $"{value} {Letter(symbol)} {symbol.Name}".TrimStart();
                }
            }
        }
    }

    /// <summary>The line as <see cref="Lines"/> has it.</summary>
    public static string Reduce(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int letter = words.Length == 3 ? 1 : 0;
        if (words.Length < 2 || words[1] == "in" || words[letter].Length != 1)
        {
            return line;
        }

        words[letter] = words[letter] switch
        {
            "T" or "D" or "B" or "R" or "S" or "G" or "A" or "N" or "P" => "global",
            "t" or "d" or "b" or "r" or "s" or "g" or "a" or "n" or "p" => "local",
            string other => other,
        };
        return string.Join(' ', words);
    }

    private static string Letter(ElfSymbol symbol)
    {
        bool isWeak = symbol.Binding == ElfSymbolBinding.Weak;
        bool isObject = symbol.Type == ElfSymbolType.Object;
        return symbol.Placement switch
        {
            ElfSymbolPlacement.Common => "C",
            ElfSymbolPlacement.Undefined => isWeak ? (isObject ? "v" : "w") : "U",
            _ when symbol.Type == ElfSymbolType.GnuIfunc => "i",
            _ when isWeak => isObject ? "V" : "W",
            _ when symbol.Binding == ElfSymbolBinding.GnuUnique => "u",
            _ => symbol.IsGlobal ? "global" : "local",
        };
    }
}
