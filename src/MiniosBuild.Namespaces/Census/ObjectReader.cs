using MiniosBuild.ObjectFormats;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Namespaces;

/// <summary>Reads one object of the census, and refuses what the symbol pass would get wrong without a word.</summary>
internal sealed class ObjectReader
{
    private readonly CensusInput _input;

    public ObjectReader(CensusInput input)
    {
        _input = input;
        if (!ElfFile.IsElf(input.Data.Span))
        {
            throw Refuse("MINIOS1301", $"{DescribeStart(input.Data.Span)}; expected a relocatable ELF object. Remove it from the objects, or compile it.");
        }

        try
        {
            Elf = ElfFile.Parse(input.Data);
        }
        catch (ObjectFormatException e)
        {
            throw new DiagnosticException(e.ToDiagnostic(input.Path), e);
        }

        if (Elf.Type != ElfType.Relocatable)
        {
            throw Refuse("MINIOS1301", $"the ELF file's type is {Elf.Type}; expected Relocatable (made by the compiler with -c, or by ld -r).");
        }

        if (Elf.HasLtoSections || Elf.IsSlimLto)
        {
            throw Refuse(
                "MINIOS1303",
                $"the object holds intermediate code for link-time optimisation ({(Elf.IsSlimLto ? "nothing else" : "beside machine code")}), whose names no symbol tool changes; compile it with -fno-lto, or finalise it with -flinker-output=nolto-rel.");
        }
    }

    public ElfFile Elf { get; }

    public void RequireSameMachine(ElfFile first, string firstPath)
    {
        if (Elf.Machine != first.Machine || Elf.Class != first.Class || Elf.ByteOrder != first.ByteOrder)
        {
            throw Refuse(
                "MINIOS1302",
                $"the object is for {Describe(Elf)}, but {firstPath} is for {Describe(first)}; compile all objects of a set for one machine.");
        }
    }

    public ObjectSymbols ReadSymbols()
    {
        (HashSet<int> grouped, HashSet<int> signatures) = ComdatGroups();
        var definitions = new List<SymbolDefinition>();
        var references = new List<SymbolReference>();
        var commons = new List<string>();
        foreach (ElfSymbol symbol in Elf.Symbols)
        {
            if (!symbol.IsGlobal || symbol.Type is ElfSymbolType.Section or ElfSymbolType.File || symbol.NameBytes.IsEmpty)
            {
                continue;
            }

            string name = symbol.Name;
            if (name.Contains('@'))
            {
                throw Refuse(
                    "MINIOS1305",
                    $"symbol {symbol.Index}, \"{name}\", carries a symbol version, which a static kernel has no use for and a rename would miss; remove the .symver directive or attribute.");
            }

            if (symbol.IsUndefined)
            {
                references.Add(new SymbolReference(name, symbol.Binding == ElfSymbolBinding.Weak));
            }
            else if (symbol.IsCommon || symbol.Type == ElfSymbolType.Common)
            {
                commons.Add(name);
            }
            else
            {
                bool inSection = symbol.Placement == ElfSymbolPlacement.Section;
                definitions.Add(new SymbolDefinition(
                    name,
                    KindOf(symbol),
                    symbol.Binding,
                    inSection && grouped.Contains((int)symbol.SectionIndex),
                    signatures.Contains(symbol.Index)));
            }
        }

        if (commons.Count > 0)
        {
            commons.Sort(StringComparer.Ordinal);
            throw Refuse(
                "MINIOS1304",
                $"common symbols cannot be made local: {string.Join(", ", commons)}. Compile with -fno-common, and define each variable in one file.");
        }

        return new ObjectSymbols(
            _input.Library,
            _input.Path,
            [.. definitions.OrderBy(definition => definition.Name, StringComparer.Ordinal)],
            [.. references.DistinctBy(reference => reference.Name).OrderBy(reference => reference.Name, StringComparer.Ordinal)]);
    }

    private SymbolKind KindOf(in ElfSymbol symbol) => symbol.Type switch
    {
        ElfSymbolType.Func => SymbolKind.Function,
        ElfSymbolType.GnuIfunc => SymbolKind.Ifunc,
        ElfSymbolType.Tls => SymbolKind.Tls,
        ElfSymbolType.NoType when IsInCode(symbol) => SymbolKind.Function,
        _ => SymbolKind.Data,
    };

    private bool IsInCode(in ElfSymbol symbol) =>
        symbol.Placement == ElfSymbolPlacement.Section
        && Elf.Sections[(int)symbol.SectionIndex].Flags.HasFlag(ElfSectionFlags.Executable);

    private (HashSet<int> Sections, HashSet<int> Signatures) ComdatGroups()
    {
        var sections = new HashSet<int>();
        var signatures = new HashSet<int>();
        foreach (ElfSectionGroup group in Elf.Groups)
        {
            if (group.IsComdat)
            {
                sections.UnionWith(group.Members);
                signatures.Add(group.SignatureIndex);
            }
        }

        return (sections, signatures);
    }

    private static string Describe(ElfFile elf) => $"{elf.Machine} ({elf.Class}, {elf.ByteOrder})";

    private static string DescribeStart(ReadOnlySpan<byte> data) =>
        data.IsEmpty ? "the file is empty"
        : ObjectFormats.Ar.ArArchive.IsArchive(data) ? "the file is an archive"
        : $"the file starts with {Convert.ToHexString(data[..Math.Min(4, data.Length)])}, not with 7F454C46 (ELF)";

    private DiagnosticException Refuse(string code, string message) => new(Diagnostic.Error(code, message, _input.Path));
}
