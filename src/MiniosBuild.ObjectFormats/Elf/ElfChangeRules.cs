namespace MiniosBuild.ObjectFormats.Elf;

/// <summary>Which symbols can be renamed or made local at all, whatever a plan says.</summary>
internal static class ElfChangeRules
{
    public static void RequireRenamable(ElfFile file, in ElfSymbol symbol, ReadOnlySpan<byte> newName)
    {
        string? why = symbol.Type switch
        {
            _ when symbol.Index == 0 => "it is the null symbol",
            ElfSymbolType.Section => "it stands for a section",
            ElfSymbolType.File => "it names a source file",
            _ when !symbol.IsGlobal => "it is local, so that no other file can see it",
            _ when symbol.NameBytes.IsEmpty => "it has no name",
            _ when newName.Contains((byte)0) => "the new name has a NUL byte in it",
            _ => null,
        };
        if (why is not null)
        {
            throw new ObjectFormatException(ObjectCodes.CannotBeRenamed, At(file, symbol.Index),
                $"symbol {symbol.Index} ({symbol.Name}) cannot be renamed: {why}; leave it out of the renames");
        }
    }

    public static void RequireLocalisable(ElfFile file, in ElfSymbol symbol, ElfSharedSections shared)
    {
        string? why = symbol.Placement switch
        {
            _ when symbol.Index == 0 => "it is the null symbol",
            ElfSymbolPlacement.Undefined => "another file defines it",
            ElfSymbolPlacement.Common => "it is a common symbol, which the linker merges with those of other files; compile with -fno-common",
            ElfSymbolPlacement.Reserved => $"its section index 0x{symbol.SectionIndex:x} has a meaning of its own for the machine",
            _ when symbol.Type is ElfSymbolType.Section or ElfSymbolType.File => "it stands for a section or a source file",
            _ => shared.Why(symbol),
        };
        if (why is not null)
        {
            throw CannotBeLocal(file, symbol.Index, At(file, symbol.Index), why);
        }
    }

    public static ObjectFormatException CannotBeLocal(ElfFile file, int symbol, long offset, string why) => new(ObjectCodes.CannotBeLocal, offset,
        $"symbol {symbol} ({file.Symbols[symbol].Name}) cannot be made local: {why}. Keep it global, under a name of its own if need be");

    public static ObjectFormatException NameTaken(ElfFile file, int symbol, int owner, ReadOnlySpan<byte> newName) => new(
        ObjectCodes.NameTaken, At(file, symbol),
        $"symbol {symbol} ({file.Symbols[symbol].Name}) would become {System.Text.Encoding.UTF8.GetString(newName)}, which is then the name of symbol {owner} ({file.Symbols[owner].Name}) too; give one of them another name");

    /// <summary>Whether a symbol is among those that become local; the changes are sorted by symbol.</summary>
    public static bool BecomesLocal(ReadOnlySpan<ElfNamedChange> changes, int symbol)
    {
        int low = 0;
        int high = changes.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (changes[middle].Symbol < symbol)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low < changes.Length && changes[low].Symbol == symbol && changes[low].BecomesLocal;
    }

    /// <summary>Where the symbol's entry is in the file.</summary>
    private static long At(ElfFile file, int symbol) =>
        (long)file.SectionSpan[file.Symbols.SectionIndex].Offset + ((long)symbol * file.Format.SymbolSize);
}
