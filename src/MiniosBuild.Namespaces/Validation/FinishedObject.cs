using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>One object as it is shipped: a member of an archive, or a file by itself.</summary>
internal sealed class FinishedObject
{
    public FinishedObject(string library, string file, string? member, ElfFile elf)
    {
        Library = library;
        File = file;
        Member = member;
        Elf = elf;
        Symbols = [.. elf.Symbols.Where(symbol => symbol.Type is not (ElfSymbolType.Section or ElfSymbolType.File) && !symbol.NameBytes.IsEmpty)
            .Select(symbol => new FoundSymbol(symbol.Name, KindOf(elf, symbol), symbol.Binding, symbol.IsDefined))];
    }

    public string Library { get; }

    public string File { get; }

    /// <summary>The member's name, with its offset where another member has the same; null for a file by itself.</summary>
    public string? Member { get; }

    public ElfFile Elf { get; }

    public IReadOnlyList<FoundSymbol> Symbols { get; }

    /// <summary>Archive (or object) and member, for the middle of a sentence.</summary>
    public string Place => Member is null ? File : $"{File}({Member})";

    /// <summary>An error here: its message starts with the member.</summary>
    public Diagnostic Error(string code, string message) => Diagnostic.Error(code, Located(message), File);

    /// <summary>A warning here.</summary>
    public Diagnostic Warning(string code, string message) => Diagnostic.Warning(code, Located(message), File);

    private string Located(string message) => Member is null ? message : $"member {Member}: {message}";

    private static string KindOf(ElfFile elf, in ElfSymbol symbol)
    {
        if (symbol.IsCommon || symbol.Type == ElfSymbolType.Common)
        {
            return "common";
        }

        bool inCode = symbol.Placement == ElfSymbolPlacement.Section
            && (elf.Sections[(int)symbol.SectionIndex].Flags & ElfSectionFlags.Executable) != 0;
        return symbol.Type switch
        {
            ElfSymbolType.GnuIfunc => "ifunc",
            ElfSymbolType.Tls => "tls",
            ElfSymbolType.Func => "function",
            ElfSymbolType.NoType when inCode => "function",
            _ => "data",
        };
    }
}
