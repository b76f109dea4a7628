using System.Text;
using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.ObjectFormats.Elf.Proof;

namespace MiniosBuild.UnitTests.ObjectFormats;

/// <summary>Rewrites an object and proves it, as a pass does.</summary>
internal static class ElfRewriteRun
{
    /// <summary>What is to happen to the global symbols of a file: new names, or null; and which become local.</summary>
    public static ElfSymbolChange[] Changes(ElfFile file, Func<string, string?> rename, Func<ElfSymbol, bool>? makeLocal = null)
    {
        List<ElfSymbolChange> changes = [];
        foreach (ElfSymbol symbol in file.Symbols)
        {
            if (symbol.IsGlobal && (rename(symbol.Name), makeLocal?.Invoke(symbol) ?? false) is var (name, isLocal) && (name is not null || isLocal))
            {
                changes.Add(new ElfSymbolChange(symbol.Index, name is null ? default : Encoding.UTF8.GetBytes(name), isLocal));
            }
        }

        return [.. changes];
    }

    public static byte[] Rename(byte[] data, params (string Old, string New)[] names) =>
        Apply(data, Changes(ElfFile.Parse(data), Map(names)));

    public static byte[] Localise(byte[] data, params string[] names) =>
        Apply(data, Changes(ElfFile.Parse(data), _ => null, symbol => names.Contains(symbol.Name)));

    public static byte[] Apply(ReadOnlyMemory<byte> data, ElfSymbolChange[] changes, string note = "")
    {
        ElfFile before = ElfFile.Parse(data);
        byte[] result = Write(ElfSymbolRewriter.Prepare(before, data, changes, Encoding.UTF8.GetBytes(note)));
        ElfProof.Require(before, ElfFile.Parse(result), changes);
        return result;
    }

    /// <summary>Over bytes that are not 0, so that one that is left out shows.</summary>
    public static byte[] Write(ElfRewrite rewrite)
    {
        byte[] result = new byte[rewrite.Size];
        result.AsSpan().Fill(0xcc);
        rewrite.WriteTo(result);
        return result;
    }

    public static string Refusal(byte[] data, params ElfSymbolChange[] changes) =>
        Assert.Throws<ObjectFormatException>(() => ElfSymbolRewriter.Prepare(ElfFile.Parse(data), data, changes)).Code;

    public static Func<string, string?> Map((string Old, string New)[] names)
    {
        Dictionary<string, string> map = names.ToDictionary(pair => pair.Old, pair => pair.New);
        return map.GetValueOrDefault;
    }

    /// <summary>Whether nothing but a plan stands against making a symbol local.</summary>
    public static Func<ElfSymbol, bool> Localisable(ElfFile file)
    {
        HashSet<int> members = [.. file.Groups.Where(group => group.IsComdat).SelectMany(group => group.Members)];
        HashSet<int> signatures = [.. file.Groups.Select(group => group.SignatureIndex)];
        return symbol => symbol.IsGlobal && !signatures.Contains(symbol.Index)
            && (symbol.IsAbsolute || (symbol.Placement == ElfSymbolPlacement.Section && !members.Contains((int)symbol.SectionIndex)));
    }
}
