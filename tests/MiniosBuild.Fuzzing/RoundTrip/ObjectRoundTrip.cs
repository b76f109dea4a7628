using MiniosBuild.Fuzzing.Execution;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Fuzzing.RoundTrip;

/// <summary>One object through the rewriter and back.</summary>
internal static class ObjectRoundTrip
{
    private static ReadOnlySpan<byte> Prefix => "round_trip_"u8;

    /// <summary>Requires that a rewrite without changes gives the same bytes, and that renaming every name and back gives the names back.</summary>
    /// <returns>How many names were renamed.</returns>
    public static int Require(ReadOnlyMemory<byte> data)
    {
        ElfFile file = ElfFile.Parse(data);
        byte[] same = Rewrite(file, data, []);
        BrokenPromiseException.Require(same.AsSpan().SequenceEqual(data.Span), "a rewrite without changes gives the same bytes");

        ElfSymbolChange[] changes = [.. file.Symbols.Where(IsRenamable).Select(symbol => new ElfSymbolChange(symbol.Index, Prefixed(symbol), MakeLocal: false))];
        byte[] renamed = Rewrite(file, data, changes);
        ElfFile there = ElfFile.Parse(renamed);
        new ObjectComparison(file, there).Require(symbol => (IsRenamable(symbol) ? Prefixed(symbol) : symbol.NameBytes.ToArray(), !symbol.IsGlobal));

        // Without a change of binding symbols keep their places.
        ElfSymbolChange[] inverse = [.. changes.Select(change => new ElfSymbolChange(change.Index, file.Symbols[change.Index].NameBytes.ToArray(), MakeLocal: false))];
        ElfFile back = ElfFile.Parse(Rewrite(there, renamed, inverse));
        new ObjectComparison(file, back).Require(symbol => (symbol.NameBytes.ToArray(), !symbol.IsGlobal));
        return changes.Length;
    }

    /// <summary>Whether the rewriter renames such symbols at all.</summary>
    public static bool IsRenamable(ElfSymbol symbol) =>
        symbol.Index != 0 && symbol.IsGlobal && symbol.Type is not (ElfSymbolType.Section or ElfSymbolType.File) && !symbol.NameBytes.IsEmpty;

    /// <summary>Writes over two fills: every byte of the result must have been written.</summary>
    public static byte[] Rewrite(ElfFile file, ReadOnlyMemory<byte> data, ElfSymbolChange[] changes, byte[]? note = null)
    {
        ElfRewrite rewrite = ElfSymbolRewriter.Prepare(file, data, changes, note);
        byte[] first = new byte[rewrite.Size];
        byte[] second = new byte[rewrite.Size];
        Array.Fill(first, (byte)0xa5);
        rewrite.WriteTo(first);
        rewrite.WriteTo(second);
        BrokenPromiseException.Require(first.AsSpan().SequenceEqual(second), "a rewrite writes every byte, and the same each time");
        return first;
    }

    private static byte[] Prefixed(ElfSymbol symbol) => [.. Prefix, .. symbol.NameBytes];
}
