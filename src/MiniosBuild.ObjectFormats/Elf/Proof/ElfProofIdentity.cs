namespace MiniosBuild.ObjectFormats.Elf.Proof;

/// <summary>What a symbol is, but for its name: all its fields, its section by the number that it has after the pass.</summary>
internal readonly record struct ElfProofIdentity(
    ElfSymbolPlacement Placement, uint Section, ulong Value, ulong Size, ElfSymbolBinding Binding, ElfSymbolType Type, byte Other)
{
    public override string ToString() =>
        $"{Binding} {Type} of {Size} bytes at 0x{Value:x}, {(Placement == ElfSymbolPlacement.Section ? $"section {Section}" : $"{Placement} 0x{Section:x}")}, st_other {Other}";

    /// <summary>What it is now.</summary>
    public static ElfProofIdentity Of(in ElfSymbol symbol) => new(
        symbol.Placement, symbol.SectionIndex, symbol.Value, symbol.Size, symbol.Binding, symbol.Type, symbol.Other);

    /// <summary>What a symbol of the file before the pass should be now.</summary>
    public static ElfProofIdentity Expected(in ElfSymbol symbol, in ElfSymbolChange wanted, ElfProofSections sections) => Of(symbol) with
    {
        Section = symbol.Placement == ElfSymbolPlacement.Section
            ? (uint)sections.AfterOf((int)symbol.SectionIndex) : symbol.SectionIndex,
        Binding = wanted.MakeLocal ? ElfSymbolBinding.Local : symbol.Binding,
    };
}
