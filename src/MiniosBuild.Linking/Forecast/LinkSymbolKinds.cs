using MiniosBuild.Linking.Contracts;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Linking.Forecast;

/// <summary>What a defined symbol stands for.</summary>
internal static class LinkSymbolKinds
{
    public static ContractSymbolKind Of(ElfFile elf, in ElfSymbol symbol)
    {
        if (symbol.IsCommon || symbol.Type == ElfSymbolType.Common)
        {
            return ContractSymbolKind.Common;
        }

        return symbol.Type switch
        {
            ElfSymbolType.GnuIfunc => ContractSymbolKind.Ifunc,
            ElfSymbolType.Tls => ContractSymbolKind.Tls,
            ElfSymbolType.Func => ContractSymbolKind.Function,
            _ when symbol.IsAbsolute => ContractSymbolKind.Absolute,
            ElfSymbolType.NoType when symbol.Placement == ElfSymbolPlacement.Section
                && (elf.Sections[(int)symbol.SectionIndex].Flags & ElfSectionFlags.Executable) != 0 => ContractSymbolKind.Function,
            _ => ContractSymbolKind.Data,
        };
    }
}
